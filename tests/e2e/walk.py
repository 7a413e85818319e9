"""Every page of the phone and of the desk, one after the other, without loading the app anew."""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Page, expect

GO = """path => {
  history.pushState({ depth: 1, y: 0 }, '', path);
  dispatchEvent(new PopStateEvent('popstate', { state: history.state }));
}"""
PWA = Path(__file__).resolve().parents[2] / "pwa"
AXE = PWA / "node_modules" / "axe-core" / "axe.min.js"
RUN = """() => axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations
  .filter(({ impact }) => impact === 'serious' || impact === 'critical')
  .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary}`)))"""


def go(page: Page, path: str) -> None:
    """Follow a link that is not on the page; waits until the page there is all there."""
    page.evaluate(GO, path)
    expect(page.get_by_role("heading").first).to_be_visible()
    expect(page.get_by_text("正在打开…").or_(page.get_by_text("Opening…"))).to_have_count(0)
    expect(page.locator("p.quiet[role=status]")).to_have_count(0)  # what it asks the server for is here


def dress(page: Page, lang: str, theme: str, size: str = "1") -> None:
    """Choose tongue, theme and size of type as the settings keep them, and open the app again."""
    look = json.dumps({"lang": lang, "size": size, "theme": theme})
    page.evaluate("look => localStorage.setItem('suifang.look', look)", look)
    page.reload()
    expect(page.locator(f"html[data-theme={theme}]")).to_be_attached()


def findings(page: Page) -> list[str]:
    """What axe finds serious or critical on the page as it stands."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text())
    return list(page.evaluate(RUN))


@dataclass(frozen=True)
class Her:
    """Somebody of whom much is on record, and where she lives."""

    person: str
    household: str
    area: str
    group: str


def somebody(data: Path, area: str) -> Her:
    """Of this village's residents the one with most records."""
    asked = """select p.id, h.id, h.area, h."group" from person p
        join household h on h.county = p.county and h.id = p.household_id
        join record r on r.county = p.county and r.person = p.id
        where p.area = ? and p.residence = 'resident' and p.merged_into is null and h."group" is not null
        group by p.id order by count(*) desc, p.id limit 1"""
    with sqlite3.connect(data / "suifang.db") as database:
        [row] = database.execute(asked, (area,))
    return Her(*row)


def patterns(part: str) -> set[str]:
    """The addresses that the page's own table of routes knows, as it writes them: "/person/:id"."""
    return set(re.findall(r"path: '([^']+)'", (PWA / "src" / part).read_text()))


def unseen(part: str, addresses: list[str]) -> set[str]:
    """Of that table what none of these addresses opens."""
    opened = [address.removeprefix("/app").partition("?")[0] for address in addresses]
    return {one for one in patterns(part) if not any(re.fullmatch(re.sub(r":\w+", "[^/]+", one), a) for a in opened)}


SHEET = quote(
    "SUIFANG-YJ/1/0198f000-0000-7000-8000-0000a1b2c3d4/990131101/bag%3Ax/2026-11-20/condom,2511D,2031-03-31,200",
    safe="",
)
"""What the code of a document says."""


def of_phone(her: Her) -> list[str]:
    """Every address of the phone, with somebody in it where there is somebody."""
    of_her = ("edit", "move")
    visit = ("", "/did", "/next", "/ask?for=service_record&alone=1")
    return [
        *(f"/app/{plain}" for plain in ("", "people", "people?q=wang", "people?due=1", "people/new", "door/new")),
        *(f"/app/village/{her.area}{group}" for group in ("", f"/{her.group}")),
        *(f"/app/household/{her.household}{more}" for more in ("", "/edit")),
        f"/app/person/{her.person}",
        *(f"/app/person/{her.person}/{more}" for more in of_her),
        *(f"/app/visit/{her.person}{step}" for step in visit),
        *(f"/app/record/{her.person}{form}" for form in ("", "/referral")),
        *(f"/app/{plain}" for plain in ("work", "work/gone", "day", "education")),
        *(f"/app/bag{more}" for more in ("", "/take", f"/take?d={SHEET}", "/count", "/give", "/return", "/damage")),
        *(f"/app/scan{more}" for more in ("", "/sheet", "/number", "/give/AAAA/20800", f"/hers/{her.person}")),
        *(f"/app/{plain}" for plain in ("sync", "register", "settings", "no-such-page")),
    ]


def open_bag(page: Page, worker: str) -> None:
    """At the desk: what this worker carries, unfolded, with a line in it."""
    go(page, "/app/desk/workers")
    row = page.get_by_role("row", name=worker)
    row.locator("[data-row]").click()
    said = page.locator("summary", has_text="包里的药具").or_(page.locator("summary", has_text="What she carries"))
    said.click()
    expect(page.locator("form [data-item]").first).to_be_visible()


def of_station(her: Her) -> list[str]:
    """Every address of the station's desk."""
    plain = (
        "villages",
        "figure",
        "rates",
        "inbox",
        "people",
        "transfers",
        "phones",
        "import",
        "workers",
        "cards",
        "stock",
    )
    return [
        *(f"/app/desk/{name}" for name in plain),
        *(f"/app/desk/{name}/{her.person}" for name in ("person", "transfer")),
    ]


def of_county() -> list[str]:
    """What the county's desk has and the station's has not, and what it shows otherwise."""
    return [f"/app/desk/{name}" for name in ("county", "trial", "figure", "stock")]
