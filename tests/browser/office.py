"""All who work on one server: a desk for each, with a window of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from tests.browser.desk import Desk
from tests.browser.served import Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Size: TypeAlias = tuple[int, int]
WIDE: Size = (1366, 768)
PHONE: Size = (390, 844)


class Office:
    """Gives desks; ``close`` ends them and returns what their windows complained about."""

    def __init__(self, browser: Browser, server: Server) -> None:
        self.server = server
        self._browser = browser
        self._desks: dict[tuple[str | None, Size], Desk] = {}

    def desk(self, username: str | None, size: Size = WIDE) -> Desk:
        """Give somebody their desk, signed in: the same again for the same person. Nobody is a stranger's desk."""
        if (username, size) in self._desks:
            return self._desks[username, size]
        # Another zone than the bureau's: what people read must not depend on it.
        context = self._browser.new_context(
            viewport={"width": size[0], "height": size[1]}, locale="zh-CN", timezone_id="America/New_York"
        )
        desk = Desk(context.new_page(), self.server.address)
        self._desks[username, size] = desk
        if username is not None:
            desk.sign_in(username, self.server.password)
        return desk

    def close(self) -> list[str]:
        """Close all windows; return script errors and whatever the content security policy refused."""
        for desk in self._desks.values():
            desk.page.context.close()
        return [complaint for desk in self._desks.values() for complaint in desk.complaints]
