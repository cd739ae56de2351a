"""How the page behaves under people's hands: twice-pressed buttons, ended sessions, small screens, first load."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.browser.office import Office

pytestmark = pytest.mark.browser

CLERK = "kjk-jingban"
ACCOUNTANT = "bgs-caiwu"
REQUEST = {
    "item": "展板制作",
    "amount": 12000,
    "category": "工程",
    "payee": "威海某公司",
    "reason": "创新成果展",
    "central_procurement": False,
    "has_contract": False,
}
BUDGET = {"budget_item": "2150199", "fund_source": "财政拨款"}


def test_a_wrong_password_is_refused_in_words(office: Office) -> None:
    desk = office.desk(None)
    desk.page.goto(desk.address)
    desk.enter(CLERK, "wrong")
    desk.expect_shown("密码不正确")


def test_first_load_of_the_inbox_is_small_and_asks_nobody_else(office: Office) -> None:
    desk = office.desk(CLERK)
    desk.go("todo")
    desk.requests.clear()
    desk.page.reload()
    desk.page.wait_for_load_state("networkidle")
    addresses = {request.url for request in desk.requests}
    assert all(address.startswith(desk.address) for address in addresses)
    page = [address for address in addresses if "/api/" not in address and not address.endswith(".svg")]
    sizes = {address: len(gzip.compress(desk.page.request.get(address).body(), 9)) for address in page}
    assert sum(sizes.values()) < 30_000, sizes


def test_the_page_is_served_under_a_strict_policy(office: Office) -> None:
    desk = office.desk(None)
    policy = desk.page.request.get(desk.address).headers["content-security-policy"]
    assert {"script-src 'self'", "style-src 'self'"} <= set(policy.split("; "))
    assert "unsafe" not in policy


def test_pressing_submit_twice_completes_once(office: Office) -> None:
    case_key = office.desk(CLERK).start("bgs-dae", REQUEST)
    desk = office.desk(ACCOUNTANT)
    key = desk.open_task(case_key, "s01_yusuan")
    desk.fill_task(key, BUDGET)
    desk.actions.get_by_role("button", name="提交", exact=True).dblclick()
    desk.expect_gone(key)
    assert desk.sent("POST", f"/user-tasks/{key}/completion") == 1


def test_a_field_left_empty_is_named_at_the_field_and_nothing_is_sent(office: Office) -> None:
    case_key = office.desk(CLERK).start("bgs-dae", REQUEST)
    desk = office.desk(ACCOUNTANT)
    key = desk.open_task(case_key, "s01_yusuan")
    desk.page.locator(".fjs-form").wait_for()
    desk.act("提交")
    desk.expect_shown("此项必填。")
    assert desk.sent("POST", f"/user-tasks/{key}/completion") == 0


def test_a_draft_saves_itself_and_is_there_again(office: Office) -> None:
    case_key = office.desk(CLERK).start("bgs-dae", REQUEST)
    desk = office.desk(ACCOUNTANT)
    key = desk.open_task(case_key, "s01_yusuan")
    desk.fill_task(key, BUDGET)
    desk.expect_shown("草稿已保存")
    desk.page.reload()
    desk.expect_shown("已恢复上次保存的草稿")
    assert desk.page.get_by_label("预算科目").input_value() == BUDGET["budget_item"]


def test_an_ended_session_asks_to_sign_in_and_keeps_what_was_typed(office: Office) -> None:
    desk = office.desk(CLERK)
    desk.open_start("bgs-dae")
    desk.page.get_by_label("支出事项").fill("没有丢失")
    desk.page.context.clear_cookies()
    desk.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    dialog = desk.page.get_by_role("dialog", name="登录")
    dialog.wait_for()
    desk.enter(CLERK, office.server.password)
    dialog.wait_for(state="detached")
    assert desk.page.get_by_label("支出事项").input_value() == "没有丢失"


def test_arrow_keys_move_through_the_list_and_enter_opens(office: Office) -> None:
    for _ in range(2):
        office.desk(CLERK).start("bgs-dae", REQUEST)
    desk = office.desk(ACCOUNTANT)
    desk.go("todo")
    rows = desk.page.locator("a.row")
    rows.first.focus()
    desk.page.keyboard.press("ArrowDown")
    desk.page.keyboard.press("Enter")
    desk.actions.wait_for()
    assert rows.nth(1).get_attribute("aria-current") == "true"


def test_a_phone_shows_the_list_or_the_task(office: Office) -> None:
    from tests.browser.office import PHONE

    case_key = office.desk(CLERK).start("bgs-dae", REQUEST)
    desk = office.desk(ACCOUNTANT, PHONE)
    key = desk.open_task(case_key, "s01_yusuan")
    assert not desk.row(key).is_visible()
    desk.page.get_by_role("button", name="返回列表").click()
    desk.row(key).wait_for()
    width = desk.page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE[0]


def test_larger_text_enlarges_everything_and_is_remembered(office: Office) -> None:
    desk = office.desk(CLERK)
    before = desk.page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    desk.page.get_by_role("button", name="特大字号").click()
    desk.page.reload()
    desk.page.get_by_role("button", name="特大字号").wait_for()
    assert desk.page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") > before
