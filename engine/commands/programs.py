"""Compiled programs of deployed processes, kept in memory."""

from __future__ import annotations

import threading
from collections import OrderedDict

from sqlalchemy import Connection

from engine.definitions.repository import Definitions
from engine.execution import Program, compile_program


class Programs:
    """Compiles each definition once; safe for threads."""

    def __init__(self, definitions: Definitions, size: int = 256) -> None:
        self._definitions = definitions
        self._size = size
        self._programs: OrderedDict[int, Program] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, connection: Connection, definition_key: int) -> Program:
        """Return the program of a definition; raise ProcessUnknown."""
        with self._lock:
            program = self._programs.get(definition_key)
            if program is not None:
                self._programs.move_to_end(definition_key)
                return program
        program = compile_program(self._definitions.model(connection, definition_key), definition_key)
        with self._lock:
            self._programs[definition_key] = program
            while len(self._programs) > self._size:
                self._programs.popitem(last=False)
        return program
