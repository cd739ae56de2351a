"""A text goes by versions between drafter, reviewer and signer; what is signed is frozen with its digest."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

from engine.commands.actions.return_user_task import ReturnUserTask
from engine.commands.complete_user_task import CompleteUserTask
from engine.commands.erase_content import ConfirmErasure, ProposeErasure
from engine.commands.text_versions import RestoreTextVersion, SaveTextVersion
from engine.commands.upload_document import UploadDocument
from engine.documents.texts import digest_of
from engine.history.chain import sm3
from engine.history.erasing import GONE
from engine.queries.variables import visible_variables
from engine.store.database import reading
from engine.store.tables.issuing import text_version
from tests.unit.commands import diagrams as d
from tests.unit.commands.issuing.office import furnish
from tests.unit.commands.platforms import ADMIN, CLERK, COLLEAGUE, STRANGER, Bureau, refused

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def drafting(**sign: str) -> bytes:
    """Return: start with a text, draft, review, sign (which freezes it), end."""
    said = {"draft__text": "正文", "draft__variable": "content"}
    return d.diagram(
        d.el("startEvent", "start", zeebe=d.properties(**said))
        + d.task("draft", **said)
        + d.task("review", **said)
        + d.task("sign", **(said | {"draft__freeze": "正文"} | sign))
        + d.task("file")
        + d.chain("start", "draft", "review", "sign", "file")
    )


def docx(*paragraphs: str) -> bytes:
    """Return the smallest .docx with these paragraphs."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>")
    return target.getvalue()


def versions(bureau: Bureau) -> list[tuple[int, list[str], bool]]:
    return [(row["version"], row["content"], row["frozen_at"] is not None) for row in bureau.rows(text_version)]


def content(bureau: Bureau, root: int) -> object:
    with reading(bureau.engine) as connection:
        return visible_variables(connection, root).get("content")


def test_every_version_is_kept_with_who_when_and_why(bureau: Bureau) -> None:
    furnish(bureau).deploy(drafting())
    root = bureau.start(variables={"content": "第一段\n第二段"})
    key = bureau.open_tasks(root)["draft"]

    bureau.bus.execute(SaveTextVersion(key, "正文", 1, "第一段\n第二段，改过", note="按意见修改"), COLLEAGUE)

    assert versions(bureau) == [(1, ["第一段", "第二段"], False), (2, ["第一段", "第二段，改过"], False)]
    row = bureau.row(text_version, version=2)
    assert (row["actor_id"], row["note"], row["saved_at"]) == ("colleague", "按意见修改", bureau.clock.now())
    assert row["digest"] == digest_of(["第一段", "第二段，改过"])
    assert content(bureau, root) == "第一段\n第二段，改过"
    assert bureau.verify().findings == []


def test_what_a_form_changes_is_a_version_and_what_it_leaves_alone_is_none(bureau: Bureau) -> None:
    furnish(bureau).deploy(drafting())
    root = bureau.start(variables={"content": "初稿"})
    bureau.complete(root, "draft", {"content": "初稿 \n"})
    bureau.complete(root, "review", {"content": "二稿"}, by=COLLEAGUE)

    assert [(row["version"], row["content"], row["actor_id"]) for row in bureau.rows(text_version)] == [
        (1, ["初稿"], "clerk"),
        (2, ["二稿"], "colleague"),
    ]
    assert bureau.verify().findings == []


def test_two_who_change_the_same_version_do_not_overwrite_each_other(small_bureau: Bureau) -> None:
    bureau = furnish(small_bureau)
    bureau.deploy(drafting())
    root = bureau.start(variables={"content": "初稿"})
    key = bureau.open_tasks(root)["draft"]
    bureau.bus.execute(SaveTextVersion(key, "正文", 1, "甲稿"), CLERK)

    error = refused(bureau, SaveTextVersion(key, "正文", 1, "乙稿"), COLLEAGUE, "issuing.text-changed")

    assert error.details["version"] == 2


def test_an_earlier_version_comes_back_as_a_new_one(bureau: Bureau) -> None:
    furnish(bureau).deploy(drafting())
    root = bureau.start(variables={"content": "初稿"})
    key = bureau.open_tasks(root)["draft"]
    bureau.bus.execute(SaveTextVersion(key, "正文", 1, "二稿"), CLERK)

    bureau.bus.execute(RestoreTextVersion(key, "正文", 2, 1, "还是原来的好"), CLERK)

    assert [row["content"] for row in bureau.rows(text_version)] == [["初稿"], ["二稿"], ["初稿"]]
    assert bureau.row(text_version, version=3)["restored_from"] == 1
    assert content(bureau, root) == "初稿"
    refused(bureau, RestoreTextVersion(key, "正文", 3, 9), CLERK, "issuing.text-unknown")
    assert bureau.verify().findings == []


def test_the_signature_freezes_the_newest_version_in_its_own_transaction(bureau: Bureau) -> None:
    furnish(bureau).deploy(drafting())
    root = bureau.start(variables={"content": "初稿"})
    bureau.complete(root, "draft")
    bureau.complete(root, "review", {"content": "二稿"})
    sign = bureau.open_tasks(root)["sign"]
    bureau.complete(root, "sign")

    assert versions(bureau) == [(1, ["初稿"], False), (2, ["二稿"], True)]
    row = bureau.row(text_version, version=2)
    assert (row["frozen_by"], row["frozen_by_key"]) == ("clerk", sign)
    frozen = [event for event in bureau.events(root) if event["type"] == "text_frozen"]
    assert len(frozen) == 1
    assert row["digest"] in frozen[0]["payload"]
    assert bureau.verify().findings == []


def test_nothing_is_signed_that_was_not_written(small_bureau: Bureau) -> None:
    bureau = furnish(small_bureau)
    bureau.deploy(drafting())
    root = bureau.start()
    bureau.complete(root, "draft")
    bureau.complete(root, "review")

    refused(bureau, CompleteUserTask(bureau.open_tasks(root)["sign"]), CLERK, "issuing.refused")


def test_a_signature_freezes_only_where_its_condition_holds(small_bureau: Bureau) -> None:
    bureau = furnish(small_bureau)
    bureau.deploy(drafting(draft__freeze__if="final = true"))
    root = bureau.start(variables={"content": "初稿"})
    for element_id in ("draft", "review", "sign"):
        bureau.complete(root, element_id)

    assert versions(bureau) == [(1, ["初稿"], False)]


def test_after_the_signature_only_a_return_to_the_draft_makes_another_version(bureau: Bureau) -> None:
    content_ = (
        d.el("startEvent", "start", zeebe=d.properties(draft__text="正文", draft__variable="content"))
        + d.el("parallelGateway", "fork")
        + d.task("aside", draft__text="正文", draft__variable="content")
        + d.task("draft", draft__text="正文", draft__variable="content")
        + d.task("sign", draft__freeze="正文")
        + d.task("file")
        + d.chain("start", "fork", "aside")
        + d.chain("fork", "draft", "sign", "file")
    )
    furnish(bureau).deploy(d.diagram(content_))
    root = bureau.start(variables={"content": "初稿"})
    aside = bureau.open_tasks(root)["aside"]
    bureau.complete(root, "draft")
    bureau.complete(root, "sign")

    refused(bureau, SaveTextVersion(aside, "正文", 1, "改了"), CLERK, "issuing.text-frozen")
    refused(bureau, CompleteUserTask(aside, {"content": "改了"}), CLERK, "issuing.text-frozen")

    causes = bureau.open_tasks(root)["file"]
    answer = bureau.bus.execute(ReturnUserTask(causes, "内容有误", to="PREVIOUS"), CLERK)
    assert len(answer["opened"]) == 1
    bureau.bus.execute(ReturnUserTask(answer["opened"][0], "请改", to="PREVIOUS"), CLERK)
    draft = bureau.open_tasks(root)["draft"]
    bureau.bus.execute(SaveTextVersion(draft, "正文", 1, "改好"), CLERK)
    bureau.complete(root, "draft")
    bureau.complete(root, "sign")

    assert versions(bureau) == [(1, ["初稿"], True), (2, ["改好"], True)]
    assert bureau.verify().findings == []


def test_a_docx_is_a_version_with_its_file_and_its_paragraphs(bureau: Bureau) -> None:
    furnish(bureau).deploy(drafting())
    root = bureau.start(variables={"content": "初稿"})
    key = bureau.open_tasks(root)["draft"]
    data = docx("标题", "", "一、正文内容")
    digest = sm3(data)
    bureau.platform.sources.contents.put(digest, data)
    file = bureau.bus.execute(UploadDocument(digest, len(data), DOCX, "正文.docx", task_key=key), CLERK)

    bureau.bus.execute(SaveTextVersion(key, "正文", 1, document_id=file["id"]), CLERK)

    row = bureau.row(text_version, version=2)
    assert row["content"] == ["标题", "", "一、正文内容"]
    assert row["document"] == {"documentId": file["id"], "name": "正文.docx", "digest": digest}
    assert row["digest"] == digest_of(row["content"], digest) != digest_of(row["content"])
    assert content(bureau, root) == "标题\n\n一、正文内容"
    refused(bureau, SaveTextVersion(key, "正文", 2, document_id=file["id"]), CLERK, "documents.text-unreadable")
    bureau.complete(root, "draft", {"content": "标题\n\n一、正文内容"})
    assert len(bureau.rows(text_version)) == 2
    assert bureau.verify().findings == []


@pytest.mark.parametrize("name", ["附件", ""])
def test_only_texts_that_the_task_names_are_written(small_bureau: Bureau, name: str) -> None:
    bureau = furnish(small_bureau)
    bureau.deploy(drafting())
    key = bureau.open_tasks(bureau.start())["draft"]

    refused(bureau, SaveTextVersion(key, name, 0, "内容"), CLERK, "issuing.text-unknown")


def test_nobody_writes_but_who_has_the_task(small_bureau: Bureau) -> None:
    bureau = furnish(small_bureau)
    bureau.deploy(drafting())
    key = bureau.open_tasks(bureau.start())["draft"]

    refused(bureau, SaveTextVersion(key, "正文", 0, "内容"), STRANGER, "commands.user-task-unknown")
    refused(bureau, SaveTextVersion(key, "正文", 0, " \n "), CLERK, "documents.text-unreadable")


def test_a_text_that_must_go_goes_from_every_version(bureau: Bureau) -> None:
    furnish(bureau).deploy(drafting())
    root = bureau.start(variables={"content": "不应收集的内容\n短"})
    key = bureau.open_tasks(root)["draft"]
    bureau.bus.execute(SaveTextVersion(key, "正文", 1, "短\n改写的不应收集的内容"), CLERK)

    proposed = bureau.bus.execute(ProposeErasure(root, ["content"], [], "个人信息保护法第四十七条"), ADMIN)
    bureau.bus.execute(ConfirmErasure(proposed["key"]), replace(ADMIN, id="admin2"))

    assert {tuple(row["content"]) for row in bureau.rows(text_version)} == {(GONE,)}
    assert not any("收集" in str(row["payload"]) for row in bureau.events(root))
    assert bureau.verify(root).passed
