"""廉政风险防控 on the page: the register, what it found for those who supervise, experts and their draw."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

if TYPE_CHECKING:
    from tests.browser.office import Office

pytestmark = pytest.mark.browser

INSPECTOR = "jijian"
DRAWER = "zgk-jingban"
REGISTER = """controls:
  - id: M01
    title: 事前报告
    strength: MON
    words: [{line: 1982, text: 一并报送派驻纪检监察组}]
    owner: pzz
    watch: {procedures: [bgs-approval], elements: [t_accept]}
    feel: "false"
"""


def test_a_published_control_is_in_the_register_and_its_hits_are_for_who_supervises(approval_office: Office) -> None:
    from playwright.sync_api import expect

    from tests.browser import approvals as a

    # given a register with a mistake first
    admin = approval_office.desk(a.ADMINISTRATOR)
    admin.go("controls/register")
    admin.page.get_by_role("button", name="发布新版本").click()
    box = a.dialog(admin.page, "发布控制登记册")
    chooser = box.get_by_label("登记册文件")
    wrong = REGISTER.replace("MON", "NEVER").encode()
    chooser.set_input_files({"name": "controls.yaml", "mimeType": "text/yaml", "buffer": wrong})
    box.get_by_label("依据或来源").fill("试行")
    box.get_by_role("button", name="发布", exact=True).click()
    expect(box.get_by_role("alert").filter(has_text="第 2 行 [M01] 强度 NEVER 不认识")).to_be_visible()
    chooser.set_input_files({"name": "controls.yaml", "mimeType": "text/yaml", "buffer": REGISTER.encode()})
    box.get_by_role("button", name="发布", exact=True).click()
    a.expect_done(admin.page, "新的登记册已生效")
    item = admin.page.get_by_role("listitem").filter(has_text="M01")
    expect(item.get_by_text("一并报送派驻纪检监察组")).to_be_visible()
    expect(item.get_by_text("监测")).to_be_visible()

    # when it hits
    case = a.start(approval_office, "防控")
    clerk = approval_office.desk(a.CLERK)
    key = clerk.open_task(case, a.ACCEPT)
    clerk.act("提交")
    clerk.expect_gone(key)

    # then the inspectors see it, with who did it and in which case; the clerk has no such list
    inspector = approval_office.desk(INSPECTOR)
    inspector.go("controls/hits")
    inspector.page.get_by_label("按控制筛选").select_option("M01")
    hit = inspector.page.get_by_role("row").filter(has_text="防控")
    expect(hit.get_by_text("命中")).to_be_visible()
    expect(hit.get_by_text(a.CLERK_NAME)).to_be_visible()
    inspector.page.get_by_label("按结果筛选").select_option("overridden")
    expect(inspector.page.get_by_text("没有符合条件的记录。")).to_be_visible()
    clerk.go("controls/hits")
    expect(clerk.page.get_by_text("没有这一页，或者您无权查看。")).to_be_visible()


def test_experts_come_from_a_spreadsheet_and_are_drawn_before_a_witness(approval_office: Office) -> None:
    from playwright.sync_api import expect

    from tests.browser import approvals as a

    # given the pool, with a mistake first
    drawer = approval_office.desk(DRAWER)
    drawer.go("controls/experts")
    drawer.page.get_by_role("button", name="导入", exact=True).click()
    box = a.dialog(drawer.page, "导入专家库")
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    for content, good in ((_pool(""), False), (_pool("装备"), True)):
        box.get_by_label("专家名单").set_input_files({"name": "专家.xlsx", "mimeType": sheet, "buffer": content})
        box.get_by_role("button", name="导入并替换").click()
        if not good:
            expect(box.get_by_role("alert").filter(has_text="第 2 行缺少领域")).to_be_visible()
    a.expect_done(drawer.page, "专家库已更新，共 9 人。")
    expect(drawer.page.get_by_role("row").filter(has_text="专家8")).to_be_visible()

    # when a draw that was announced is made in front of a witness
    case = a.start(approval_office, "评审")
    announced = {"field": "装备", "size": 3, "alternates": 1, "applicants": ["单位1"]}
    a.prepare(drawer, "POST", f"/process-instances/{case}/draws", announced)
    drawer.go("controls/draws")
    item = drawer.page.get_by_role("listitem").filter(has_text="评审")
    expect(item.get_by_text("专家1（单位1）")).to_be_visible()
    item.get_by_role("button", name="抽取").click()
    box = a.dialog(drawer.page, "抽取专家")
    box.get_by_role("button", name="当场抽取").click()
    expect(box.get_by_text("请见证人说一句话")).to_be_visible()
    box.get_by_label("见证人的话").fill("派驻组：三十七")
    box.get_by_role("button", name="当场抽取").click()
    a.expect_done(drawer.page, "专家已抽取")

    # then anybody who supervises sees that it can be reckoned again
    auditor = approval_office.desk(a.AUDITOR)
    auditor.go("controls/draws")
    proven = auditor.page.get_by_role("listitem").filter(has_text="评审")
    expect(proven.get_by_text("重算相符")).to_be_visible()
    expect(proven.get_by_text("派驻组：三十七")).to_be_visible()
    expect(proven.get_by_text(re.compile("^专家.*、专家.*、专家"))).to_be_visible()


def test_the_organisation_is_found_by_everybody(approval_office: Office) -> None:
    from playwright.sync_api import expect

    from tests.browser import approvals as a

    page = approval_office.desk(a.CASHIER).page
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="机构").click()
    page.get_by_label("搜索人员").fill("谢明华")
    expect(page.get_by_role("row").filter(has_text="谢明华")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="黄思辉")).to_have_count(0)
    side = page.get_by_role("navigation", name="机构", exact=True)
    side.get_by_role("link", name="职责分工").click()
    page.get_by_label("搜索事项").fill("国有资产")
    expect(page.get_by_role("row").filter(has_text="国有资产").first).to_be_visible()
    side.get_by_role("link", name="岗位职责").click()
    page.get_by_label("按科室筛选").select_option("bgs")
    expect(page).to_have_url(re.compile("organisation/posts/bgs$"))
    expect(page.get_by_role("heading", name="主任岗")).to_be_visible()


def _pool(field: str) -> bytes:
    book, written = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.append(("编号", "姓名", "单位", "领域"))
    for number in range(9):
        sheet.append((f"Z{number}", f"专家{number}", f"单位{number}", field))
    book.save(written)
    return written.getvalue()
