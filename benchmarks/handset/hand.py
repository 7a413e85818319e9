"""One phone in one hand: the real app in Chromium, slowed down, with a stopwatch in its pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page, sync_playwright

from tests.e2e.phones import PATIENCE_MS, Phone

STOPWATCH = (Path(__file__).parent / "stopwatch.js").read_text()
SLOWER = 4
Wanted = dict[str, str]
# What stands on Today as soon as there is a list: somebody's name behind a door.
NAMES: Wanted = {"at": "main ul a[href*='/visit/']"}


@dataclass
class Hand:
    """`phone` is switched on; `line` is the browser's own door to its pages, open since the last `restart`. `script` is put
    into each page, always; the stopwatch since the first restart."""

    phone: Phone
    script: str = ""
    _line: list[CDPSession] = field(default_factory=list)

    @property
    def page(self) -> Page:
        return self.phone.page

    @property
    def line(self) -> CDPSession:
        return self._line[-1]

    def restart(self, *, slow: bool = True) -> None:
        """Off and on again, without a network: nothing of the app is in memory any more."""
        self.phone.restart()
        self.phone.context.add_init_script(STOPWATCH + self.script)
        self._line = [self.phone.context.new_cdp_session(self.page)]
        self.slow(slow)
        self.phone.go_offline()

    def slow(self, slow: bool) -> None:
        self.line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER if slow else 1})

    def opened(self, path: str = "/app/", wanted: Wanted = NAMES) -> dict[str, float]:
        """Open a page cold; when the first names stood there and when the list could be used, ms from the start."""
        self.page.goto(path, wait_until="commit")
        return dict(self.page.evaluate("wanted => stopwatch.opened(wanted)", wanted))

    def arm(self, event: str, wanted: Wanted, words: str = "", name: str = "took") -> None:
        """Start a stopwatch with the next `event`, on a button of these `words`."""
        self.page.evaluate("all => stopwatch.arm(...all)", [event, wanted, words, name])

    def took(self, name: str = "took") -> float:
        """Milliseconds from the event to the frame that showed what was wanted; an error when it never came."""
        return float(self.page.evaluate("all => stopwatch.within(...all)", [name, PATIENCE_MS]))


@contextmanager
def hand_of(chromium: str, profile: Path, url: str, script: str = "") -> Iterator[Hand]:
    """A new phone, switched on; its processor is as fast as the machine's."""
    with sync_playwright() as playwright:
        hand = Hand(Phone(playwright, chromium, profile, url).switch_on(), script)
        if script:
            hand.phone.context.add_init_script(script)
        try:
            yield hand
        finally:
            hand.phone.switch_off()


def first_evening(hand: Hand, who: dict[str, Any]) -> dict[str, int]:
    """Sign in, register, fetch the list, until the app is installed; bytes on the wire until the list stood there."""
    from tests.e2e import day

    line = hand.phone.context.new_cdp_session(hand.page)
    sizes, kinds = dict[str, float](), dict[str, str]()
    line.on("Network.responseReceived", lambda one: kinds.update({one["requestId"]: one["response"]["url"]}))
    line.on("Network.loadingFinished", lambda one: sizes.update({one["requestId"]: one["encodedDataLength"]}))
    line.send("Network.enable")
    page = hand.phone.open()
    day.sign_in(page, who)
    day.register(page, who["phone_code"])
    page.get_by_role("button", name="和纸条一样，开始").click()
    page.locator(NAMES["at"]).first.wait_for(timeout=60_000)
    app = sum(size for key, size in sizes.items() if "/api/" not in kinds.get(key, ""))
    line.detach()
    hand.phone.wait_until_installed()
    return {"app_bytes": round(app), "all_bytes": round(sum(sizes.values()))}


def settled(hand: Hand) -> None:
    """Wait until the whole list is in memory and the first doors are kept for next time."""
    hand.page.goto("/app/people")
    hand.page.get_by_role("searchbox").wait_for(timeout=60_000)
    hand.page.goto("/app/")
    hand.page.locator(NAMES["at"]).first.wait_for(timeout=60_000)
    hand.page.wait_for_function("() => !document.querySelector('main .quiet[role=status]')", timeout=60_000)
    hand.page.wait_for_timeout(500)
