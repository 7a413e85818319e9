"""What is timed on the phone: opening it, a search, a person, a visit, a list that moves; and what the browser alone can do."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Error as PlaywrightError

from benchmarks.handset import township, vitals
from benchmarks.handset.hand import Hand, first_evening, hand_of, settled
from benchmarks.server import Deployment
from benchmarks.village import GIVEN, SURNAMES, village_drafts
from tests.e2e import day

Figures = dict[str, Any]
AT_ONCE = 400
# Nobody taps as soon as the last step stands: she reads what will be kept.
READS_MS = 2000


def measure(chromium: str, folder: Path, runs: int, size: township.Size) -> Figures:
    """All figures of a phone with this township on it. `runs` of each; the phone is slowed down to a quarter."""
    with phone_with(chromium, folder, size) as (hand, wire):
        return {"wire": wire, "browser": _version(hand)} | _timed(hand, runs, size)


@contextmanager
def phone_with(
    chromium: str, folder: Path, size: township.Size, script: str = ""
) -> Iterator[tuple[Hand, dict[str, int]]]:
    """A phone with a township of this size on it, and what came over the wire for that; `script` is put into its pages."""
    (folder / "data").mkdir(parents=True)
    deployment = Deployment(folder / "data")
    who = township.found(deployment, size)
    try:
        with hand_of(chromium, folder / "profile", f"http://localhost:{deployment.ports[0]}", script) as hand:
            wire = first_evening(hand, who)
            settled(hand)
            yield hand, wire
    finally:
        deployment.stop()


def _timed(hand: Hand, runs: int, size: township.Size) -> Figures:
    found: Figures = {"cold": [_cold(hand) for _ in range(runs)]}
    say("cold starts are done")
    hand.restart(slow=False)
    hand.opened()
    settled(hand)
    people = some_people(hand, runs)
    parts: dict[str, Callable[[], Figures]] = {
        "search": lambda: {"search_ms": _searches(hand, runs)},
        "person": lambda: {"person_ms": persons(hand, people)},
        "visit": lambda: visits(hand, people),
        "frames": lambda: {"frames_ms": _frames(hand)},
        "raw": lambda: {"raw": _plain(hand, size)},
        "vitals": lambda: {"vitals": vitals.of_phone(hand, people[0], 5 if runs > 5 else 1)},
    }
    for name, part in parts.items():
        found |= _kept(name, part)
    return found


def _kept(name: str, part: Callable[[], Figures]) -> Figures:
    """What a part found; nothing when it broke, so that an hour of the other parts is not lost with it."""
    try:
        found = part()
    except (PlaywrightError, ValueError) as error:
        say(f"{name}: left out, {error!r}")
        return {}
    say(f"{name} is done")
    return found


def say(words: str) -> None:
    """To whoever waits."""
    print(words, file=sys.stderr, flush=True)


def _version(hand: Hand) -> str:
    return str(hand.phone.context.new_cdp_session(hand.page).send("Browser.getVersion")["product"])


def _cold(hand: Hand) -> dict[str, float]:
    """From the icon to the first names and to a list that answers; the six digits are pressed as soon as they are asked for."""
    hand.restart()
    return hand.opened()


def some_people(hand: Hand, count: int) -> list[str]:
    """Ids of people who have something due, so that a visit makes sense."""
    hand.slow(False)
    hand.page.goto("/app/people")
    found: list[str] = []
    for name in SURNAMES:
        _type(hand, name)
        links = hand.page.locator("main a[href*='/person/']")
        links.first.wait_for()
        found += [str(link.get_attribute("href")).rpartition("/")[2] for link in links.all()[:2]]
        if len(found) >= count:
            break
    return found[:count]


def _type(hand: Hand, text: str) -> None:
    box = hand.page.get_by_role("searchbox")
    box.fill("")
    box.fill(text)


def _searches(hand: Hand, runs: int) -> list[float]:
    """From the last letter of a surname, a name or its pinyin to the names found."""
    chance, found = random.Random(4), list[float]()
    hand.page.goto("/app/people")
    hand.page.get_by_role("searchbox").wait_for(timeout=60_000)
    words = [
        *SURNAMES,
        *(a + b for a in SURNAMES for b in GIVEN),
        "wang",
        "li",
        "zhang",
        "wgl",
        "lixiu",
        "chen",
        "zhou",
    ]
    for word in chance.sample(words, runs):
        hand.slow(False)
        _type(hand, word[:-1])
        hand.slow(True)
        hand.page.get_by_role("searchbox").focus()
        hand.page.keyboard.press("End")
        hand.arm("input", {"at": "main"})
        hand.page.keyboard.insert_text(word[-1])
        found.append(hand.took())
    return found


def persons(hand: Hand, people: list[str]) -> list[float]:
    """From the tap on her name to her page. She is found by a search in the list of people, as in a day's work."""
    found = list[float]()
    for person in people:
        hand.slow(False)
        name = _name_of(hand, person)
        hand.page.goto("/app/people")
        hand.page.get_by_role("searchbox").wait_for(timeout=60_000)
        _type(hand, name)
        link = hand.page.locator(f"main a[href$='/person/{person}']").first
        link.scroll_into_view_if_needed()
        hand.slow(True)
        hand.arm("click", {"at": f"main a[href*='/visit/{person}'], main h2", "not": "input[type=search]"})
        link.click()
        found.append(hand.took())
    return found


def _name_of(hand: Hand, person: str) -> str:
    hand.page.goto(f"/app/person/{person}")
    head = hand.page.get_by_role("heading", level=1).first
    hand.page.locator("main h2").first.wait_for(timeout=60_000)
    return str(head.evaluate("h => h.firstChild.textContent"))


def visits(hand: Hand, people: list[str]) -> dict[str, list[float]]:
    """From the tap on 记下 to the words that it is kept, which come when the disk has it (`kept_ms`), and to Today with the
    visit on it (`save_ms`). Nobody was at home: the shortest visit there is."""
    found: dict[str, list[float]] = {"kept_ms": [], "save_ms": []}
    for person in people:
        hand.slow(False)
        hand.page.goto(f"/app/visit/{person}")
        day.pick(hand.page, "见到了吗", "没在家")
        hand.page.get_by_role("button", name="下一步：下次").click()
        save = hand.page.get_by_role("button", name="记下", exact=True)
        save.wait_for()
        hand.page.wait_for_timeout(READS_MS)
        hand.slow(True)
        hand.arm("click", {"at": ".foot .main", "says": "记下了"}, "记下", "kept_ms")
        hand.arm("click", {"at": f"main a[href$='/person/{person}']", "not": ".steps"}, "记下", "save_ms")
        save.click()
        for name, values in found.items():
            values.append(hand.took(name))
    return found


def _frames(hand: Hand) -> dict[str, list[float]]:
    """Gaps between frames while Today, and a group of 313 doors, are flung past her."""
    return {name: _fling(hand, path) for name, path in (("today", "/app/"), ("group", _group()))}


def _group() -> str:
    return f"/app/village/{next(iter(township.VILLAGES))}/1"


def _fling(hand: Hand, path: str) -> list[float]:
    hand.slow(False)
    hand.page.goto(path)
    hand.page.locator("main a.row").first.wait_for(timeout=60_000)
    hand.page.wait_for_timeout(1500)
    hand.slow(True)
    hand.page.evaluate("() => stopwatch.frames(3000)")
    hand.line.send(
        "Input.synthesizeScrollGesture",
        {"x": 190, "y": 500, "yDistance": -5000, "speed": 1800, "gestureSourceType": "touch"},
    )
    return [float(gap) for gap in hand.page.evaluate("() => stopwatch.gaps")]


def _plain(hand: Hand, size: township.Size) -> dict[str, float]:
    """The same rows as plain JSON in IndexedDB, without our code: read and parsed, searched, one kept; at a quarter, too."""
    hand.slow(False)
    hand.page.goto("/app/")
    for text in _texts(size):
        hand.page.evaluate("texts => stopwatch.plain(texts)", text)
    hand.slow(True)
    return dict(hand.page.evaluate("() => stopwatch.plain()"))


def _texts(size: township.Size) -> list[list[str]]:
    """A text a household, in parcels: what its people and records are as JSON."""
    parcels = []
    for at, village in enumerate(township.VILLAGES):
        homes: dict[str, list[Any]] = {}
        for draft in village_drafts(village, random.Random(at), size.households, size.records):
            homes.setdefault(draft["household"], []).append(draft["body"].get("set") or draft)
        texts = [json.dumps(rows, ensure_ascii=False) for rows in homes.values()]
        parcels += [texts[start : start + AT_ONCE] for start in range(0, len(texts), AT_ONCE)]
    return parcels
