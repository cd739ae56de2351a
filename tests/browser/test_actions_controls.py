"""Controls before a submission, exceptions by the right person; clocks that people act on; copies and interventions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.browser.errands import Errand
    from tests.browser.office import Office

pytestmark = pytest.mark.browser


def _at_seal(office: Office, matter: str) -> Errand:
    from tests.browser.errands import SEAL, Errand

    errand = Errand(office, matter)
    errand.up_to(SEAL)
    return errand


def test_warnings_want_a_reason_and_attestations_a_confirmation_before_anything_is_sent(errand_office: Office) -> None:
    from tests.browser.errands import ACCOUNTANT, SEAL, Dialog

    errand = _at_seal(errand_office, "说明理由")
    worker = errand.open(ACCOUNTANT, SEAL)
    worker.fill({"register_number": "临时", "paper_seen": True})
    worker.desk.act("提交")

    dialog = Dialog(worker.page, "风险防控：提交前请确认")
    dialog.expect_says("登记编号应为年度流水号")
    dialog.press("确认提交")
    dialog.expect_says("请写明理由。")
    dialog.expect_says("请确认后再提交。")
    assert worker.desk.sent("POST", f"/user-tasks/{worker.task}/completion") == 0
    dialog.write("理由", "编号随后补")
    dialog.tick("本人已核对用印份数")
    dialog.press("确认提交")
    worker.expect_done("已提交，事项办结")

    desk = errand.look(ACCOUNTANT, "controls")
    desk.expect_shown("编号随后补")
    desk.expect_shown("已说明理由")


def test_a_block_says_why_in_the_seeds_words_and_the_right_person_lets_it_pass(errand_office: Office) -> None:
    from playwright.sync_api import expect

    from tests.browser.errands import ACCOUNTANT, LEADER, SEAL, Dialog

    # given a submission that a control refuses
    errand = _at_seal(errand_office, "应急例外")
    worker = errand.open(ACCOUNTANT, SEAL)
    worker.fill({"register_number": "2026-1"})
    worker.desk.act("提交")
    refused = Dialog(worker.page, "风险防控：不能提交")
    refused.expect_says("来人自行用印")
    assert worker.desk.sent("POST", f"/user-tasks/{worker.task}/completion") == 0

    # when the leader is asked
    refused.expect_says("李建平")
    refused.press("送请批准例外")
    refused.expect_says("已送请李建平审批例外")
    refused.press("返回修改")
    refused.expect_closed()

    # and lets it pass for a reason
    errand.waiting(LEADER, "传阅").get_by_role("link").click()
    leader = errand_office.desk(LEADER)
    leader.page.get_by_role("tab", name="风险防控").click()
    leader.expect_shown("请您批准控制例外（用印登记）")
    leader.page.get_by_role("button", name="批准例外").click()
    decision = Dialog(leader.page, "批准应急例外")
    decision.press("批准例外")
    decision.expect_says("请写明批准例外的理由。")
    decision.write("例外理由", "防汛急用")
    decision.press("批准例外")
    decision.expect_closed()
    leader.expect_shown("已批准例外")

    # then the submission passes, and the case says so
    worker.desk.act("提交")
    confirming = Dialog(worker.page, "风险防控：提交前请确认")
    confirming.tick("本人已核对用印份数")
    confirming.press("确认提交")
    worker.expect_done("已提交，事项办结")
    auditor = errand.look(ACCOUNTANT, "controls")
    expect(auditor.page.get_by_role("row").filter(has_text="应急例外")).to_contain_text("防汛急用")


def test_a_clock_is_suspended_and_resumed_with_its_effect_shown_before(errand_office: Office) -> None:
    from playwright.sync_api import expect

    from tests.browser.errands import DRAFTER, Dialog, Errand

    errand = Errand(errand_office, "中止期限")
    desk = errand.look(DRAFTER)
    clock = desk.page.locator(".clock")
    expect(clock).to_contain_text("计时中")

    # 中止
    clock.get_by_role("button", name="中止", exact=True).click()
    dialog = Dialog(desk.page, "中止期限")
    dialog.expect_says("中止期间不定，恢复后推算")
    dialog.press("确认中止")
    dialog.expect_says("请填写中止事由。")
    dialog.write("中止事由", "征求第三方意见")
    dialog.write("依据文书", "征求意见书1号")
    dialog.press("确认中止")
    dialog.expect_closed()
    expect(clock).to_contain_text("中止")
    expect(clock.get_by_role("button", name="恢复", exact=True)).to_be_visible()

    # 恢复
    clock.get_by_role("button", name="恢复", exact=True).click()
    dialog = Dialog(desk.page, "恢复期限")
    dialog.write("依据文书", "意见回函")
    dialog.press("确认恢复")
    dialog.expect_closed()
    expect(clock).to_contain_text("计时中")

    # 经过
    clock.get_by_role("button", name="期限经过").click()
    expect(clock.get_by_role("row").filter(has_text="征求意见书1号")).to_be_visible()
    expect(clock.get_by_role("row").filter(has_text="意见回函")).to_contain_text("周静玲")


def test_what_if_shows_the_new_due_date_day_by_day_and_changes_nothing(errand_office: Office) -> None:
    from playwright.sync_api import expect

    from tests.browser.errands import DRAFTER, Dialog, Errand

    errand = Errand(errand_office, "试算")
    desk = errand.look(DRAFTER)
    clock = desk.page.locator(".clock")
    due = clock.locator(".due-date")
    expect(due).to_be_visible()
    before = due.inner_text()
    read = desk.read(f"/process-instances/{errand.key}")["clocks"][0]
    start = read["startedOn"]

    clock.get_by_role("button", name="试算").click()
    dialog = Dialog(desk.page, "试算")
    dialog.write("自哪日起不计", _days_after(start, 1))
    dialog.write("至哪日不计", _days_after(start, 10))
    dialog.press("试算")
    result = dialog.box.get_by_role("region", name="试算结果")
    expect(result).to_contain_text(f"到期日 {before} →")
    expect(result.get_by_role("row").filter(has_text="中止期间")).to_have_count(10)
    desk.page.keyboard.press("Escape")
    dialog.expect_closed()

    expect(due).to_have_text(before)
    assert desk.read(f"/process-instances/{errand.key}")["clocks"][0] == read


def test_only_who_is_concerned_may_act_on_a_clock(errand_office: Office) -> None:
    from playwright.sync_api import expect

    from tests.browser.errands import INITIATOR, Errand

    errand = Errand(errand_office, "无关人员")
    desk = errand.look(INITIATOR)
    clock = desk.page.locator(".clock")
    expect(clock.get_by_role("button", name="试算")).to_be_visible()
    expect(clock.get_by_role("button", name="中止", exact=True)).to_have_count(0)


def test_what_is_circulated_is_counted_read_and_receipted(errand_office: Office) -> None:
    from playwright.sync_api import expect

    from tests.browser.errands import INITIATOR, LEADER, Dialog, Errand

    errand = Errand(errand_office, "传阅")
    desk = errand.look(INITIATOR)
    desk.page.get_by_role("button", name="传阅", exact=True).click()
    dialog = Dialog(desk.page, "传阅")
    dialog.pick("人员", "李建平")
    dialog.write("附言（选填）", "请阅")
    dialog.press("确认传阅")
    dialog.expect_closed()
    desk.page.get_by_role("tab", name="抄送传阅").click()
    receipt = desk.page.get_by_role("row").filter(has_text="李建平")
    expect(receipt).to_contain_text("未阅")

    row = errand.waiting(LEADER, "传阅")
    row.get_by_role("button", name="已阅").click()
    expect(row).to_have_count(0)

    desk.page.reload()
    expect(receipt).to_contain_text("已阅")


def test_the_initiator_urges_who_has_the_task(errand_office: Office) -> None:
    from playwright.sync_api import expect

    from tests.browser.errands import INITIATOR, Dialog, Errand

    errand = Errand(errand_office, "催办")
    desk = errand.look(INITIATOR)
    tasks = desk.page.locator(".open-task")
    tasks.get_by_role("button", name="催办").click()
    dialog = Dialog(desk.page, "催办")
    dialog.write("附言（选填）", "请尽快办理")
    dialog.press("确认催办")
    dialog.expect_closed()
    expect(tasks).to_contain_text("已催办 1 次")


def test_what_was_signed_on_paper_is_entered_and_confirmed_by_the_person(errand_office: Office) -> None:
    from playwright.sync_api import expect

    from tests.browser.errands import CHECK, DRAFTER, HEAD, Dialog, Errand, Worker

    errand = Errand(errand_office, "代录")
    errand.up_to(CHECK)
    desk = errand.look(DRAFTER)
    desk.page.locator(".open-task").get_by_role("link", name="审核").click()
    expect(desk.actions).to_be_visible()
    worker = Worker(desk, desk.page.url.rsplit("/", 1)[-1])
    dialog = worker.choose("代录")
    dialog.press("确认代录")
    dialog.box.get_by_label("同意", exact=True).check()
    dialog.press("确认代录")
    dialog.expect_says("请写明何时、何地、以何种方式签批或同意。")
    dialog.write("依据说明", "在纸质审批单上签字")
    dialog.press("确认代录")
    worker.expect_done("已代录")

    head = errand_office.desk(HEAD)
    item = errand.waiting(HEAD, "待确认")
    expect(item).to_contain_text("周静玲")
    item.get_by_role("button", name="确认属实").click()
    Dialog(head.page, "确认代录").press("确认属实")
    expect(item).to_have_count(0)


def test_an_end_is_asked_for_and_decided_by_the_owner(errand_office: Office) -> None:
    from playwright.sync_api import expect

    from tests.browser.errands import HEAD, INITIATOR, Dialog, Errand

    errand = Errand(errand_office, "终止")
    desk = errand.look(INITIATOR)
    desk.page.get_by_role("button", name="申请终止").click()
    dialog = Dialog(desk.page, "申请终止")
    dialog.press("提交申请")
    dialog.expect_says("请写明理由。")
    dialog.write("理由", "事项已取消")
    dialog.press("提交申请")
    dialog.expect_closed()

    head = errand_office.desk(HEAD)
    item = errand.waiting(HEAD, "待确认")
    item.get_by_role("button", name="批准").click()
    Dialog(head.page, "批准终止").press("批准终止")
    expect(item).to_have_count(0)

    desk.page.reload()
    desk.expect_shown("已终止")


def test_a_jump_goes_on_at_the_chosen_step_when_the_owner_agrees(errand_office: Office) -> None:
    from playwright.sync_api import expect

    from tests.browser.errands import ACCOUNTANT, HEAD, INITIATOR, SEAL, Dialog, Errand

    errand = Errand(errand_office, "跳转")
    desk = errand.look(INITIATOR)
    desk.page.get_by_role("button", name="申请跳转").click()
    dialog = Dialog(desk.page, "申请跳转")
    dialog.box.get_by_label("跳转到").select_option(SEAL)
    dialog.write("理由", "已线下审核")
    dialog.press("提交申请")
    dialog.expect_closed()

    head = errand_office.desk(HEAD)
    item = errand.waiting(HEAD, "待确认")
    item.get_by_role("button", name="批准").click()
    decision = Dialog(head.page, "批准跳转")
    decision.expect_says("跳转到：用印登记")
    decision.press("批准跳转")
    expect(item).to_have_count(0)

    expect(errand.open(ACCOUNTANT, SEAL).page.get_by_role("heading", name="用印登记")).to_be_visible()


def test_experts_are_announced_drawn_before_a_witness_and_proven(errand_office: Office) -> None:
    from playwright.sync_api import expect

    from tests.browser.errands import INITIATOR, Dialog, Errand

    # given a case that 政工科 sees, and a pool in which one expert is of an applicant
    errand = Errand(errand_office, "专家抽取")
    desk = errand.look(INITIATOR)
    desk.page.get_by_role("button", name="抄送", exact=True).click()
    dialog = Dialog(desk.page, "抄送")
    dialog.pick("人员", "孙永倩")
    dialog.press("确认抄送")
    dialog.expect_closed()
    _import_experts(errand_office)

    # when it is announced and drawn
    drawer = errand.look(DRAWER, "draws")
    drawer.page.get_by_role("button", name="公布抽取").click()
    announcing = Dialog(drawer.page, "公布专家抽取")
    announcing.press("公布")
    announcing.expect_says("请填写领域。")
    announcing.write("领域", "工业软件")
    announcing.write("抽取人数", "3")
    announcing.write("候补人数", "1")
    announcing.write("申报单位（选填）", "甲公司")
    announcing.press("公布")
    announcing.expect_closed()
    drawer.page.get_by_role("button", name="见证抽取").click()
    opening = Dialog(drawer.page, "见证抽取")
    opening.expect_says("抽取范围 5 人，回避 1 人")
    opening.write("见证语", "八一五三")
    opening.press("抽取")
    opening.expect_closed()

    # then three and one are named, and everybody can reckon it again
    drawer.expect_shown("已按记录重算，结果一致")
    expect(drawer.page.locator(".draw-result .experts").first.get_by_role("listitem")).to_have_count(3)
    drawer.page.get_by_text("验证数据").click()
    drawer.expect_shown("八一五三")
    expect(desk.page.get_by_role("tab", name="专家抽取")).to_have_count(0)
    desk.page.reload()
    expect(desk.page.get_by_role("tab", name="专家抽取")).to_be_visible()


DRAWER = "zgk-jingban"
EXPERTS = "编号,姓名,单位,领域\n" + "".join(
    f"E{number},专家{number},{'甲公司' if number == 1 else '某大学'},工业软件\n" for number in range(1, 7)
)


def _import_experts(office: Office) -> None:
    """Fill the pool as 政工科 does over the API."""
    status = office.desk(DRAWER).page.evaluate(
        """async content => {
            const session = await (await fetch('/api/session')).json();
            const headers = {'Content-Type': 'application/json', 'X-CSRF-Token': session.csrfToken};
            const body = JSON.stringify({content, format: 'csv', source: '测试专家库'});
            return (await fetch('/api/experts', {method: 'PUT', headers, body})).status;
        }""",
        EXPERTS,
    )
    assert status == 200


def _days_after(day: str, number: int) -> str:
    from datetime import date, timedelta

    return (date.fromisoformat(day) + timedelta(days=number)).isoformat()
