"""What people set for themselves: who stands in for them, what they are told, their second factor."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.browser.office import Office

pytestmark = pytest.mark.browser


def test_a_substitute_does_the_work_of_who_is_away_and_both_names_are_kept(approval_office: Office) -> None:
    from playwright.sync_api import expect

    from tests.browser import approvals as a

    # given somebody who will be away
    case = a.start(approval_office, "委托登记")
    clerk = approval_office.desk(a.CLERK)
    clerk.go("settings/substitutions")
    clerk.page.get_by_role("button", name="新建委托").click()
    box = a.dialog(clerk.page, "新建离岗委托")
    box.get_by_role("button", name="确认委托").click()
    expect(box.get_by_text("请选择受托人。")).to_be_visible()
    a.pick(box, "受托人", a.CASHIER_NAME)
    box.get_by_role("button", name="出差").click()
    box.get_by_role("button", name="确认委托").click()
    a.expect_done(clerk.page, "已委托")
    row = clerk.page.get_by_role("row", name=re.compile(f"{a.CLERK_NAME} 委托 {a.CASHIER_NAME}"))
    expect(row.get_by_text("生效中")).to_be_visible()

    # when the substitute follows the notice, and does the task
    cashier = approval_office.desk(a.CASHIER)
    cashier.page.reload()
    expect(a.bell(cashier.page)).to_have_accessible_name(re.compile("未读"))
    a.bell(cashier.page).click()
    cashier.page.get_by_role("link", name=re.compile("与您有关的离岗委托有变化")).first.click()
    expect(cashier.page.get_by_text("生效中")).to_be_visible()
    key = cashier.task_key(case, a.ACCEPT, {})
    cashier.go("todo")
    expect(cashier.row(key).get_by_text(f"代{a.CLERK_NAME}")).to_be_visible()
    cashier.row(key).click()
    expect(cashier.page.get_by_text(f"您代 {a.CLERK_NAME} 办理")).to_be_visible()
    cashier.act("提交")
    a.expect_done(cashier.page, "已提交")
    cashier.expect_gone(key)

    # then the record names both
    initiator = approval_office.desk(a.INITIATOR)
    initiator.go(f"cases/{case}/record")
    done = initiator.page.get_by_role("row").filter(has_text=a.CASHIER_NAME).filter(has_text=f"代{a.CLERK_NAME}")
    expect(done.first).to_be_visible()

    # and after the substitution was withdrawn nothing is passed on any more
    a.start(approval_office, "委托之后")
    row.get_by_role("button", name="撤销").click()
    a.dialog(clerk.page, "撤销委托").get_by_role("button", name="确认撤销").click()
    a.expect_done(clerk.page, "委托已撤销")
    expect(row.get_by_text("已撤销")).to_be_visible()
    cashier.go("settings/substitutions")
    expect(cashier.page.get_by_text("已撤销")).to_be_visible()
    cashier.go("todo")
    expect(cashier.page.get_by_text("待办已全部办完。")).to_be_visible()


def test_two_substitutes_for_the_same_time_are_refused_in_words(approval_office: Office) -> None:
    from playwright.sync_api import expect

    from tests.browser import approvals as a

    desk = approval_office.desk(a.SIGNER)
    desk.go("settings/substitutions")
    for name, refused in ((a.CLERK_NAME, False), (a.CASHIER_NAME, True)):
        desk.page.get_by_role("button", name="新建委托").click()
        box = a.dialog(desk.page, "新建离岗委托")
        a.pick(box, "受托人", name)
        box.get_by_role("button", name="休假").click()
        box.get_by_role("button", name="确认委托").click()
        if refused:
            expect(box.get_by_role("alert").filter(has_text="已有委托")).to_be_visible()
            box.get_by_role("button", name="取消").click()
        else:
            a.expect_done(desk.page, "已委托")
    desk.page.get_by_role("button", name=f"撤销{a.SIGNER_NAME}委托{a.CLERK_NAME}").click()
    a.dialog(desk.page, "撤销委托").get_by_role("button", name="确认撤销").click()
    a.expect_done(desk.page, "委托已撤销")


def test_a_notice_leads_to_the_task_and_is_read(approval_office: Office) -> None:
    from playwright.sync_api import expect

    from tests.browser import approvals as a

    # given
    clerk = approval_office.desk(a.CLERK)
    clerk.go("notices")
    clerk.page.get_by_role("button", name="全部标为已读").or_(clerk.page.get_by_text("没有未读的通知")).first.wait_for()
    a.prepare(clerk, "POST", "/notices/reading", {})
    case = a.start(approval_office, "通知")

    # when
    clerk.go("todo")
    clerk.page.reload()
    expect(a.bell(clerk.page)).to_have_accessible_name("通知，1 条未读")
    a.bell(clerk.page).click()
    expect(clerk.page.get_by_role("tab", name="未读")).to_be_visible()
    clerk.page.get_by_role("link", name=re.compile("新的待办")).click()

    # then
    expect(clerk.page).to_have_url(re.compile(rf"#/todo/{clerk.task_key(case, a.ACCEPT, {})}$"))
    expect(clerk.actions).to_be_visible()
    expect(a.bell(clerk.page)).to_have_accessible_name("通知")
    clerk.go("notices")
    expect(clerk.page.get_by_text("没有未读的通知")).to_be_visible()
    clerk.page.get_by_role("tab", name="全部").click()
    expect(clerk.page.locator(".told-read").first).to_be_visible()


def test_a_second_factor_is_enrolled_asked_for_and_when_lost_removed_by_the_security_administrator(
    approval_office: Office,
) -> None:
    from playwright.sync_api import expect

    from tests.browser import approvals as a

    # given a task that is signed, and a phone
    case = a.start(approval_office, "二次验证")
    clerk = approval_office.desk(a.CLERK)
    accepted = clerk.open_task(case, a.ACCEPT)
    clerk.act("提交")
    clerk.expect_gone(accepted)
    signer = approval_office.desk(a.SIGNER)
    phone = a.enrol(signer)

    # when a wrong code is given, then the right one
    key = signer.open_task(case, a.SIGN)
    signer.act("提交")
    box = a.dialog(signer.page, "二次验证")
    box.get_by_label("动态口令").fill("000000")
    box.get_by_role("button", name="验证并提交").click()
    expect(box.get_by_text("不正确或已使用过")).to_be_visible()
    box.get_by_label("动态口令").fill(phone.code())
    box.get_by_role("button", name="验证并提交").click()

    # then it is done; a code that is none takes the factor not away
    signer.expect_gone(key)
    assert signer.sent("POST", f"/user-tasks/{key}/completion") == 2
    signer.go("settings/second-factor")
    signer.page.get_by_label("动态口令").fill("12")
    signer.page.get_by_role("button", name="停用二次验证").click()
    expect(signer.page.get_by_text("请输入验证器显示的 6 位数字。")).to_be_visible()

    # and when the phone is lost the security administrator does, with a reason
    security = approval_office.desk(a.SECURITY)
    security.go(f"admin/users/{a.SIGNER}")
    security.page.get_by_role("button", name="移除二次验证").click()
    box = a.dialog(security.page, "移除二次验证")
    box.get_by_role("button", name="确认移除").click()
    expect(box.get_by_text("请写明原因")).to_be_visible()
    box.get_by_role("button", name="手机遗失，本人持工作证到场核实。").click()
    box.get_by_role("button", name="确认移除").click()
    a.expect_done(security.page, "二次验证已移除")
    expect(security.page.get_by_role("button", name="移除二次验证")).to_have_count(0)
    signer.page.reload()
    expect(signer.page.get_by_text("未启用", exact=True)).to_be_visible()
    a.bell(signer.page).click()
    expect(signer.page.get_by_role("link", name=re.compile("您的二次验证已由安全管理员移除"))).to_be_visible()


def test_other_sessions_are_ended_from_the_settings(approval_office: Office) -> None:
    from playwright.sync_api import expect

    from tests.browser import approvals as a
    from tests.browser.office import PHONE

    desk, elsewhere = approval_office.desk(a.INITIATOR), approval_office.desk(a.INITIATOR, PHONE)
    desk.go("settings/sessions")
    desk.page.reload()
    expect(desk.page.get_by_role("row").nth(2)).to_be_visible()

    desk.page.get_by_role("button", name="退出其他登录").click()

    a.expect_done(desk.page, "已退出其他")
    expect(desk.page.get_by_role("row")).to_have_count(2)
    elsewhere.go("start")
    expect(elsewhere.page.get_by_role("dialog", name="登录")).to_be_visible()
    elsewhere.enter(a.INITIATOR, approval_office.server.password)
    expect(elsewhere.page.get_by_role("dialog", name="登录")).to_have_count(0)
