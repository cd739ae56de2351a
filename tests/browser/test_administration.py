"""What administrators do: accounts, roles, policies, calendars in twos, people from a spreadsheet, cases from paper."""

from __future__ import annotations

import io
import json
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload

    from tests.browser.office import Office

pytestmark = pytest.mark.browser

YEAR = 2026


def test_a_user_is_created_with_a_password_told_once_and_signs_in(approval_office: Office) -> None:
    from playwright.sync_api import expect

    from tests.browser import approvals as a

    # given mistakes at their fields first
    admin = approval_office.desk(a.ADMINISTRATOR)
    admin.go("admin/users")
    admin.page.get_by_role("button", name="新建用户").click()
    box = a.dialog(admin.page, "新建用户")
    box.get_by_role("button", name="新建用户").click()
    expect(box.get_by_text("请填写用户名。")).to_be_visible()
    expect(box.get_by_text("请填写姓名。")).to_be_visible()

    # when
    box.get_by_label("用户名").fill("xinren")
    box.get_by_label("姓名").fill("新来某")
    box.get_by_label("机构").select_option("bgs")
    box.get_by_role("searchbox", name="搜索角色").fill("办公室")
    box.get_by_label("经办人").check()
    box.get_by_role("button", name="新建用户").click()
    password = box.locator("code").inner_text()
    box.get_by_role("button", name="完成").click()
    admin.page.get_by_label("搜索用户").fill("新来某")
    expect(admin.page.get_by_role("link", name="新来某")).to_be_visible()

    # then
    stranger = approval_office.desk(None)
    a.change_first_password(approval_office, stranger, "xinren", password)
    expect(stranger.page.get_by_role("button", name="新来某")).to_be_visible()
    expect(stranger.page.get_by_role("navigation", name="主导航").get_by_role("link", name="管理")).to_have_count(0)
    a.sign_out(stranger)


def test_nobody_is_given_two_of_the_three_administrators_roles(approval_office: Office) -> None:
    from playwright.sync_api import expect

    from tests.browser import approvals as a

    security = approval_office.desk(a.SECURITY)
    security.go("admin/users/xfk-jingban")
    security.page.get_by_role("button", name="更改角色").click()
    box = a.dialog(security.page, "更改角色")
    box.get_by_role("checkbox", name=re.compile("^系统管理员")).check()
    box.get_by_role("checkbox", name=re.compile("^审计管理员")).check()
    box.get_by_role("button", name="保存角色").click()
    expect(box.get_by_role("alert").filter(has_text="三员分立")).to_be_visible()

    box.get_by_role("checkbox", name=re.compile("^系统管理员")).uncheck()
    box.get_by_role("button", name="保存角色").click()
    a.expect_done(security.page, "角色已更改")
    expect(security.page.get_by_text("审计管理员", exact=True)).to_be_visible()

    admin = approval_office.desk(a.ADMINISTRATOR)
    admin.go("admin/users/xfk-jingban")
    admin.page.get_by_role("button", name="更改角色").click()
    offered = a.dialog(admin.page, "更改角色").get_by_role("checkbox", name=re.compile("^安全管理员"))
    expect(offered).to_have_count(0)
    admin.page.keyboard.press("Escape")


def test_whoever_is_switched_off_is_signed_out_and_stays_out(approval_office: Office) -> None:
    from playwright.sync_api import expect

    from tests.browser import approvals as a

    admin, person = approval_office.desk(a.ADMINISTRATOR), approval_office.desk("lsk-jingban")
    admin.go("admin/users/lsk-jingban")
    admin.page.get_by_role("button", name="停用账号").click()
    box = a.dialog(admin.page, "停用账号")
    box.get_by_role("button", name="调离").click()
    box.get_by_role("button", name="确认停用").click()
    a.expect_done(admin.page, "账号已停用")
    expect(admin.page.get_by_role("button", name="启用账号")).to_be_visible()

    person.page.reload()
    person.enter("lsk-jingban", approval_office.server.password)

    expect(person.page.get_by_role("alert").filter(has_text=re.compile("不正确|停用"))).to_be_visible()


def test_a_policy_is_changed_by_the_security_administrator_only(approval_office: Office) -> None:
    from playwright.sync_api import expect

    from tests.browser import approvals as a

    name = "更改多少天未登录视为久未使用的账号"
    admin, security = approval_office.desk(a.ADMINISTRATOR), approval_office.desk(a.SECURITY)
    admin.go("admin/settings")
    expect(admin.page.get_by_text("由安全管理员更改。")).to_be_visible()
    expect(admin.page.get_by_role("button", name=name)).to_have_count(0)

    security.go("admin/settings")
    security.page.get_by_role("button", name=name).click()
    field = security.page.get_by_label("多少天未登录视为久未使用的账号", exact=True)
    field.fill("0")
    security.page.get_by_role("button", name="保存").click()
    expect(security.page.get_by_role("alert").filter(has_text="应在 1 到 3650 之间")).to_be_visible()
    field.fill("60")
    security.page.get_by_role("button", name="保存").click()
    a.expect_done(security.page, "已更改")
    expect(security.page.get_by_role("row").filter(has_text="accounts.stale-days").get_by_text("60")).to_be_visible()


def test_a_calendar_is_proposed_by_one_confirmed_by_another_and_moves_the_limits(approval_office: Office) -> None:
    from playwright.sync_api import expect

    from tests.browser import approvals as a

    # given a case under a clock, and two administrators
    matter = "日历提案"
    case = a.start(approval_office, matter)
    initiator = approval_office.desk(a.INITIATOR)
    before = _due(initiator.read(f"/process-instances/{case}"))
    second = approval_office.desk(a.second_administrator(approval_office))
    first = approval_office.desk(a.ADMINISTRATOR)
    day = _next_working_day(first.read(f"/admin/calendar/{YEAR}"))
    first.go(f"admin/proposals/new/{YEAR}")
    first.page.get_by_label("个别日子").check()
    first.page.get_by_role("button", name="提出更改").click()
    expect(first.page.get_by_text("请写明通知名称、文号或事由。")).to_be_visible()
    first.page.get_by_role("button", name=re.compile(f"^{day}")).click()
    first.page.get_by_label("来源").fill("防台风停止办公")
    first.page.get_by_role("button", name="提出更改").click()
    a.expect_done(first.page, "已提出")
    own = first.page.get_by_role("listitem", name=re.compile("防台风停止办公"))
    expect(own.get_by_text("须由另一位系统管理员确认。")).to_be_visible()
    expect(own.get_by_role("button", name="确认生效")).to_have_count(0)

    # when the other sees what changes, and confirms
    second.go("admin/proposals")
    second.page.reload()
    proposal = second.page.get_by_role("listitem", name=re.compile("防台风停止办公"))
    expect(proposal.get_by_role("row").filter(has_text=day)).to_contain_text("停止办公")
    proposal.get_by_role("button", name="确认生效").click()
    a.dialog(second.page, f"确认 {YEAR} 年日历").get_by_role("button", name="确认生效").click()
    a.expect_done(second.page, "日历已生效")

    # then the limit's old and new dates are shown, to the one who proposed it too
    expect(proposal.get_by_text("已生效", exact=True)).to_be_visible()
    proposal.get_by_role("button", name="重新计算的期限").click()
    moved = proposal.get_by_role("row").filter(has_text=matter)
    expect(moved).to_be_visible(timeout=30_000)
    after = _due(initiator.read(f"/process-instances/{case}"))
    assert after > before
    expect(proposal.get_by_text("还有")).to_have_count(0)
    first.page.reload()
    expect(own.get_by_text("已生效", exact=True)).to_be_visible()


def test_a_state_council_notice_is_read_from_its_file_and_can_be_rejected(approval_office: Office) -> None:
    from playwright.sync_api import expect

    from tests.browser import approvals as a

    second = approval_office.desk(a.second_administrator(approval_office))
    first = approval_office.desk(a.ADMINISTRATOR)
    first.go(f"admin/proposals/new/{YEAR + 1}")
    chooser = first.page.get_by_label("放假安排文件")
    chooser.set_input_files(_file("坏.json", "application/json", b"{"))
    first.page.get_by_role("button", name="提出更改").click()
    expect(first.page.get_by_text("文件不是 JSON。")).to_be_visible()
    days = [{"name": "元旦", "date": f"{YEAR + 1}-01-01", "isOffDay": True}]
    notice = {"year": YEAR + 1, "papers": ["国办发明电〔2026〕9号"], "days": days}
    chooser.set_input_files(_file("notice.json", "application/json", json.dumps(notice).encode()))
    expect(first.page.get_by_text("放假 1 天，调休上班 0 天")).to_be_visible()
    first.page.get_by_role("button", name="提出更改").click()
    a.expect_done(first.page, "已提出")

    second.go("admin/proposals")
    second.page.reload()
    proposal = second.page.get_by_role("listitem", name=re.compile("国办发明电"))
    proposal.get_by_role("button", name="否决").click()
    box = a.dialog(second.page, "否决提案")
    box.get_by_role("button", name="确认否决").click()
    expect(box.get_by_text("请写明理由。")).to_be_visible()
    box.get_by_label("理由").fill("与正式通知不符")
    box.get_by_role("button", name="确认否决").click()
    a.expect_done(second.page, "提案已否决")
    expect(proposal.get_by_text("与正式通知不符")).to_be_visible()


def test_people_come_from_a_spreadsheet_after_a_look_at_every_change(approval_office: Office) -> None:
    from playwright.sync_api import expect

    from tests.browser import approvals as a

    admin = approval_office.desk(a.ADMINISTRATOR)
    admin.go("admin/import")
    with admin.page.expect_download() as download:
        admin.page.get_by_role("link", name="下载样表").click()
    assert download.value.path().read_text("utf-8-sig").startswith("用户名,姓名,机构")
    chooser = admin.page.get_by_label("电子表格")
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    chooser.set_input_files(_file("人员.xlsx", sheet, _people(("daoru", "导入某", "没有的科"))))
    expect(admin.page.get_by_role("row").filter(has_text="没有机构 没有的科")).to_be_visible()
    expect(admin.page.get_by_role("button", name="确认导入")).to_be_disabled()

    chooser.set_input_files(_file("人员2.xlsx", sheet, _people(("daoru", "导入某", "信访科"))))
    row = admin.page.get_by_role("row").filter(has_text="导入某")
    expect(row.get_by_text("新增")).to_be_visible()
    admin.page.get_by_role("button", name="确认导入").click()
    a.expect_done(admin.page, "已导入。")
    password = admin.page.locator(".told-once code").inner_text()

    stranger = approval_office.desk(None)
    a.change_first_password(approval_office, stranger, "daoru", password)
    a.sign_out(stranger)


def test_a_case_from_paper_is_entered_at_its_step_with_its_clock(approval_office: Office) -> None:
    from playwright.sync_api import expect

    from tests.browser import approvals as a
    from tests.browser import forms

    admin = approval_office.desk(a.ADMINISTRATOR)
    admin.go("admin/entry")
    admin.page.get_by_role("combobox", name="流程").select_option(a.PROCEDURE)
    page = admin.page
    expect(page.locator(".fjs-form")).to_be_visible()
    schema = admin.read(f"/procedures/{a.PROCEDURE}/start-form")["form"]["schema"]
    forms.fill(page, schema, {"matter": "纸质卷宗"}, {})
    page.get_by_role("button", name="录入案件").click()
    expect(page.get_by_text("请选择案件所在的环节。")).to_be_visible()
    expect(page.get_by_text("请选择当时的发起人。")).to_be_visible()
    a.pick(page.get_by_role("main"), "当时的发起人", "谢明华")
    began = (datetime.now(UTC) - timedelta(days=5)).date().isoformat()
    page.get_by_label("实际开始日期").fill(began)
    page.get_by_label("标题").fill("纸质卷宗第一号")
    page.get_by_role("checkbox", name="签发").check()
    page.get_by_role("checkbox", name=re.compile("bgs-ysqgk.answer")).check()
    page.get_by_label("起算日").fill(began)
    page.get_by_label("证明材料").fill("受理回执")
    page.get_by_role("button", name="系统启用前已受理，按纸质卷宗录入。").click()
    page.get_by_role("button", name="录入案件").click()
    a.expect_done(page, "案件已录入")

    expect(page.get_by_role("heading", name="纸质卷宗第一号")).to_be_visible()
    signer = approval_office.desk(a.SIGNER)
    signer.go("todo")
    expect(signer.page.locator("a.row").filter(has_text="纸质卷宗第一号")).to_be_visible()


def test_each_administrator_finds_what_is_theirs_and_nothing_else(approval_office: Office) -> None:
    from playwright.sync_api import expect

    from tests.browser import approvals as a

    theirs = {
        a.ADMINISTRATOR: ("人员导入", "查阅记录"),
        a.SECURITY: ("参数设置", "清除内容"),
        a.AUDITOR: ("查阅记录", "工作日历"),
    }
    for who, (there, absent) in theirs.items():
        desk = approval_office.desk(who)
        desk.go("admin")
        side = desk.page.get_by_role("navigation", name="管理")
        expect(side.get_by_role("link", name=there)).to_be_visible()
        expect(side.get_by_role("link", name=absent)).to_have_count(0)
        side.get_by_role("link", name=there).click()
        expect(desk.page.get_by_role("heading", level=1)).to_be_visible()


def _due(case: dict[str, Any]) -> str:
    (clock,) = case["clocks"]
    return str(clock["dueAt"])


def _next_working_day(calendar: dict[str, Any]) -> str:
    """A day within any limit that began today, on which people work as yet."""
    off = {day["date"] for day in calendar["days"] if day["off"]}
    working = {day["date"] for day in calendar["days"] if not day["off"]}
    day = datetime.now(UTC).date() + timedelta(days=2)
    while day.isoformat() in off or (day.weekday() >= 5 and day.isoformat() not in working):
        day += timedelta(days=1)
    return day.isoformat()


def _file(name: str, kind: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": kind, "buffer": content}


def _people(*rows: tuple[str, str, str]) -> bytes:
    book, written = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.title = "人员"
    for row in (("用户名", "姓名", "机构"), *rows):
        sheet.append(row)
    book.save(written)
    return written.getvalue()
