"""A small office of the tests' own for what people and administrators set: a procedure of two steps under a clock,
the second of them signed with a second factor; real people and limits."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from engine.commands.totp import code_at, step_at
from tests.browser.desk import Desk
from tests.browser.office import Office
from tests.browser.served import ROOT

PROCEDURE = "bgs-approval"
ACCEPT, SIGN = "t_accept", "t_sign"

INITIATOR = "kjk-jingban"
CLERK, CLERK_NAME = "bgs-jingban", "周静玲"
SIGNER, SIGNER_NAME = "bgs-kezhang", "黄思辉"
CASHIER, CASHIER_NAME = "bgs-chuna", "姜晓彤"
ADMINISTRATOR, SECURITY, AUDITOR = "admin", "anquan", "shenji"

_CONTENT = Path(__file__).parent / "content_approvals"
_ACT = """async ([method, path, body]) => {
    const session = await (await fetch('/api/session')).json();
    const headers = {'Content-Type': 'application/json', 'X-CSRF-Token': session.csrfToken};
    const answer = await fetch('/api' + path, {method, headers, body: JSON.stringify(body)});
    return [answer.status, await answer.text()];
}"""


def compose(folder: Path) -> Path:
    """Write the content of the small office into ``folder``: its own procedure, everything else as shipped."""
    for part in ("organisation", "dmn"):
        shutil.copytree(ROOT / part, folder / part)
    for part in ("bpmn", "forms"):
        shutil.copytree(_CONTENT / part, folder / part)
    return folder


def start(office: Office, matter: str) -> str:
    """Start a case on the initiator's screen; return its key."""
    return office.desk(INITIATOR).start(PROCEDURE, {"matter": matter})


def prepare(desk: Desk, method: str, path: str, body: dict[str, Any]) -> None:
    """Let somebody do through the API what only prepares a test."""
    status, text = desk.page.evaluate(_ACT, [method, path, body])
    assert status < 300, text


def second_administrator(office: Office) -> str:
    """Return the user name of another system administrator, made one where there is none yet."""
    username = "fuguanli"
    admin = office.desk(ADMINISTRATOR)
    if all(user["id"] != username for user in admin.read("/admin/users")["items"]):
        account = {"username": username, "name": "副管理员", "department": "bgs", "password": "First-password-2026"}
        prepare(admin, "POST", "/admin/users", account)
        prepare(office.desk(SECURITY), "PUT", f"/admin/users/{username}/roles", {"roles": ["系统管理员"]})
        stranger = office.desk(None)
        change_first_password(office, stranger, username, "First-password-2026")
        sign_out(stranger)
    return username


def change_first_password(office: Office, desk: Desk, username: str, password: str) -> None:
    """Sign in for the first time, and change the password to the one that everybody in the office has."""
    desk.page.goto(desk.address)
    desk.enter(username, password)
    expect(desk.page.get_by_role("heading", name="首次登录，请先修改密码")).to_be_visible()
    for label, text in (
        ("当前密码", password),
        ("新密码", office.server.password),
        ("再次输入新密码", office.server.password),
    ):
        desk.page.get_by_label(label, exact=True).fill(text)
    desk.page.get_by_role("button", name="保存新密码").click()
    expect(desk.page.get_by_role("navigation", name="主导航")).to_be_visible()


def sign_out(desk: Desk) -> None:
    """Sign out over the menu of the person."""
    desk.page.locator(".person-name").click()
    desk.page.get_by_role("menuitem", name="退出登录").click()
    expect(desk.page.get_by_label("用户名")).to_be_visible()


def bell(page: Page) -> Locator:
    """The bell in the frame."""
    return page.get_by_role("link", name=re.compile("^通知"))


def dialog(page: Page, title: str) -> Locator:
    """The dialog with this title, once it stands."""
    box = page.get_by_role("dialog", name=title)
    expect(box).to_be_visible()
    return box


def pick(box: Locator, label: str, name: str) -> None:
    """Choose a person by typing the name."""
    field = box.get_by_role("combobox", name=label)
    field.fill(name)
    expect(box.page.get_by_role("option", name=name)).to_be_visible()
    field.press("Enter")
    expect(box.get_by_role("button", name=f"移除{name}")).to_be_visible()


def expect_done(page: Page, words: str) -> None:
    """The page says what was done."""
    notice = page.locator(".notice-done").filter(has_text=words).last
    expect(notice).to_be_visible()
    notice.get_by_role("button", name="关闭提示").click()


class Authenticator:
    """What the person's phone does: two codes from the secret that both count, whatever the second of the minute."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.replace(" ", "")
        self._step = step_at(datetime.now(UTC))

    def code(self) -> str:
        """Return the present code, then the next one, which the server takes too (RFC 6238 section 5.2)."""
        code = code_at(self._secret, self._step)
        self._step += 1
        return code


def enrol(desk: Desk) -> Authenticator:
    """Set up the second factor on the person's settings; return what their phone has then."""
    desk.go("settings/second-factor")
    page = desk.page
    page.get_by_role("button", name="开始设置").click()
    expect(page.get_by_role("img", name=re.compile("二维码"))).to_be_visible()
    phone = Authenticator(page.locator("code.secret").inner_text())
    page.get_by_label("动态口令").fill(phone.code())
    page.get_by_role("button", name="确认启用").click()
    expect_done(page, "二次验证已启用。")
    expect(page.get_by_text("已启用", exact=True)).to_be_visible()
    return phone
