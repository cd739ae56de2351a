"""A person's program: works through its cases over HTTP and sends again whatever was not answered."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass, field
from threading import Event
from typing import Any

_TRIES = 2000
_PAUSE_SECONDS = 0.05


class Unanswered(AssertionError):
    """A request was never answered, or refused where it must not be."""


@dataclass
class Client:
    """One client thread. What it was told succeeded is in ``started`` and ``completed``."""

    name: str
    token: str
    port: int
    over: Event
    """Set when no more cases are to be started: what is open is finished."""
    pause: Event = field(default_factory=Event)
    started: dict[str, int] = field(default_factory=dict)
    """Idempotency key to the case that was started."""
    completed: dict[int, dict[str, Any]] = field(default_factory=dict)
    """Key of a user task to the form data it was completed with."""
    sent_again: int = 0

    def run(self) -> None:
        """Start case after case, and finish each."""
        while not self.over.is_set():
            key = f"{self.name}-{len(self.started)}"
            answer = self._send("POST", "/api/process-instances", {"procedureId": "chaos"}, key)
            self.started[key] = int(answer["key"])
            self._finish(self.started[key])

    def _finish(self, case: int) -> None:
        for _ in range(_TRIES):
            for task in self._send("GET", "/api/user-tasks?tab=todo")["items"]:
                self._complete(int(task["key"]))
            if self._send("GET", f"/api/process-instances/{case}")["state"] == "COMPLETED":
                return
            self.pause.wait(_PAUSE_SECONDS)
        raise Unanswered(f"case {case} never came to its end")

    def _complete(self, task: int) -> None:
        data = {f"done_{task}": len(self.completed)}
        body = {"variables": data, "opinion": f"{self.name}"}
        self._send("POST", f"/api/user-tasks/{task}/completion", body, f"{self.name}-{task}")
        self.completed[task] = data

    def _send(self, method: str, path: str, body: Any = None, key: str | None = None) -> Any:
        headers = {"Authorization": f"Bearer {self.token}"}
        if body is not None:
            headers |= {"Content-Type": "application/json", "Idempotency-Key": str(key)}
        for _ in range(_TRIES):
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            try:
                connection.request(method, path, None if body is None else json.dumps(body), headers)
                answer = connection.getresponse()
                content = answer.read()
            except (OSError, http.client.HTTPException):
                self.sent_again += 1
                self.pause.wait(_PAUSE_SECONDS)
                continue
            finally:
                connection.close()
            if answer.status in (200, 201):
                return json.loads(content)
            raise Unanswered(f"{method} {path}: {answer.status} {content[:500]!r}")
        raise Unanswered(f"{method} {path}: no answer")
