"""A small office of the tests' own: one procedure of three steps with a clock and three controls."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.desk import Desk
from tests.browser.office import WIDE, Office, Size
from tests.browser.served import ROOT

PROCEDURE = "bgs-errand"
DRAFT, CHECK, SEAL = "t_draft", "t_check", "t_seal"
VOTE, SIGN = "bgs-vote", "t_sign"

INITIATOR = "kjk-jingban"
DRAFTER = "bgs-jingban"
HEAD = "bgs-kezhang"
ACCOUNTANT = "bgs-caiwu"
BUYER = "bgs-caigou"
LEADER = "juzhang"

_CONTENT = Path(__file__).parent / "content"


def compose(folder: Path) -> Path:
    """Write the content of the small office into ``folder``: its own procedure and controls, the rest as shipped."""
    shutil.copytree(ROOT / "organisation", folder / "organisation")
    shutil.copytree(ROOT / "dmn", folder / "dmn")
    for part in ("bpmn", "forms"):
        shutil.copytree(_CONTENT / part, folder / part)
    shutil.copyfile(_CONTENT / "controls.yaml", folder / "organisation" / "controls.yaml")
    return folder


class Errand:
    """A case of the small office, and what people do with it on their screens."""

    def __init__(self, office: Office, matter: str, procedure: str = PROCEDURE, kind: str = "试办") -> None:
        self.office = office
        self.matter = matter
        self.title = f"{kind}：{matter}"
        self.key = office.desk(INITIATOR).start(procedure, {"matter": matter})

    def open(self, who: str, element: str, size: Size = WIDE) -> Worker:
        """Open the task of a step on somebody's screen, from their inbox."""
        desk = self.office.desk(who, size)
        return Worker(desk, desk.open_task(self.key, element))

    def find(self, who: str, name: str) -> Worker:
        """Open the task whose name has these words on somebody's screen: one that no step of the diagram names."""
        desk = self.office.desk(who)
        desk.go("todo")
        desk.page.get_by_role("tab", name="待办").click()
        desk.page.locator("a.row").filter(has_text=name).filter(has_text=self.title).click()
        expect(desk.actions).to_be_visible()
        return Worker(desk, desk.page.url.rsplit("/", 1)[-1])

    def waiting(self, who: str, tab: str) -> Locator:
        """Return the row of this case on somebody's tab 传阅 or 待确认, read anew."""
        desk = self.office.desk(who)
        desk.go("copies" if tab == "传阅" else "pending")
        desk.page.get_by_role("tablist", name="工作台").get_by_role("tab", name=tab).click()
        row = desk.page.locator("tr, .waiting-item").filter(has_text=self.title)
        expect(row).to_be_visible()
        return row

    def do(self, who: str, element: str, values: dict[str, Any]) -> None:
        """Do a step as usual; no control asks anything."""
        worker = self.open(who, element)
        worker.desk.fill_task(worker.task, values)
        worker.desk.act("提交")
        worker.expect_done("已提交")
        worker.desk.expect_gone(worker.task)

    def up_to(self, element: str) -> None:
        """Carry the case to a step by those who do the steps before it."""
        if element in (CHECK, SEAL):
            self.do(DRAFTER, DRAFT, {"text": "草稿一"})
        if element == SEAL:
            self.do(HEAD, CHECK, {"approval": "同意"})

    def look(self, who: str, view: str = "") -> Desk:
        """Open the case on somebody's screen, as it stands now."""
        desk = self.office.desk(who)
        desk.go(f"cases/{self.key}/{view}".rstrip("/"))
        desk.page.reload()
        expect(desk.page.get_by_role("heading", name=self.title)).to_be_visible()
        return desk


class Worker:
    """Somebody at an open task: the bar of actions and the dialogs behind it."""

    def __init__(self, desk: Desk, task: str) -> None:
        self.desk = desk
        self.page = desk.page
        self.task = task

    def choose(self, name: str) -> Dialog:
        """Press an action of the bar, or of the menu behind 更多; its dialog opens."""
        shown = self.desk.actions.get_by_role("button", name=name, exact=True)
        more = self.desk.actions.get_by_role("button", name="更多")
        expect(shown.or_(more).first).to_be_visible()
        if shown.count():
            shown.click()
        else:
            more.click()
            self.page.get_by_role("menuitem", name=name, exact=True).click()
        return Dialog(self.page, name)

    def expect_action(self, name: str, *, there: bool = True) -> None:
        """The bar has a button with this name, or has none."""
        expect(self.desk.actions.get_by_role("button", name=name, exact=True)).to_have_count(1 if there else 0)

    def expect_done(self, words: str) -> None:
        """The page says what was done."""
        notice = self.page.locator(".notice-done").filter(has_text=words).last
        expect(notice).to_be_visible()
        notice.get_by_role("button", name="关闭提示").click()

    def fill(self, values: dict[str, Any]) -> None:
        """Fill in the form of the open task."""
        self.desk.fill_task(self.task, values)


class Dialog:
    """A dialog on the screen."""

    def __init__(self, page: Any, title: str) -> None:
        self.page = page
        self.box: Locator = page.get_by_role("dialog", name=title)
        expect(self.box).to_be_visible()

    def pick(self, label: str, *names: str) -> None:
        """Choose people by typing their names, with the keyboard."""
        for name in names:
            field = self.box.get_by_role("combobox", name=label)
            field.fill(name)
            expect(self.page.get_by_role("option", name=name)).to_be_visible()
            field.press("Enter")
            expect(self.box.get_by_role("button", name=f"移除{name}")).to_be_visible()

    def write(self, label: str, text: str) -> None:
        """Fill in a field."""
        self.box.get_by_label(label, exact=True).fill(text)

    def tick(self, label: str) -> None:
        """Tick a box or choose one of several."""
        self.box.get_by_label(label).check()

    def press(self, name: str) -> None:
        """Press a button of the dialog."""
        self.box.get_by_role("button", name=name, exact=True).click()

    def expect_says(self, words: str) -> None:
        """The dialog shows the words."""
        expect(self.box.get_by_text(words).first).to_be_visible()

    def expect_closed(self) -> None:
        """The dialog is gone."""
        expect(self.box).to_have_count(0)
