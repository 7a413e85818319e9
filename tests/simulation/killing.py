"""Kills the simulated server between any two statements that write, or right before or after its commit.

What is modelled: the process is gone, what it had not committed is rolled back by the database, what it had committed
stays, memory starts anew. After the kill nothing of that process reaches the database any more.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, event

_WRITES = ("INSERT", "UPDATE", "DELETE")


class Killed(BaseException):
    """The server process is gone; no handler of the app may catch this."""


class Killer:
    """Lets so many writes and commits through, then none."""

    def __init__(self, engine: Engine) -> None:
        self.left: int | None = None
        self.dead = False
        self.writes = 0
        event.listen(engine, "before_cursor_execute", self._statement)
        event.listen(engine, "commit", self._commit)

    def after(self, writes: int | None) -> None:
        """None: no kill."""
        self.left, self.dead, self.writes = writes, False, 0

    def _statement(self, _: Connection, __: Any, statement: str, *___: Any) -> None:
        if statement.startswith(_WRITES):
            self._count()

    def _commit(self, _: Connection) -> None:
        self._count()

    def _count(self) -> None:
        self.writes += 1
        if self.dead:
            raise Killed
        if self.left is not None:
            if self.left <= 0:
                self.dead = True
                raise Killed
            self.left -= 1
