"""Everything that offices do with user tasks, mixed at random over random procedures.

After each action: nothing is doubled, nothing is stuck, no variable is lost, what history says of tokens at joins is
what the saved state says, and executing everything again gives the same. At last the case is carried to its end.
Set ``BANJIE_OFFICE_SEEDS=FIRST-LAST`` to try other seeds.
"""

from __future__ import annotations

import json
import os
import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.commands.actions.delegate_user_task import DelegateUserTask
from engine.commands.actions.recall_delegation import RecallDelegation
from engine.commands.actions.record_for_person import RecordForPerson
from engine.commands.actions.remove_signer import RemoveSigner
from engine.commands.actions.return_user_task import ReturnUserTask
from engine.commands.actions.send_copies import SendCopies
from engine.commands.actions.sign_user_task import KINDS, SignUserTask
from engine.commands.actions.transfer_user_task import TransferUserTask
from engine.commands.actions.urge_user_task import UrgeUserTask
from engine.commands.actions.withdraw_user_task import WithdrawUserTask
from engine.commands.claim_user_task import ClaimUserTask
from engine.commands.complete_user_task import CompleteUserTask
from engine.errors import BanjieError
from engine.queries.returning import targets_of
from engine.store.tables.actions import handover, signer
from engine.store.tables.runtime import element_instance, process_instance, state_part, user_task, variable
from tests.property.office_diagrams import Procedure
from tests.unit.commands.actions.office import Office
from tests.unit.commands.platforms import Bureau

PEOPLE = ("li", "wang", "zhang", "zhao", "qian")
ACTIONS_OF_A_CASE = 30
LONGEST = 150
Row = Any


def seeds() -> range:
    first, _, last = os.environ.get("BANJIE_OFFICE_SEEDS", "0-18").partition("-")
    return range(int(first), int(last))


class Play:
    """One case and what is done with it."""

    def __init__(self, office: Office, seed: int, depth: int, used: Counter[str]) -> None:
        self.office, self.used = office, used
        self.dice = random.Random(seed)
        self.place = f"seed {seed}"
        office.bureau.deploy(Procedure(seed, depth).text)
        self.root = office.start("zhang", items=[1, 2, 3], count=seed)
        self.kept: dict[str, int] = {}
        self.refusals: Counter[str] = Counter()

    @property
    def active(self) -> bool:
        return bool(self.office.bureau.row(process_instance, key=self.root)["state"] == "ACTIVE")

    def open(self, *, bound: bool | None = None) -> list[Row]:
        rows = self.office.bureau.rows(user_task, root_key=self.root, state="CREATED")
        return [row for row in rows if bound is None or (row["binding"] is not None) == bound]

    def person_for(self, row: Row) -> str:
        return row["assignee_id"] or self.dice.choice(["li", "wang"])

    def attempt(self, name: str, by: str, command: Any) -> bool:
        """Do something that may be refused; a refusal must be one the rules give, never a failure."""
        try:
            self.office.do(by, command)
        except BanjieError as error:
            if not error.code.startswith(("actions.", "commands.user-task-", "commands.case-unknown")):
                raise
            self.refusals[f"{name} {error.code}"] += 1
            return False
        self.used[name] += 1
        return True

    # -- actions --------------------------------------------------------------------------------------------------

    def complete(self, row: Row | None = None) -> None:
        row = row or self.dice.choice(self.open())
        if row["binding"] == "REWORK":
            self.attempt("mend", row["assignee_id"], CompleteUserTask(row["key"]))
            return
        if row["binding"] is not None:
            outcome = self.dice.choice(["同意", "同意", "不同意"])
            self.attempt("answer", row["assignee_id"], CompleteUserTask(row["key"], outcome=outcome))
            return
        name = f"v{len(self.kept)}_{row['key']}"
        if not self.attempt("complete", self.person_for(row), CompleteUserTask(row["key"], {name: row["key"]})):
            return
        if self.office.task(row["key"])["state"] == "COMPLETED":
            self.kept[name] = row["key"]

    def claim(self) -> None:
        row = self.dice.choice(self.open())
        self.attempt("claim", self.person_for(row), ClaimUserTask(row["key"]))

    def return_back(self) -> None:
        row = self.dice.choice(self.open())
        causality = self.office.causality(self.root)
        targets = targets_of(causality, row["key"]) if row["binding"] is None else []
        target = self.dice.choice(targets).instance.key if targets else None
        direct = self.dice.random() < 0.4
        self.attempt("return", self.person_for(row), ReturnUserTask(row["key"], "改", target=target, direct=direct))

    def return_to_initiator(self) -> None:
        row = self.dice.choice(self.open())
        direct = self.dice.random() < 0.4
        command = ReturnUserTask(row["key"], "改", to="INITIATOR", direct=direct)
        self.attempt("return to initiator", self.person_for(row), command)

    def withdraw(self) -> None:
        rows = self.office.bureau.rows(user_task, root_key=self.root, state="COMPLETED")
        if rows:
            row = self.dice.choice(rows[-4:])
            self.attempt("withdraw", row["completed_by"], WithdrawUserTask(row["key"]))

    def transfer(self) -> None:
        row = self.dice.choice(self.open())
        self.attempt("transfer", self.person_for(row), TransferUserTask(row["key"], self.dice.choice(PEOPLE), "转"))

    def delegate(self) -> None:
        row = self.dice.choice(self.open())
        self.attempt("delegate", self.person_for(row), DelegateUserTask(row["key"], self.dice.choice(PEOPLE), "代"))

    def recall(self) -> None:
        for row in self.office.bureau.rows(handover, root_key=self.root, state="OPEN")[:1]:
            self.attempt("recall", row["from_id"], RecallDelegation(row["task_key"]))

    def sign(self) -> None:
        row = self.dice.choice(self.open())
        people = self.dice.sample(PEOPLE, self.dice.randint(1, 2))
        kind = self.dice.choice(sorted(KINDS))
        self.attempt(f"sign {kind}", self.person_for(row), SignUserTask(row["key"], kind, people, "签"))

    def remove_signer(self) -> None:
        rows = self.office.bureau.rows(signer, root_key=self.root, state="OPEN")
        if rows:
            row = self.dice.choice(rows)
            self.attempt("remove signer", row["requested_by"], RemoveSigner(row["key"], "不必"))

    def record(self) -> None:
        row = self.dice.choice(self.open())
        command = RecordForPerson(row["key"], self.person_for(row), "PAPER", "原件")
        self.attempt("record", "zhang", command)

    def correspond(self) -> None:
        row = self.dice.choice(self.open())
        self.attempt("urge", "zhang", UrgeUserTask(row["key"]))
        self.attempt("copy", "zhang", SendCopies(self.root, [self.dice.choice(PEOPLE)]))

    def act(self) -> None:
        if self.dice.random() < 0.35:
            self.complete()
            return
        actions: list[Callable[[], None]] = [
            self.claim, self.return_back, self.return_back, self.return_back, self.return_to_initiator, self.withdraw,
            self.withdraw, self.withdraw, self.transfer, self.delegate, self.recall, self.sign, self.remove_signer,
            self.record, self.correspond,
        ]  # fmt: skip
        self.dice.choice(actions)()

    # -- what must hold -------------------------------------------------------------------------------------------

    def check(self) -> None:
        bureau = self.office.bureau
        assert bureau.incidents(self.root) == [], self.place
        instances = {row["key"]: row for row in bureau.rows(element_instance, root_key=self.root)}
        alive = [row for row in instances.values() if row["state"] == "ACTIVE"]
        single = Counter(
            (row["scope_key"], row["element_id"])
            for row in alive
            if row["type"] != "PROCESS" and instances[row["scope_key"]]["type"] != "MULTI_INSTANCE_BODY"
        )
        assert [place for place, number in single.items() if number > 1] == [], f"{self.place}: doubled"
        tasks = {row["key"] for row in self.open(bound=False)}
        assert tasks == {row["key"] for row in alive if row["type"] == "USER_TASK"}, self.place
        assert all(row["bound_to"] in tasks for row in self.open(bound=True)), f"{self.place}: left behind"
        assert not self.active or tasks, f"{self.place}: stuck"
        values = {row["name"]: row["value"] for row in bureau.rows(variable, scope_key=self.root)}
        assert values.items() >= self.kept.items(), f"{self.place}: lost"
        if self.active:
            waiting = Counter(token.flow_id for token in self.office.causality(self.root).waiting())
            assert waiting == Counter(dict(self._saved_tokens())), f"{self.place}: tokens"
        result = bureau.verify(self.root)
        assert result.findings == [], f"{self.place}: {result.findings[:3]}"

    def _saved_tokens(self) -> Iterator[tuple[str, int]]:
        found: Counter[str] = Counter()
        todo: list[Any] = [
            json.loads(row["content"])
            for row in self.office.bureau.rows(state_part, root_key=self.root)
            if row["part"] == "main"
        ]
        while todo:
            each = todo.pop()
            if isinstance(each, dict):
                for flow_id, number in each.get("arrived", {}).items():
                    found[flow_id] += number
                todo.extend(each.values())
            elif isinstance(each, list):
                todo.extend(each)
        yield from found.items()

    def finish(self) -> None:
        """Carry the case to its end, as patient people would."""
        for _ in range(LONGEST):
            rows = self.open()
            if not rows:
                return
            waiting = [row for row in rows if row["binding"] is not None]
            for row in waiting or rows:
                if row["binding"] in (None, "REWORK"):
                    self.complete(row)
                else:
                    self.attempt("answer", row["assignee_id"], CompleteUserTask(row["key"]))
                break
            self.check_light()
        raise AssertionError(f"{self.place} does not end")

    def check_light(self) -> None:
        assert self.office.bureau.incidents(self.root) == [], self.place


@pytest.mark.slow
def test_no_mixture_of_actions_loses_doubles_or_stops_anything(
    sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # given
    used: Counter[str] = Counter()
    refusals: Counter[str] = Counter()
    bureau = Bureau(sqlite_url, tmp_path / "data")
    office = Office(bureau)
    # when
    for seed in seeds():
        play = Play(office, seed, 1 + seed % 3, used)
        for _ in range(ACTIONS_OF_A_CASE):
            if not play.active:
                break
            play.act()
            play.check()
        play.finish()
        play.check()
        # then
        assert not play.active, play.place
        refusals += play.refusals
    bureau.close()
    with capsys.disabled():
        print(f"\n{len(seeds())} random procedures:", "; ".join(f"{n} {c}" for n, c in sorted(used.items())))
        print("refused:", "; ".join(f"{n} {c}" for n, c in refusals.most_common(30)))
    wanted = {"complete", "return", "return to initiator", "withdraw", "transfer", "delegate", "record", "answer"}
    assert len(seeds()) < 18 or wanted <= used.keys()
