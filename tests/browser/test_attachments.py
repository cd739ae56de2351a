"""Files in forms: uploaded where they are chosen, kept by the case, seen by who works on."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload

    from tests.browser.office import Office

pytestmark = pytest.mark.browser

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def _file(name: str, content: bytes = PICTURE) -> FilePayload:
    return {"name": name, "mimeType": "image/png", "buffer": content}


def test_a_file_is_uploaded_in_a_form_and_seen_at_the_next_step(errand_office: Office) -> None:
    from playwright.sync_api import expect

    from tests.browser.errands import CHECK, DRAFT, DRAFTER, HEAD, Errand

    # given two files in a form, one of which is taken out again
    errand = Errand(errand_office, "附件")
    worker = errand.open(DRAFTER, DRAFT)
    worker.fill({"text": "草稿一"})
    chooser = worker.page.locator('input[type="file"]')
    chooser.set_input_files([_file("现场照片.png"), _file("误传.png")])
    files = worker.page.locator(".attachments li")
    expect(files).to_have_count(2)
    worker.page.get_by_role("button", name="移除误传.png").click()
    expect(files).to_have_count(1)

    # when the form is sent
    worker.desk.act("提交")
    worker.expect_done("已提交")

    # then the next step shows the file, read-only, and it can be opened
    head = errand.open(HEAD, CHECK)
    link = head.page.get_by_role("link", name="现场照片.png")
    expect(link).to_be_visible()
    expect(head.page.locator('input[type="file"]')).to_have_count(0)
    answer = head.page.request.get(f"{head.desk.address}{link.get_attribute('href')}")
    assert answer.status == 200
    assert answer.body() == PICTURE

    # and the case lists it
    desk = errand.look(HEAD, "files")
    expect(desk.page.get_by_role("link", name="现场照片.png")).to_be_visible()


def test_a_file_that_is_refused_says_why_at_its_field(errand_office: Office) -> None:
    from playwright.sync_api import expect

    from tests.browser.errands import DRAFT, DRAFTER, Errand

    errand = Errand(errand_office, "不收的附件")
    worker = errand.open(DRAFTER, DRAFT)
    worker.fill({})
    worker.page.locator('input[type="file"]').set_input_files([_file("程序.png", b"MZ\x90\x00 no picture")])
    expect(worker.page.get_by_role("alert").filter(has_text="程序.png")).to_be_visible()
    expect(worker.page.locator(".attachments li")).to_have_count(0)
