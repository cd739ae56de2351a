"""Returning, handing over, further signers, withdrawing, in batches: as different people do it in the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.browser.office import Office

pytestmark = pytest.mark.browser

NAMES = {"bgs-caigou": "王文博", "bgs-kezhang": "黄思辉", "bgs-jingban": "周静玲"}


def test_a_return_with_直达_comes_straight_back_to_who_returned_it(errand_office: Office) -> None:
    from playwright.sync_api import expect

    from tests.browser.errands import ACCOUNTANT, DRAFT, DRAFTER, SEAL, Errand

    # given a case at its third step
    errand = Errand(errand_office, "退回直达")
    errand.up_to(SEAL)
    worker = errand.open(ACCOUNTANT, SEAL)

    # when it is returned to the first, without a reason at first
    dialog = worker.choose("退回")
    dialog.tick("拟稿")
    dialog.expect_says("由原办理人重新办理")
    dialog.tick("直达")
    dialog.press("确认退回")
    dialog.expect_says("请写明退回的理由。")
    dialog.write("退回理由", "内容有误，请修改")
    dialog.press("确认退回")
    worker.expect_done("已退回")
    worker.desk.expect_gone(worker.task)

    # then who did the first step sees who returned it and why, and does it again
    again = errand.open(DRAFTER, DRAFT)
    expect(again.page.get_by_text("吴雪瑶退回：")).to_be_visible()
    expect(again.page.get_by_text("办理后直接送回退回人")).to_be_visible()
    again.fill({"text": "草稿二"})
    again.desk.act("提交")
    again.expect_done("已提交")

    # and it stands at the third step again, past the second
    back = errand.open(ACCOUNTANT, SEAL)
    expect(back.page.get_by_role("heading", name="用印登记")).to_be_visible()


def test_a_return_to_the_initiator_lets_them_mend_the_start_form(errand_office: Office) -> None:
    from playwright.sync_api import expect

    from tests.browser.errands import CHECK, HEAD, INITIATOR, Errand

    errand = Errand(errand_office, "退回发起人")
    errand.up_to(CHECK)
    worker = errand.open(HEAD, CHECK)
    dialog = worker.choose("退回")
    dialog.tick("发起人")
    dialog.expect_says("发起人修改申请内容")
    dialog.write("退回理由", "事项名称不准确")
    dialog.press("确认退回")
    worker.expect_done("已退回")

    mending = errand.find(INITIATOR, "修改后重新提交")
    expect(mending.page.get_by_text("申请被退回，请修改后重新提交。")).to_be_visible()
    mending.fill({"matter": "名称已改"})
    mending.desk.act("重新提交")
    mending.expect_done("已提交")


def test_who_comes_back_to_the_facts_of_a_case_sees_where_it_stands_now(errand_office: Office) -> None:
    from playwright.sync_api import expect

    from tests.browser.errands import CHECK, HEAD, INITIATOR, Errand

    # given the initiator, who sees what is open
    errand = Errand(errand_office, "回到概况")
    errand.up_to(CHECK)
    initiator = errand_office.desk(INITIATOR)
    initiator.go(f"cases/{errand.key}")
    standing = initiator.page.locator(".facts div").filter(has_text="当前步骤").locator("dd")
    expect(standing).not_to_have_text("—")
    before = standing.inner_text()

    # when it is done meanwhile, and the initiator looks at the record and comes back
    errand.do(HEAD, CHECK, {"approval": "同意"})
    initiator.page.get_by_role("tab", name="办理记录").click()
    initiator.page.get_by_role("tab", name="概况").click()

    # then it is open no more
    expect(standing).not_to_have_text(before)


def test_a_task_that_is_handed_over_is_the_other_persons(errand_office: Office) -> None:
    from playwright.sync_api import expect

    from tests.browser.errands import BUYER, CHECK, HEAD, Errand

    errand = Errand(errand_office, "转办")
    errand.up_to(CHECK)
    worker = errand.open(HEAD, CHECK)
    dialog = worker.choose("转办")
    dialog.press("确认转办")
    dialog.expect_says("请选择一人。")
    dialog.pick("转办给", NAMES[BUYER])
    dialog.write("理由", "因工作分工调整")
    dialog.press("确认转办")
    worker.expect_done("已转办")
    worker.desk.expect_gone(worker.task)

    other = errand.open(BUYER, CHECK)
    expect(other.page.get_by_text("黄思辉转来：")).to_be_visible()
    other.fill({"approval": "同意"})
    other.desk.act("提交")
    other.expect_done("已提交")


def test_a_delegated_task_comes_back_with_what_was_filled_in(errand_office: Office) -> None:
    from playwright.sync_api import expect

    from tests.browser.errands import BUYER, CHECK, HEAD, Errand

    errand = Errand(errand_office, "委派")
    errand.up_to(CHECK)
    worker = errand.open(HEAD, CHECK)
    dialog = worker.choose("委派")
    dialog.pick("委派给", NAMES[BUYER])
    dialog.write("理由", "请代为审核")
    dialog.press("确认委派")
    worker.expect_done("已委派")

    delegate = errand.open(BUYER, CHECK)
    expect(delegate.page.get_by_text("黄思辉委派您办理：")).to_be_visible()
    delegate.fill({"approval": "同意"})
    delegate.desk.act("办毕交回")
    delegate.expect_done("已提交")

    back = errand.open(HEAD, CHECK)
    expect(back.page.get_by_text("已办毕交回，请确认后提交。")).to_be_visible()
    expect(back.page.get_by_label("同意", exact=True)).to_be_checked()
    back.desk.act("提交")
    back.expect_done("已提交")


def test_a_task_waits_until_the_signer_before_it_has_answered(errand_office: Office) -> None:
    from playwright.sync_api import expect

    from tests.browser.errands import BUYER, CHECK, HEAD, Errand

    # given a signer asked before
    errand = Errand(errand_office, "前加签")
    errand.up_to(CHECK)
    worker = errand.open(HEAD, CHECK)
    dialog = worker.choose("加签")
    dialog.tick("前加签")
    dialog.pick("人员", NAMES[BUYER])
    dialog.write("事由", "请先审核预算")
    dialog.press("确认加签")
    worker.expect_done("前加签")

    # then the task can't be completed meanwhile
    expect(worker.page.get_by_text("正在等候前加签人 王文博 签办")).to_be_visible()
    worker.expect_action("提交", there=False)

    # when the signer agrees, it can
    signer = errand.find(BUYER, "（前加签）")
    signer.desk.act("同意")
    signer.expect_done("已提交")

    again = errand.open(HEAD, CHECK)
    expect(again.page.get_by_role("region", name="加签与协办").get_by_text("同意", exact=True)).to_be_visible()
    again.fill({"approval": "同意"})
    again.desk.act("提交")
    again.expect_done("已提交")


def test_a_completion_is_void_when_the_signer_after_it_disagrees(errand_office: Office) -> None:
    from playwright.sync_api import expect

    from tests.browser.errands import BUYER, CHECK, HEAD, Errand

    errand = Errand(errand_office, "后加签")
    errand.up_to(CHECK)
    worker = errand.open(HEAD, CHECK)
    dialog = worker.choose("加签")
    dialog.tick("后加签")
    dialog.pick("人员", NAMES[BUYER])
    dialog.write("事由", "请把关")
    dialog.press("确认加签")
    worker.expect_done("后加签")
    worker.expect_action("提交")
    worker.fill({"approval": "同意"})
    worker.desk.act("提交")
    worker.expect_done("加签人签完后生效")

    # a signer who disagrees says why
    signer = errand.find(BUYER, "（后加签）")
    signer.desk.act("不同意")
    signer.desk.expect_shown("不同意的，请写明意见。")
    signer.page.get_by_label("办理意见").fill("预算不足")
    signer.desk.act("不同意")
    signer.expect_done("已提交")

    again = errand.open(HEAD, CHECK)
    expect(again.page.get_by_role("region", name="加签与协办").get_by_text("预算不足")).to_be_visible()
    again.expect_action("提交")


def test_a_completed_task_is_taken_back_while_nobody_has_acted(errand_office: Office) -> None:
    from playwright.sync_api import expect

    from tests.browser.errands import DRAFT, DRAFTER, Errand, Worker

    # given a task just done
    errand = Errand(errand_office, "撤回")
    worker = errand.open(DRAFTER, DRAFT)
    worker.fill({"text": "草稿一"})
    worker.desk.act("提交")
    worker.expect_done("已提交")

    # when it is withdrawn from 已办
    worker.desk.go(f"done/{worker.task}")
    expect(worker.desk.actions).to_be_visible()
    done = Worker(worker.desk, worker.task)
    dialog = done.choose("撤回")
    dialog.press("确认撤回")
    done.expect_done("已撤回")

    # then it is to be done again
    again = errand.open(DRAFTER, DRAFT)
    again.expect_action("提交")


def test_several_tasks_are_done_with_one_opinion_and_a_result_each(errand_office: Office) -> None:
    from playwright.sync_api import expect

    from tests.browser.errands import CHECK, HEAD, Dialog, Errand

    # given two tasks alike, one of which is handled by somebody meanwhile
    errands = [Errand(errand_office, f"批量{number}") for number in (1, 2)]
    for errand in errands:
        errand.up_to(CHECK)
    desk = errand_office.desk(HEAD)
    desk.go("todo")
    desk.page.get_by_role("tab", name="待办").click()
    keys = [desk.task_key(errand.key, CHECK, {}) for errand in errands]

    # when they are picked and done together
    desk.page.get_by_role("button", name="批量", exact=True).click()
    for errand in errands:
        desk.page.get_by_label(f"选择：审核，{errand.title}").check()
    desk.page.get_by_role("button", name="批量办理", exact=True).click()
    dialog = Dialog(desk.page, "批量办理")
    dialog.box.get_by_label("同意", exact=True).check()
    dialog.write("共同办理意见", "同意，按程序办理")
    dialog.press("办理 2 件")

    # then each has its result, and both leave the list
    expect(dialog.box.get_by_role("status")).to_contain_text("已办 2 件")
    dialog.press("完成")
    for key in keys:
        desk.expect_gone(key)
    assert desk.sent("POST", "/user-tasks/batch-completion") == 1


def test_a_countersigning_shows_how_many_of_how_many_have_signed(errand_office: Office) -> None:
    from playwright.sync_api import expect

    from tests.browser.errands import ACCOUNTANT, BUYER, HEAD, INITIATOR, SIGN, VOTE, Errand

    # given a countersigning by three
    errand = Errand(errand_office, "三人会签", VOTE, "会签")
    head = errand.open(HEAD, SIGN)
    progress = head.page.get_by_role("region", name="会签进度")
    expect(progress).to_contain_text("已办 0 / 3")

    # when one has signed
    head.fill({"approval": "同意"})
    head.desk.act("提交")
    head.expect_done("已提交")

    # then the next sees one of three, and the initiator as well
    other = errand.open(ACCOUNTANT, SIGN)
    expect(other.page.get_by_role("region", name="会签进度")).to_contain_text("已办 1 / 3")
    expect(other.page.get_by_role("region", name="会签进度")).to_contain_text("同意 1")
    desk = errand.look(INITIATOR)
    expect(desk.page.locator(".open-task")).to_have_count(2)
    expect(desk.page.locator(".open-task").first).to_contain_text("会签 1/3")

    # and it ends with the last
    for who in (ACCOUNTANT, BUYER):
        errand.do(who, SIGN, {"approval": "同意"})
    desk.page.reload()
    desk.expect_shown("已办结")
