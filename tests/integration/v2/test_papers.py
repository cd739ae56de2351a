"""Templates of papers through the protocol: deployed like other files, read back as they were."""

from __future__ import annotations

from tests.integration.v2.conftest import Caller
from tests.unit.documents.papers.word_files import description, word_file


def test_a_template_is_deployed_with_its_description_and_read_back(boss: Caller) -> None:
    template = word_file("{{ to }}")

    (deployed,) = boss.deploy(notice__docx=template, notice__yaml=description()).json["deployments"]

    resource = deployed["resource"]
    assert (resource["resourceId"], resource["resourceName"], resource["version"]) == ("notice", "notice.docx", 1)
    key = resource["resourceKey"]
    assert boss.get(f"/resources/{key}").json["resourceId"] == "notice"
    assert boss.get(f"/resources/{key}/content/binary").data == template
    assert boss.get(f"/resources/{key}/content").content_type.startswith("application/vnd.openxmlformats")


def test_a_template_alone_is_refused(boss: Caller) -> None:
    answer = boss.deploy(notice__docx=word_file("文"))

    assert answer.status_code == 400
    assert [each["code"] for each in answer.json["problems"]] == ["paper.description-missing"]
