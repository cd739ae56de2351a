"""Execution of BPMN processes. Nothing outside this package imports SpiffWorkflow.

A command handler starts or loads a :class:`Machine`, sends it one thing that happened, takes its ``records`` and saves
its ``changed_parts()``. Nothing live survives a command.
"""

from engine.execution.errors import ExecutionError
from engine.execution.machine import ActiveElement, Machine
from engine.execution.outside import DecisionOutcome, Outside
from engine.execution.program import Program, compile_program
from engine.execution.records import RECORD_TYPES, Record, from_payload, to_payload
from engine.execution.state import STATE_FORMAT
from engine.execution.timers import next_due, start_timer

__all__ = [
    "RECORD_TYPES",
    "STATE_FORMAT",
    "ActiveElement",
    "DecisionOutcome",
    "ExecutionError",
    "Machine",
    "Outside",
    "Program",
    "Record",
    "compile_program",
    "from_payload",
    "next_due",
    "start_timer",
    "to_payload",
]
