"""The due list of a village of 1,200 people with two years of records, worked out in Chromium at a quarter of the speed."""

from __future__ import annotations

import random
import subprocess
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks.county import NEW_VILLAGE
from benchmarks.handset.hand import SLOWER
from benchmarks.village import HOUSEHOLDS, RECORDS, village_drafts
from tests.e2e.phones import FLAGS

PWA = Path(__file__).parents[2] / "pwa"
TODAY = "2026-11-01"
Draft = dict[str, Any]


def measure(chromium: str, folder: Path, runs: int) -> dict[str, list[dict[str, float]]]:
    """Each time in a page of its own, so that nothing is warm: ms cold, ms after one record more, how much is due."""
    folder.mkdir(parents=True)
    script, homes = _bundled(folder), _village()
    more = homes[0]["records"][-1] | {"id": "new", "occurredOn": TODAY}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        return {"lists": [_once(browser, script, [homes, more, TODAY]) for _ in range(runs)]}


def _once(browser: Any, script: str, given: list[Any]) -> dict[str, float]:
    with browser.new_context() as context:
        page = context.new_page()
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.add_script_tag(content=script)
        return dict(page.evaluate("([homes, more, today]) => dueList(homes, more, today)", given))


def _bundled(folder: Path) -> str:
    """The app's own code, as one script."""
    out = folder / "due.js"
    command = ["node_modules/.bin/rolldown", "tests/bench/due.ts", "--format", "iife", "--minify", "--file", str(out)]
    subprocess.run(command, cwd=PWA, check=True, capture_output=True)
    return out.read_text()


def _village() -> list[Draft]:
    """Households as the phone holds them, with the records of two years."""
    homes: dict[str, Draft] = {}
    for draft in village_drafts(NEW_VILLAGE, random.Random(300), HOUSEHOLDS, 2 * RECORDS):
        if draft["kind"] == "record":
            home = homes.setdefault(draft["household"], _home(draft["household"]))
            home["records"].append(_record(draft, year_before=len(home["records"]) % 2 == 1))
    return list(homes.values())


def _home(key: str) -> Draft:
    return {"household": {"id": key, "area": NEW_VILLAGE, "rev": {}}, "persons": [], "records": []}


def _record(draft: Draft, *, year_before: bool) -> Draft:
    """Consents stand from the beginning; of the rest every other one is a year older."""
    form, day = draft["schema"].partition("/")[0], draft["body"]["occurred_on"]
    if year_before or form == "consent":
        day = f"{int(day[:4]) - 1}{day[4:]}"
    return {
        "id": draft["id"], "form": form, "occurredOn": day, "answers": draft["body"]["answers"], "role": "director",
        "author": "author", "person": draft["person"], "household": draft["household"], "status": "live",
    }  # fmt: skip
