"""文书 on the page: a text drafted version by version, its number, the registers that list it, seals handed over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.scenario import Turn
from tests.support.requirements import libreoffice_path

if TYPE_CHECKING:
    from tests.browser.office import Office

pytestmark = pytest.mark.browser

DRAFTER, HEAD, OFFICE_HEAD, SIGNER = "zhk-jingban", "zhk-kezhang", "bgs-kezhang", "fenguan2"
CLERK = "bgs-jingban"
START = {
    "title": "关于开展法制培训的通知",
    "doc_type": "通知",
    "direction": "下行文",
    "important": False,
    "main_recipient": "各区市工信局",
    "main_recipient_kind": "其他",
    "urgency": "平件",
    "disclosure_class": "依申请公开",
    "copies": 10,
    "content": "通知正文",
    "normative": False,
    "need_cosign": False,
    "not_secret": True,
}
TURNS = (
    Turn("s02_hegao", HEAD, {"disclosure_class": "主动公开", "content_ok": True, "not_secret_checked": True}),
    Turn("l_shenhe", OFFICE_HEAD, {"necessary": True, "format_ok": True, "cosign_ok": True}),
    Turn("s03_shenqian", SIGNER, {"signed": True}),
)
_ASK_UNTIL_LISTED = """async path => {
    for (let asked = 0; asked < 120; asked += 1) {
        const answer = await (await fetch('/api' + path)).json();
        if (answer.total > 0) return true;
        await new Promise(done => setTimeout(done, 250));
    }
    return false;
}"""
"""Registers list a case in the background, a moment after its command; half a minute at most."""


def test_a_text_gets_versions_a_number_and_its_line_in_the_register(office: Office) -> None:
    from playwright.sync_api import expect

    from tests.browser import approvals as a

    # given an outgoing paper that its head checks
    case = office.desk(DRAFTER).start("bgs-xingwen", START)
    head = office.desk(HEAD)
    head.open_task(case, "s02_hegao")
    draft = head.page.get_by_role("region", name="正文", exact=True)
    expect(draft.get_by_role("heading", name="正文 现为第 1 稿")).to_be_visible()

    # when the head changes the text, and takes the former version up again
    field = draft.get_by_label("正文内容")
    expect(field).to_have_value("通知正文")
    field.fill("通知正文，另行培训")

    # then submitting without a version leads to where it is saved, and leaving the task loses nothing
    head.fill_task(head.task_key(case, "s02_hegao", {}), TURNS[0].form)
    head.act("提交")
    expect(draft.get_by_role("alert").filter(has_text="请先保存再提交")).to_be_in_viewport()
    head.go("start")
    head.open_task(case, "s02_hegao")
    expect(field).to_have_value("通知正文，另行培训")
    draft.get_by_label("修改说明").fill("补充培训")
    draft.get_by_role("button", name="保存为新稿").click()
    a.expect_done(head.page, "正文已保存为第 2 稿。")
    expect(draft.get_by_role("heading", name="正文 现为第 2 稿")).to_be_visible()
    # and what the form shows is the new version, though a draft of the form was saved before it
    expect(head.page.locator(".fjs-form").get_by_label("正文")).to_have_value("通知正文，另行培训")
    draft.get_by_role("row", name=re.compile("^第 1 稿")).get_by_role("button", name="恢复为新稿").click()
    a.expect_done(head.page, "第 1 稿已恢复为第 3 稿。")
    expect(draft.get_by_role("heading", name="正文 现为第 3 稿")).to_be_visible()
    expect(field).to_have_value("通知正文")

    # and the paper is signed, by one who looked at it first
    for turn in TURNS[:-1]:
        office.desk(turn.by).complete(case, turn)
    signer = office.desk(SIGNER)
    signer.open_task(case, TURNS[-1].element)
    expect(signer.page.get_by_label("签发人")).to_be_visible()
    # what only stands there when departments disagree is not shown empty
    expect(signer.page.get_by_text("会签不一致的意见")).to_have_count(0)
    previews = signer.page.get_by_role("region", name="文书预览")
    previews.get_by_role("button", name="预览").click()
    if libreoffice_path() is None:
        expect(previews.get_by_text("没有安装 LibreOffice")).to_be_visible()
    else:
        address = previews.get_by_role("link", name="打开预览（PDF）")
        expect(address).to_be_visible(timeout=60_000)
        shown = signer.page.request.get(signer.address + str(address.get_attribute("href")))
        assert shown.body().startswith(b"%PDF-")
    with signer.page.expect_download() as saved:
        previews.get_by_role("button", name="Word 文件").click()
    assert saved.value.suggested_filename.endswith("（预览）.docx")
    signer.complete(case, TURNS[-1])

    # then the case says its number, and what changed between two versions
    drafter = office.desk(DRAFTER)
    drafter.go(f"cases/{case}/issued")
    number = drafter.page.get_by_role("cell", name=re.compile(r"〔\d{4}〕\d+号$")).first
    expect(number).to_be_visible()
    text = number.inner_text()
    expect(drafter.page.get_by_text("已签定")).to_be_visible()
    drafter.page.get_by_role("button", name="比对两稿").click()
    drafter.page.get_by_label("比对：旧稿").select_option("1")
    drafter.page.get_by_label("比对：新稿").select_option("2")
    compared = drafter.page.get_by_role("region", name="比对结果")
    expect(compared.locator("ins")).to_have_text("，另行培训")

    # and the register lists it, by search and by a filter, and exports it
    assert drafter.page.evaluate(_ASK_UNTIL_LISTED, "/registers/fawen/rows")
    drafter.go("registers/fawen")
    row = drafter.page.get_by_role("row").filter(has_text=text)
    expect(row).to_have_count(1)
    expect(row.get_by_role("cell", name="刘学薇", exact=True)).to_be_visible()
    drafter.page.get_by_role("button", name="筛选").click()
    drafter.page.get_by_label("标题", exact=True).fill("没有这样的")
    drafter.page.get_by_label("标题", exact=True).press("Enter")
    expect(drafter.page.get_by_text("没有符合条件的记录。")).to_be_visible()
    drafter.page.get_by_role("button", name="清除条件").click()
    expect(row).to_have_count(1)
    drafter.page.get_by_role("button", name="导出 Excel").click()
    with drafter.page.expect_download() as saved:
        drafter.page.get_by_role("link", name="下载 Excel").click()
    assert saved.value.suggested_filename.endswith(".xlsx")


def test_keepers_reserve_and_void_numbers_with_a_reason(office: Office) -> None:
    from playwright.sync_api import expect

    from tests.browser import approvals as a

    clerk = office.desk(CLERK)
    clerk.go("office/numbers/jiyao")
    clerk.page.get_by_role("button", name="预留编号").click()
    box = a.dialog(clerk.page, "预留编号")
    box.get_by_role("button", name="预留", exact=True).click()
    expect(box.get_by_text("请写明预留给什么用。")).to_be_visible()
    box.get_by_label("预留的理由").fill("党组会纪要")
    box.get_by_role("button", name="预留", exact=True).click()
    a.expect_done(clerk.page, "已预留")
    row = clerk.page.get_by_role("row").filter(has_text="党组会纪要").first
    expect(row.get_by_text("预留", exact=True)).to_be_visible()
    row.get_by_role("button", name="作废").click()
    box = a.dialog(clerk.page, "作废编号")
    box.get_by_label("作废的理由").fill("会议取消")
    box.get_by_role("button", name="作废", exact=True).click()
    a.expect_done(clerk.page, "已作废")
    expect(row.get_by_text("会议取消")).to_be_visible()
    expect(row.get_by_role("button", name="恢复")).to_be_visible()

    # who is no keeper sees the register and has no such buttons
    reader = office.desk(DRAFTER)
    reader.go("office/numbers/jiyao")
    expect(reader.page.get_by_role("row").filter(has_text="会议取消")).to_be_visible()
    expect(reader.page.get_by_role("button", name="预留编号")).to_have_count(0)
    expect(reader.page.get_by_role("button", name="恢复")).to_have_count(0)


def test_a_seal_is_handed_over_and_confirmed_by_who_receives_it(office: Office) -> None:
    from playwright.sync_api import expect

    from tests.browser import approvals as a

    clerk = office.desk(CLERK)
    clerk.go("office/seals/hetong")
    clerk.page.get_by_role("button", name="移交", exact=True).click()
    box = a.dialog(clerk.page, "移交印章")
    a.pick(box, "移交给", "黄思辉")
    box.get_by_label("备注").fill("休假期间")
    box.get_by_role("button", name="提出移交").click()
    a.expect_done(clerk.page, "已提出移交")
    expect(clerk.page.get_by_text("待确认", exact=True)).to_be_visible()

    receiver = office.desk(OFFICE_HEAD)
    receiver.go("office/seals")
    receiver.page.get_by_role("button", name="确认或退回").click()
    box = a.dialog(receiver.page, "确认移交")
    box.get_by_label("已收到，由我保管").check()
    box.get_by_role("button", name="提交", exact=True).click()
    a.expect_done(receiver.page, "已确认")
    expect(receiver.page.get_by_role("row").filter(has_text="合同专用章").get_by_text("黄思辉")).to_be_visible()
