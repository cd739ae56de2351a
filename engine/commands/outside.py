"""The outside of a case as execution sees it: every answer goes through the facts of the command."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.commands.decisions import evaluate_decision
from engine.commands.issuing import IssuingDesk
from engine.commands.programs import Programs
from engine.definitions.model import Binding, FlowNode
from engine.definitions.repository import Definitions
from engine.errors import BanjieError
from engine.execution import DecisionOutcome, Program
from engine.feel.json import from_json
from engine.history.facts import Facts


class RecordedFailure(BanjieError):
    """The outside refused when the command was first executed; re-execution meets the same refusal."""

    code = "commands.outside-refused"


class CaseOutside:
    """Answers a machine's questions for one command, from the database or from recorded facts."""

    def __init__(
        self,
        *,
        now: datetime,
        facts: Facts,
        connection: Connection,
        definitions: Definitions,
        programs: Programs,
        functions: Mapping[str, Callable[..., object]],
        decision_functions: Mapping[str, Callable[..., object]],
        ambient: Mapping[str, object],
        load_part: Callable[[str], str | None],
    ) -> None:
        self._now = now
        self._facts = facts
        self._connection = connection
        self._definitions = definitions
        self._programs = programs
        self._functions = functions
        self._decision_functions = decision_functions
        self._ambient = ambient
        self.desk = IssuingDesk(
            now=now, ask=self._ask, connection=connection, load_part=load_part, functions=lambda: self._functions
        )
        """Where numbers, texts, services and seals are dealt with."""
        self.seen: dict[int, Mapping[str, object]] = {}
        """What elements with clock properties saw when they were left, by element instance key."""

    @property
    def now(self) -> datetime:
        """The command's moment."""
        return self._now

    @property
    def functions(self) -> Mapping[str, Callable[..., object]]:
        """FEEL functions for expressions in diagrams."""
        return self._functions

    @property
    def ambient(self) -> Mapping[str, object]:
        """What expressions see behind all variables: who acts."""
        return self._ambient

    def program(self, process_id: str, binding: Binding, version_tag: str | None, from_definition_key: int) -> Program:
        """Return the program a call activity means; which version that is, is a fact."""
        arguments = [process_id, binding.value, version_tag, from_definition_key]
        key = self._ask(
            "process",
            arguments,
            lambda: self._definitions.resolve_process(
                self._connection, process_id, binding, version_tag, from_definition_key
            ),
        )
        return self.program_by_key(key)

    def program_by_key(self, definition_key: int) -> Program:
        """Return the program of a definition; definitions never change, so this is no fact."""
        return self._programs.get(self._connection, definition_key)

    def form_key(self, form_id: str, binding: str | None, version_tag: str | None, from_definition_key: int) -> int:
        """Return the key of the form version a new user task shows; a fact."""
        bound = Binding(binding or Binding.LATEST)
        return int(
            self._ask(
                "form",
                [form_id, bound.value, version_tag, from_definition_key],
                lambda: self._definitions.resolve_form(
                    self._connection, form_id, bound, version_tag, from_definition_key
                ),
            )
        )

    def decide(
        self,
        decision_id: str,
        binding: Binding,
        version_tag: str | None,
        from_definition_key: int,
        context: Mapping[str, object],
    ) -> DecisionOutcome:
        """Evaluate a decision; its outcome, with version and matched rules, is a fact."""
        arguments = [decision_id, binding.value, version_tag, from_definition_key]
        fact = self._ask(
            "decision",
            arguments,
            lambda: self._evaluate(decision_id, binding, version_tag, from_definition_key, context),
        )
        return DecisionOutcome(from_json(fact["value"]), fact)

    def issue(
        self, node: FlowNode, key: int, process_instance_key: int, context: Mapping[str, object]
    ) -> Mapping[str, object]:
        """Give numbers, freeze texts, enter services and seals; what is read outside the case is a fact."""
        return self.desk.issue(node, key, process_instance_key, context)

    def leaving(self, key: int, context: Mapping[str, object]) -> None:
        """Keep what an element sees until its clocks are dealt with."""
        self.seen[key] = context

    def _evaluate(
        self, decision_id: str, binding: Binding, tag: str | None, from_key: int, context: Mapping[str, object]
    ) -> dict[str, Any]:
        key = self._definitions.resolve_decision(self._connection, decision_id, binding, tag, from_key)
        return evaluate_decision(self._definitions, self._connection, key, context, self._now, self._decision_functions)

    def _ask(self, kind: str, arguments: Any, answer: Callable[[], Any]) -> Any:
        """Ask once; a refusal is a fact too, so that the same incident follows again."""

        met: list[BanjieError] = []

        def find() -> Any:
            try:
                return {"answer": answer()}
            except BanjieError as error:
                met.append(error)
                return {"refused": error.message}

        fact = self._facts.ask(kind, arguments, find)
        if "refused" in fact:
            raise met[0] if met else RecordedFailure(fact["refused"])
        return fact["answer"]
