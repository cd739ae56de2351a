"""Pages for A4: what they show, to whom, and that nothing in them runs or reaches out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from lxml import html

from tests.integration.webapi.test_documents import upload

pytestmark = pytest.mark.both_databases
People = Callable[[str], Any]
EVIL = "<script>alert(1)</script>\"'&{{ 7*7 }}"


@pytest.fixture
def case(person: People) -> tuple[str, str]:
    """Give a case with an evil text and a file, approved; and its task."""
    jia, yi = person("jia"), person("yi")
    key = jia.start(shi=EVIL, jine=1200.5)
    upload(jia, processInstanceKey=key, note="补充")
    task = yi.task("审批", key)
    answer = yi.post(
        f"/user-tasks/{task}/completion", {"variables": {"yijian": "同意"}, "opinion": "同意，按程序办理。"}
    )
    assert answer.status_code == 200, answer.text
    return key, task


def text_of(answer: Any) -> str:
    page: Any = html.fromstring(answer.text)
    return str(page.text_content())


def test_a_case_prints_with_facts_record_and_files(person: People, case: tuple[str, str]) -> None:
    answer = person("jia").get(f"/process-instances/{case[0]}/print")

    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    text = text_of(answer)
    for shown in ("申请", "金额", "1200.5", "审批", "同意，按程序办理。", "乙某", "证明.pdf", "办理记录"):
        assert shown in text, shown
    assert EVIL in text
    assert "49" not in text.partition("案件编号")[0].partition("{{")[2][:20]


def test_a_form_prints_as_it_was_filled_in_and_signed(person: People, case: tuple[str, str]) -> None:
    answer = person("yi").get(f"/user-tasks/{case[1]}/print")

    text = text_of(answer)
    for shown in ("审批", "意见", "同意", "同意，按程序办理。", "乙某", "签署人"):
        assert shown in text, shown


def test_nothing_in_a_page_runs_or_reaches_out(person: People, case: tuple[str, str]) -> None:
    for path in (f"/process-instances/{case[0]}/print", f"/user-tasks/{case[1]}/print"):
        answer = person("yi").get(path)
        page: Any = html.fromstring(answer.text)

        assert "<script" not in answer.text
        assert page.xpath("//script | //@src | //@href | //link | //img | //iframe") == []
        assert [name for node in page.iter() for name in node.attrib if name.startswith("on")] == []
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "sandbox" in policy


def test_who_does_not_see_the_case_prints_nothing(person: People, case: tuple[str, str]) -> None:
    for path in (f"/process-instances/{case[0]}/print", f"/user-tasks/{case[1]}/print"):
        assert person("wu").get(path).status_code == 404


def test_who_sees_the_outline_only_prints_no_content(person: People, case: tuple[str, str]) -> None:
    answer = person("admin").get(f"/process-instances/{case[0]}/print")

    assert answer.status_code == 200
    assert "同意，按程序办理。" not in answer.text
    assert "证明.pdf" not in answer.text
    assert person("admin").get(f"/user-tasks/{case[1]}/print").status_code == 404
