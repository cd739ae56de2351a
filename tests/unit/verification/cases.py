"""Cases that leave a row in every table a case can have rows in."""

from __future__ import annotations

from datetime import timedelta

from engine.commands.actions.record_for_person import RecordForPerson
from engine.commands.actions.request_intervention import RequestIntervention
from engine.commands.actions.return_user_task import ReturnUserTask
from engine.commands.actions.send_copies import SendCopies
from engine.commands.actions.sign_user_task import SignUserTask
from engine.commands.actions.transfer_user_task import TransferUserTask
from engine.commands.actions.urge_user_task import UrgeUserTask
from engine.commands.claim_user_task import ClaimUserTask
from engine.commands.complete_user_task import CompleteUserTask
from engine.commands.hand_over_seal import HandOverSeal
from engine.commands.number_registers import ReserveNumbers
from engine.commands.upload_document import UploadDocument
from engine.history.chain import sm3
from engine.identity.organisation import LoadOrganisation
from engine.jobs.paper_issue import RENDER
from engine.jobs.workers import with_printer, work_jobs
from tests.unit.commands import diagrams as d
from tests.unit.commands.issuing.office import KEEPER, furnish
from tests.unit.commands.platforms import ADMIN, CLERK, Bureau
from tests.unit.documents.papers.word_files import description, word_file
from tests.unit.execution.diagrams import multi, service

RICH = (
    d.el("startEvent", "s")
    + d.el("parallelGateway", "fork")
    + d.task("apply", clock__start="t.answer")
    + d.task("taken")
    + d.task("shown", clock__due="t.answer")
    + d.boundary("shown", "reminder", "duration PT1H", interrupting=False)
    + d.task("remind")
    + d.event("intermediateCatchEvent", "letter", "message")
    + d.event("intermediateCatchEvent", "bell", "signal")
    + d.el("callActivity", "call", zeebe='<zeebe:calledElement processId="called" propagateAllChildVariables="true"/>')
    + d.el("userTask", "each", multi(), '<zeebe:assignmentDefinition candidateGroups="clerks"/>')
    + service("work")
    + d.el("businessRuleTask", "rule", zeebe='<zeebe:calledDecision decisionId="double" resultVariable="doubled"/>')
    + d.el("exclusiveGateway", "stuck")
    + d.task("never")
    + d.chain("s", "fork", "apply")
    + d.chain("fork", "taken")
    + d.chain("fork", "shown")
    + d.chain("reminder", "remind")
    + d.chain("fork", "letter")
    + d.chain("fork", "bell")
    + d.chain("fork", "call")
    + d.chain("fork", "each")
    + d.chain("fork", "work")
    + d.chain("fork", "rule", "stuck")
    + d.flow("stuck", "never", "missing > 1")
    + d.chain("fork", "returned", "returning")
    + d.task("returned")
    + d.task("returning")
    + d.chain("fork", "signed")
    + d.task("signed")
    + d.chain("fork", "recorded")
    + d.task("recorded")
    + d.task("neither")
    + d.chain("fork", "issued")
    + d.task(
        "issued",
        number__series="fa",
        draft__text="正文",
        draft__variable="body",
        draft__freeze="正文",
        service__paper='="通知"',
        seal__use="公章",
        **{"seal__take-out": "公章"},
    )
    + d.flow("stuck", "neither", "missing <= 1")
    + d.chain("fork", "paper", "filed")
    + d.el(
        "serviceTask",
        "paper",
        zeebe=f'<zeebe:taskDefinition type="{RENDER}"/>'
        '<zeebe:taskHeaders><zeebe:header key="document" value="notice"/></zeebe:taskHeaders>',
    )
    + d.task("filed")
)
PAPER = {
    "documents/bgs/notice_docx": word_file("致{{ key }}"),
    "documents/bgs/notice_yaml": description("通知", format="letter"),
}
PEOPLE = LoadOrganisation(
    ({"id": "bgs", "name": "办公室", "kind": "internal"},),
    ({"name": "clerks", "label": "文书"}, {"name": "科室负责人@bgs", "label": "办公室主任"}),
    (
        {"username": "clerk", "name": "周静玲", "department": "bgs", "groups": ["clerks"]},
        {"username": "colleague", "name": "吴雪瑶", "department": "bgs", "groups": ["clerks", "科室负责人@bgs"]},
    ),
)
CALLED = d.el("startEvent", "cs") + d.task("inner") + d.chain("cs", "inner")


def rich_case(bureau: Bureau) -> int:
    """Deploy and start it, and do some of its tasks; return its key."""
    bureau.publish_calendar()
    furnish(bureau)
    bureau.bus.execute(PEOPLE, ADMIN)
    bureau.deploy(
        d.diagram(RICH, department="bgs"),
        d.diagram(CALLED, "called"),
        limits_dmn=d.limits(t__answer=20),
        double_dmn=d.table("double", "2 * amount", "amount"),
        **PAPER,
    )
    root = bureau.start(variables={"items": ["甲", "乙"], "key": "k-1", "amount": 12.5, "nothing": None})
    bureau.bus.execute(ClaimUserTask(bureau.open_tasks(root)["taken"]), CLERK)
    bureau.clock.advance(timedelta(hours=2))
    bureau.complete(root, "apply", {"opinion": "同意", "details": {"b": 1, "a": [True, None]}})
    office_work(bureau, root)
    issue(bureau, root)
    work_jobs(bureau.bus, with_printer(None))
    return root


def office_work(bureau: Bureau, root: int) -> None:
    """Return, hand over, ask signers, send copies, urge, enter a signature, ask for an intervention."""
    bus, tasks = bureau.bus, bureau.open_tasks(root)
    bureau.complete(root, "returned")
    bus.execute(ReturnUserTask(bureau.open_tasks(root)["returning"], "重写", direct=True), CLERK)
    bus.execute(TransferUserTask(bureau.open_tasks(root)["shown"], "colleague", "归她管"), CLERK)
    bus.execute(SignUserTask(tasks["signed"], "PARALLEL", ["colleague"], "请把关"), CLERK)
    bus.execute(CompleteUserTask(tasks["signed"], opinion="拟同意"), CLERK)
    bus.execute(SendCopies(root, ["colleague"], note="请阅"), CLERK)
    bus.execute(UrgeUserTask(tasks["recorded"], "请尽快"), CLERK)
    bus.execute(RecordForPerson(tasks["recorded"], "colleague", "PAPER", "原件在卷"), CLERK)
    content = "当事人补交的证明".encode()
    bureau.platform.sources.contents.put(sm3(content), content)
    attached = UploadDocument(sm3(content), len(content), "text/plain", "证明.txt", process_instance_key=root)
    bus.execute(attached, CLERK)
    bus.execute(RequestIntervention(root, "TERMINATE", "申请人撤回"), CLERK)


def issue(bureau: Bureau, root: int) -> None:
    """Give a number, freeze a text, serve a paper, use a seal and take it out; set a number aside, hand a seal over."""
    served = {"service_way": "直接", "served_on": "2026-03-02", "received_by": "当事人"}
    bureau.complete(root, "issued", {"body": "正文内容", "returns_at": "2026-03-03T17:00:00+08:00", **served})
    bureau.bus.execute(ReserveNumbers("fa", 1, "留用"), KEEPER)
    bureau.bus.execute(HandOverSeal("公章", "clerk"), KEEPER)
