"""One phone in one hand: the real app in Chromium, slowed down, with a stopwatch in its pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page, sync_playwright

from tests.e2e import day
from tests.e2e.phones import Phone

HERE = Path(__file__).parent
STOPWATCH = (HERE / "stopwatch.js").read_text()
SLOWER = 4
Wanted = dict[str, str]
# What stands on Today as soon as there is a list: somebody's name behind a door.
NAMES: Wanted = {"at": "main ul a[href*='/visit/'], main ul a[href*='/person/'], main ul a[href*='/household/']"}


@dataclass
class Hand:
    """`phone` is switched on and registered; `slow` is the number by which its processor is slowed down."""

    phone: Phone
    slow: int = SLOWER

    @property
    def page(self) -> Page:
        return self.phone.page

    def restart(self) -> None:
        """Off and on again, without a network: nothing of the app is in memory any more."""
        self.phone.restart()
        self.prepare()
        self.phone.go_offline()

    def prepare(self) -> CDPSession:
        """Slow the processor down and put the stopwatch into every page."""
        self.phone.context.add_init_script(STOPWATCH)
        line = self.phone.context.new_cdp_session(self.page)
        line.send("Emulation.setCPUThrottlingRate", {"rate": self.slow})
        return line

    def opened(self, path: str = "/app/", wanted: Wanted = NAMES) -> dict[str, float]:
        """Open a page cold; when the first names stood there and when the list could be used, ms from the start."""
        self.page.goto(path, wait_until="commit")
        return dict(self.page.evaluate("wanted => stopwatch.opened(wanted)", wanted))

    @contextmanager
    def timed(self, event: str, wanted: Wanted, found: list[float]) -> Iterator[None]:
        """What is done inside begins with `event`; adds the ms until `wanted` is on the glass."""
        self.page.evaluate("([event, wanted]) => stopwatch.arm(event, wanted)", [event, wanted])
        yield
        found.append(float(self.page.evaluate("() => stopwatch.took")))


@contextmanager
def registered(chromium: str, profile: Path, url: str, who: dict[str, Any]) -> Iterator[Hand]:
    """A phone on its first evening: signed in, registered, its list fetched and the app installed. Not slowed down yet."""
    with sync_playwright() as playwright:
        hand = Hand(Phone(playwright, chromium, profile, url).switch_on())
        try:
            day.first_day(hand.phone, who)
            yield hand
        finally:
            hand.phone.switch_off()
