"""Cases and forms on A4, and files in the browser: printed by Chromium itself, looked at as it shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser import served
from tests.integration.webapi.house import write_content
from tests.unit.attachments.files import PDF, PNG

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser
_A4 = (595, 842)
_BOX = re.compile(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]")


@dataclass(frozen=True, slots=True)
class Desk:
    """Somebody signed in at a browser of their own."""

    context: BrowserContext
    address: str
    token: str

    def post(self, path: str, **what: Any) -> Any:
        """Send a command and return its answer."""
        headers = {"X-CSRF-Token": self.token}
        answer = self.context.request.post(f"{self.address}/api{path}", headers=headers, **what)
        assert answer.ok, answer.text()
        return answer.json()

    def open(self, path: str) -> tuple[Page, list[str]]:
        """Open an address of the API; return the page and what its console complained of."""
        page = self.context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.goto(f"{self.address}/api{path}")
        return page, complaints


@pytest.fixture(scope="module")
def desk(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Give the desk of somebody who may start cases."""
    content = tmp_path_factory.mktemp("content")
    write_content(content)
    with served.serve(tmp_path_factory.mktemp("printing"), content) as running:
        context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
        sign_in = {"username": "jia", "password": running.password}
        answer = context.request.post(f"{running.address}/api/session", data=sign_in)
        assert answer.ok, answer.text()
        yield Desk(context, running.address, answer.json()["csrfToken"])
        context.close()


@pytest.fixture(scope="module")
def case(desk: Desk) -> str:
    """Give a case with long texts, numbers and files."""
    variables = {"shi": "关于购买办公设备的请示，" * 3, "jine": 12000.5}
    key = str(desk.post("/process-instances", data={"procedureId": "shenqing", "variables": variables})["key"])
    for name, media_type, content in (("证明.pdf", "application/pdf", PDF), ("照片.png", "image/png", PNG)):
        for number in range(30):
            file = {"name": f"{number}{name}", "mimeType": media_type, "buffer": content}
            desk.post("/documents", multipart={"file": file, "processInstanceKey": key, "note": "补充"})
    return key


def test_a_case_prints_on_a4_pages(desk: Desk, case: str, tmp_path: Path) -> None:
    page, complaints = desk.open(f"/process-instances/{case}/print")

    printed = page.pdf(path=tmp_path / "case.pdf", prefer_css_page_size=True)

    boxes = {(round(float(width)), round(float(height))) for width, height in _BOX.findall(printed)}
    assert boxes == {_A4}
    assert len(_BOX.findall(printed)) >= 2
    assert complaints == []
    assert page.locator("h1").inner_text().startswith("申请")
    assert page.evaluate("getComputedStyle(document.querySelector('td')).borderTopStyle") == "solid"
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.close()


def test_pictures_and_pdf_are_shown_and_not_taken_for_pages(desk: Desk, case: str) -> None:
    files = desk.context.request.get(f"{desk.address}/api/process-instances/{case}/attachments").json()["items"]
    shown = {file["contentType"]: file["documentId"] for file in files}

    page, complaints = desk.open(f"/documents/{shown['image/png']}")

    assert complaints == []
    assert page.evaluate("document.images.length === 1 && document.images[0].naturalWidth === 1")
    page.close()
    page, complaints = desk.open(f"/documents/{shown['application/pdf']}")
    assert complaints == []
    assert page.evaluate("document.contentType") == "application/pdf"
    page.close()
