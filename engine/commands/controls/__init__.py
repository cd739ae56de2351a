"""Controls carried into commands: before a user task is done or a case starts, everything that watches it is asked."""

from engine.commands.controls.checking import AnswerNeeded, ControlBlocked, check_jump, check_start, check_user_task

__all__ = ["AnswerNeeded", "ControlBlocked", "check_jump", "check_start", "check_user_task"]
