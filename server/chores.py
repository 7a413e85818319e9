"""What a serving process does beside answering: the same again and again, each in a thread of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError


@contextmanager
def every(app: Flask, name: str, seconds: float, work: Callable[[], object], *, at_end: bool = False) -> Iterator[None]:
    """Do `work` in the app's context when the block begins and every `seconds` while it runs; `at_end` once more then.

    A database or disk that refuses is logged, and the next turn tries again.
    """
    stop = Event()
    thread = Thread(target=_repeat, args=(app, name, seconds, work, stop, at_end), name=name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=10)


def _repeat(app: Flask, name: str, seconds: float, work: Callable[[], object], stop: Event, at_end: bool) -> None:
    while not stop.is_set():
        _once(app, name, work)
        stop.wait(seconds)
    if at_end:
        _once(app, name, work)


def _once(app: Flask, name: str, work: Callable[[], object]) -> None:
    with app.app_context():
        try:
            work()
        except (SQLAlchemyError, OSError) as error:
            app.logger.error("%s could not be done; the next turn tries again", name, exc_info=error)
