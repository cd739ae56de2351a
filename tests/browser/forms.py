"""Filling a form in as people do: by typing, choosing and ticking at the fields on the screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from playwright.sync_api import Locator, Page

Component = Mapping[str, Any]


def fill(page: Page, schema: Component, values: Mapping[str, Any]) -> None:
    """Fill in the fields with the given keys; fails for a key that no visible, writable field has."""
    fields = {component["key"]: component for component in _fields(schema)}
    for key, value in values.items():
        component = fields[key]
        _FILLERS[component["type"]](_field(page, component), component, value)


def _fields(component: Component) -> Iterator[Component]:
    for child in component.get("components", ()):
        if "key" in child:
            yield child
        yield from _fields(child)


def _field(page: Page, component: Component) -> Locator:
    name = component["id"]
    control = page.locator(f'[id^="fjs-form-"][id$="-{name}"], [id*="-{name}-"], [id$="-{name}_0"]').first
    return control.locator("xpath=ancestor-or-self::*[contains(@class, 'fjs-form-field ')][1]")


def _type(field: Locator, _component: Component, value: Any) -> None:
    field.locator("input, textarea").first.fill(str(value))


def _choose(field: Locator, component: Component, value: Any) -> None:
    field.locator(".fjs-input-group").click()
    field.locator(".fjs-dropdownlist-item", has_text=_label(component, value)).click()


def _pick(field: Locator, component: Component, value: Any) -> None:
    field.get_by_label(_label(component, value), exact=True).check()


def _tick(field: Locator, _component: Component, value: Any) -> None:
    field.locator("input[type=checkbox]").set_checked(bool(value))


def _tick_several(field: Locator, component: Component, value: Any) -> None:
    for chosen in value:
        _pick(field, component, chosen)


def _date(field: Locator, _component: Component, value: Any) -> None:
    day = value if isinstance(value, date) else date.fromisoformat(str(value)[:10])
    box = field.locator("input").first
    box.fill(f"{day:%Y/%m/%d}")
    box.press("Enter")
    box.press("Escape")


def _label(component: Component, value: Any) -> str:
    return next(str(option["label"]) for option in component["values"] if option["value"] == value)


_FILLERS = {
    "textfield": _type,
    "textarea": _type,
    "number": _type,
    "select": _choose,
    "radio": _pick,
    "checkbox": _tick,
    "checklist": _tick_several,
    "datetime": _date,
}
