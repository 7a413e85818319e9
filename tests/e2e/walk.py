"""Every page of the phone and of the desk, one after the other, without loading the app anew."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, expect

GO = """path => {
  history.pushState({ depth: 1, y: 0 }, '', path);
  dispatchEvent(new PopStateEvent('popstate', { state: history.state }));
}"""
AXE = Path(__file__).resolve().parents[2] / "pwa" / "node_modules" / "axe-core" / "axe.min.js"
RUN = """() => axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations
  .filter(({ impact }) => impact === 'serious' || impact === 'critical')
  .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary}`)))"""


def go(page: Page, path: str) -> None:
    """Follow a link that is not on the page; waits until the page there has its heading."""
    page.evaluate(GO, path)
    expect(page.get_by_role("heading").first).to_be_visible()
    expect(page.get_by_text("正在打开…").or_(page.get_by_text("Opening…"))).to_have_count(0)


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


def of_phone(person: str, household: str, area: str) -> Iterator[str]:
    """The phone's addresses, with somebody in them."""
    yield from (
        "/app/",
        "/app/people",
        "/app/people?q=wang",
        "/app/work",
        "/app/education",
        f"/app/village/{area}",
        f"/app/household/{household}",
    )
    yield from (
        f"/app/person/{person}",
        f"/app/visit/{person}",
        f"/app/visit/{person}/did",
        f"/app/visit/{person}/next",
    )
    yield from ("/app/sync", "/app/settings", "/app/no-such-page")


def open_bag(page: Page, worker: str) -> None:
    """At the desk: what this worker carries, unfolded, with a line in it."""
    go(page, "/app/desk/workers")
    row = page.get_by_role("row", name=worker)
    row.locator("[data-row]").click()
    said = page.locator("summary", has_text="包里的药具").or_(page.locator("summary", has_text="What she carries"))
    said.click()
    expect(page.locator("form [data-item]").first).to_be_visible()


def of_desk(person: str) -> Iterator[str]:
    """The desk's addresses."""
    yield from ("/app/desk/villages", "/app/desk/figure", "/app/desk/inbox", "/app/desk/people")
    yield from (
        f"/app/desk/person/{person}",
        "/app/desk/phones",
        "/app/desk/workers",
        "/app/desk/cards",
        "/app/desk/stock",
        "/app/desk/rates",
    )
