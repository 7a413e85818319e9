"""Largest paint, layout shift and blocking time of the phone's pages, from the browser's own trace."""

from __future__ import annotations

import statistics
from typing import Any

from benchmarks.handset.hand import Hand

CATEGORIES = "loading,devtools.timeline,disabled-by-default-devtools.timeline,blink.user_timing"
AFTER_MS = 2500
PATIENCE = 600
LONG_US = 50_000
Event = dict[str, Any]


def of_phone(hand: Hand, person: str, times: int) -> dict[str, dict[str, float]]:
    """Medians of each page, opened by its address, installed and without a network, at a quarter of the speed."""
    pages = {
        "today": "/app/", "people": "/app/people", "person": f"/app/person/{person}", "visit": f"/app/visit/{person}",
        "sync": "/app/sync", "settings": "/app/settings",
    }  # fmt: skip
    return {name: _median([_again(hand, path) for _ in range(times)]) for name, path in pages.items()}


def _median(found: list[dict[str, float]]) -> dict[str, float]:
    return {name: round(statistics.median(one[name] for one in found), 4) for name in found[0]}


def _again(hand: Hand, path: str) -> dict[str, float]:
    """A busy machine loses a trace now and then: up to three tries."""
    for _ in range(2):
        try:
            return _traced(hand, path)
        except ValueError:
            continue
    return _traced(hand, path)


def _traced(hand: Hand, path: str) -> dict[str, float]:
    hand.slow(True)
    hand.page.goto("about:blank")
    events: list[Event] = []
    over: list[bool] = []
    line = hand.phone.context.new_cdp_session(hand.page)
    line.on("Tracing.dataCollected", lambda part: events.extend(part["value"]))
    line.on("Tracing.tracingComplete", lambda _: over.append(True))
    line.send("Tracing.start", {"categories": CATEGORIES, "transferMode": "ReportEvents"})
    hand.page.goto(path)
    hand.page.wait_for_timeout(AFTER_MS)
    # A page that is still at work hands its trace in too late, and it is lost.
    hand.page.evaluate("() => stopwatch.quiet()")
    line.send("Tracing.end")
    for _ in range(PATIENCE):
        if over:
            break
        hand.page.wait_for_timeout(50)
    line.detach()
    return read(events)


def read(events: list[Event]) -> dict[str, float]:
    """{lcp_ms, cls, tbt_ms} of the last navigation. Blocking time: of each task after the first paint, what is above 50 ms.

    Raises ValueError when the trace holds no navigation.
    """
    begun = max(
        (one for one in events if one["name"] == "navigationStart" and _leads_to_app(one)), key=lambda one: one["ts"]
    )
    mine = [one for one in events if one.get("pid") == begun["pid"] and one.get("ts", 0) >= begun["ts"]]
    largest = [one["ts"] for one in mine if one["name"] == "largestContentfulPaint::Candidate"]
    first = min((one["ts"] for one in mine if one["name"] == "firstContentfulPaint"), default=begun["ts"])
    shifts = [
        one["args"]["data"]["weighted_score_delta"]
        for one in mine
        if one["name"] == "LayoutShift" and not one["args"]["data"]["had_recent_input"]
    ]
    tasks = [one for one in mine if one["name"] == "RunTask" and one["tid"] == begun["tid"] and one["ts"] >= first]
    return {
        "lcp_ms": (max(largest, default=first) - begun["ts"]) / 1000,
        "cls": sum(shifts),
        "tbt_ms": sum(max(0, one.get("dur", 0) - LONG_US) for one in tasks) / 1000,
    }


def _leads_to_app(event: Event) -> bool:
    return "/app" in str(event.get("args", {}).get("data", {}).get("documentLoaderURL", ""))
