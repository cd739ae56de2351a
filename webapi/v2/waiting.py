"""Waiting for something to happen, within bounds: a waiting request holds a thread that others need."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from flask import current_app

T = TypeVar("T")

EXTENSION = "banjie-v2-waiting"
AT_ONCE = 4
"""How many requests of a process may wait at the same time; the others are answered at once."""
LONGEST = 10.0
"""Seconds a request waits at most, whatever it asks for."""
FIRST_PAUSE, LONGEST_PAUSE = 0.05, 0.5


class Waiting:
    """The places in which requests of one process wait. ``sleep`` lets seconds pass."""

    def __init__(self, sleep: Callable[[float], None] = time.sleep, at_once: int = AT_ONCE) -> None:
        self._sleep = sleep
        self._places = threading.BoundedSemaphore(at_once)

    def until(self, ask: Callable[[], T | None], seconds: float) -> T | None:
        """Ask until there is an answer or the time is over; ask once where no place is free or no time is given."""
        answer = ask()
        if answer is not None or seconds <= 0 or not self._places.acquire(blocking=False):
            return answer
        try:
            left, pause = min(seconds, LONGEST), FIRST_PAUSE
            while answer is None and left > 0:
                pause = min(pause, left)
                self._sleep(pause)
                left -= pause
                pause = min(pause * 2, LONGEST_PAUSE)
                answer = ask()
            return answer
        finally:
            self._places.release()


def waiting() -> Waiting:
    """Return the current app's."""
    found: Waiting = current_app.extensions.setdefault(EXTENSION, Waiting())
    return found
