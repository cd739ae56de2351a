"""Filling a form in as people do: by typing, choosing and ticking at the fields on the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from playwright.sync_api import Locator, Page

Component = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Field:
    """A field on the screen, what the form says about it, and the data that its choices may come from."""

    shown: Locator
    component: Component
    data: Mapping[str, Any]

    def label_of(self, value: Any) -> str:
        """Return what people read for a choice; choices that a form computes are plain texts."""
        source = str(self.component.get("valuesExpression", "")).removeprefix("=").strip()
        choices = self.component.get("values") or self.data.get(source, ())
        labels = {choice["value"]: str(choice["label"]) for choice in choices if isinstance(choice, dict)}
        return labels.get(value, str(value))


def fill(page: Page, schema: Component, values: Mapping[str, Any], data: Mapping[str, Any]) -> None:
    """Fill in the fields with the given keys, in the given order; fails for a key that no field on the screen has.

    ``data`` are the variables that the form was opened with.
    """
    for key, value in values.items():
        candidates = [component for component in _components(schema) if component["key"] == key]
        assert candidates, f"the form has no field {key}"
        shown = [(component, _shown(page, component)) for component in candidates]
        component, field = next((pair for pair in shown if pair[1].is_visible()), shown[0])
        _FILLERS[component["type"]](_Field(field, component, data), value)


def _components(component: Component) -> Iterator[Component]:
    for child in component.get("components", ()):
        if "key" in child:
            yield child
        yield from _components(child)


def _shown(page: Page, component: Component) -> Locator:
    name = component["id"]
    control = page.locator(f'[id^="fjs-form-"][id$="-{name}"], [id*="-{name}-"], [id$="-{name}_0"]').first
    return control.locator("xpath=ancestor-or-self::*[contains(@class, 'fjs-form-field ')][1]")


def _type(field: _Field, value: Any) -> None:
    field.shown.locator("input, textarea").first.fill(str(value))


def _choose(field: _Field, value: Any) -> None:
    field.shown.locator(".fjs-input-group").click()
    field.shown.locator(".fjs-dropdownlist-item").get_by_text(field.label_of(value), exact=True).click()


def _pick(field: _Field, value: Any) -> None:
    field.shown.get_by_label(field.label_of(value), exact=True).check()


def _tick(field: _Field, value: Any) -> None:
    field.shown.locator("input[type=checkbox]").set_checked(bool(value))


def _tick_several(field: _Field, value: Any) -> None:
    for chosen in value:
        _pick(field, chosen)


def _tag(field: _Field, value: Any) -> None:
    while field.shown.locator(".fjs-taglist-tag-remove").count():
        field.shown.locator(".fjs-taglist-tag-remove").first.click()
    for chosen in value:
        field.shown.locator(".fjs-taglist-input").fill(field.label_of(chosen))
        field.shown.locator(".fjs-dropdownlist-item").get_by_text(field.label_of(chosen), exact=True).click()


def _date(field: _Field, value: Any) -> None:
    day = value if isinstance(value, date) else date.fromisoformat(str(value)[:10])
    box = field.shown.locator("input").first
    box.fill(f"{day:%Y/%m/%d}")
    box.press("Enter")
    box.press("Escape")


_FILLERS: Mapping[str, Callable[[_Field, Any], None]] = {
    "textfield": _type,
    "textarea": _type,
    "number": _type,
    "select": _choose,
    "radio": _pick,
    "checkbox": _tick,
    "checklist": _tick_several,
    "taglist": _tag,
    "datetime": _date,
}
