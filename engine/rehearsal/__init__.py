"""Rehearsing procedures: scenarios acted out on a scratch platform with a fake clock."""

from engine.rehearsal.play import Performance, Stage, coverage
from engine.rehearsal.scenario import Scenario, ScenarioInvalid, read_scenarios

__all__ = ["Performance", "Scenario", "ScenarioInvalid", "Stage", "coverage", "read_scenarios"]
