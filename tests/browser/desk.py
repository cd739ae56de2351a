"""A person at a desk: one browser window of one signed-in person, and what they do and see in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playwright.sync_api import ConsoleMessage, Locator, Page, Request, expect

from tests.browser import forms
from tests.browser.scenario import Turn

_REFUSALS = "Failed to load resource"
"""The browser notes every answer that refuses; refusals are part of the work."""
_ASK_UNTIL = """async path => {
    for (let asked = 0; asked < 120; asked += 1) {
        const answer = await (await fetch('/api' + path)).json();
        if (HOLDS) return true;
        await new Promise(done => setTimeout(done, 250));
    }
    return false;
}"""
"""Asks the server until an answer is as it should be; half a minute at most."""


class Desk:
    """A page on which somebody works: ``complaints`` is what the browser found wrong, ``requests`` what it asked."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.complaints: list[str] = []
        self.requests: list[Request] = []
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.requests.append(request))

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(_REFUSALS):
            self.complaints.append(message.text)

    def sign_in(self, username: str, password: str) -> None:
        """Sign in from an empty window; afterwards the inbox stands."""
        self.page.goto(self.address)
        self.enter(username, password)
        expect(self.page.get_by_role("navigation", name="主导航")).to_be_visible()

    def enter(self, username: str, password: str) -> None:
        """Fill in the sign-in that is on the screen, and send it."""
        self.page.get_by_label("用户名").fill(username)
        self.page.get_by_label("密码", exact=True).fill(password)
        self.page.get_by_role("button", name="登录", exact=True).click()

    def go(self, place: str) -> None:
        """Go to a place of the page, as ``todo`` or ``cases/123/replay``."""
        self.page.goto(f"{self.address}/#/{place}")

    def read(self, path: str) -> Any:
        """Return what the API tells this person: for finding keys and for checking, never for acting."""
        return self.page.evaluate("path => fetch('/api' + path).then(answer => answer.json())", path)

    def start(self, procedure: str, values: Mapping[str, Any]) -> str:
        """Start a procedure from the catalogue; return the key of the case."""
        before = {item["key"] for item in self._started()}
        self.open_start(procedure)
        forms.fill(self.page, self.read(f"/procedures/{procedure}/start-form")["form"]["schema"], values, {})
        self.act("发起")
        self._expect_done("已发起")
        return next(str(item["key"]) for item in self._started() if item["key"] not in before)

    def open_start(self, procedure: str) -> None:
        """Open the start form of a procedure from the catalogue."""
        self.go("start")
        self.page.locator(f'a[href="#/start/{procedure}"]').click()
        expect(self.page.locator(".fjs-form")).to_be_visible()

    def open_task(self, case_key: str, element: str, of: Mapping[str, Any] | None = None) -> str:
        """Open this person's task at an element of a case from the inbox; return its key."""
        key = self.task_key(case_key, element, of or {})
        self.go("todo")
        self.page.get_by_role("tab", name="待办").click()
        self.row(key).click()
        expect(self.actions).to_be_visible()
        return key

    def complete(self, case_key: str, turn: Turn) -> None:
        """Do a task: open it, fill the form in, write the opinion, submit; it then leaves the inbox."""
        key = self.open_task(case_key, turn.element, turn.of)
        self.fill_task(key, turn.form)
        if turn.opinion:
            self.page.get_by_label("办理意见").fill(turn.opinion)
        self.act("提交")
        self._expect_done("已提交")
        self.expect_gone(key)

    def fill_task(self, key: str, values: Mapping[str, Any]) -> None:
        """Fill in the form of the open task."""
        task = self.read(f"/user-tasks/{key}")
        if task["form"] is not None:
            expect(self.page.locator(".fjs-form")).to_be_visible()
            forms.fill(self.page, task["form"]["schema"], values, task["variables"])

    def act(self, name: str) -> None:
        """Press a button of the action bar."""
        self.actions.get_by_role("button", name=name, exact=True).click()

    @property
    def actions(self) -> Locator:
        """The fixed bar of the actions that exist."""
        return self.page.get_by_role("group", name="办理操作")

    def row(self, key: str) -> Locator:
        """The row of a task in the list."""
        return self.page.locator(f'a.row[href$="/{key}"]')

    def expect_gone(self, key: str) -> None:
        """The task is in the list no more."""
        expect(self.row(key)).to_have_count(0)

    def expect_shown(self, text: str) -> None:
        """The text stands on the screen."""
        expect(self.page.get_by_text(text).first).to_be_visible()

    def expect_cell(self, text: str) -> None:
        """A cell of a table on the screen says exactly this."""
        expect(self.page.get_by_role("cell", name=text, exact=True).first).to_be_visible()

    def task_key(self, case_key: str, element: str, of: Mapping[str, Any]) -> str:
        """Return the key of this person's open task at an element of a case, with these variables.

        A task may come a moment later, when a worker of the platform has done what stands before it.
        """
        there = f"task.processInstanceKey === '{case_key}' && task.elementId === '{element}'"
        self._wait("/user-tasks?tab=todo&limit=100", f"answer.items.some(task => {there})")
        keys = [
            str(task["key"])
            for task in self.read("/user-tasks?tab=todo&limit=100")["items"]
            if str(task["processInstanceKey"]) == case_key and task["elementId"] == element
        ]
        if of:
            keys = [key for key in keys if of.items() <= self.read(f"/user-tasks/{key}")["variables"].items()]
        assert len(keys) == 1, f"{element} of case {case_key}: {len(keys)} open tasks"
        return keys[0]

    def wait_for_end(self, case_key: str) -> None:
        """Wait until a case has ended: workers of the platform may have the last steps."""
        self._wait(f"/process-instances/{case_key}", "answer.state !== 'ACTIVE'")

    def _wait(self, path: str, holds: str) -> None:
        assert self.page.evaluate(_ASK_UNTIL.replace("HOLDS", holds), path), f"{path}: never {holds}"

    def sent(self, method: str, ending: str) -> int:
        """Return how many requests of a method to addresses with an ending the page has sent."""
        return sum(request.method == method and request.url.endswith(ending) for request in self.requests)

    def _started(self) -> list[Any]:
        return list(self.read("/process-instances?tab=started&limit=100")["items"])

    def _expect_done(self, words: str) -> None:
        notice = self.page.locator(".notice-done").last
        expect(notice).to_contain_text(words)
        notice.get_by_role("button", name="关闭提示").click()
