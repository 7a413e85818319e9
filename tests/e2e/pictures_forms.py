"""The guide's picture of each form that is written about a person by itself, as it opens on a phone of 390 × 844."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, Playwright

from server.rules import book
from tests import cast
from tests.e2e import day
from tests.e2e.phones import Phone
from tests.e2e.server import LiveServer

Take = Callable[[Page, str], None]
OF = {
    "technician": (
        "anc", "pnc", "postop_followup", "iud_check", "preconception", "rti_screening", "cervical_screening",
        "breast_screening", "pill_screen", "folic_acid",
    ),
    "director": ("folic_acid", "service_card", "moving"),
}  # fmt: skip


def take_all(playwright: Playwright, place: Path, server: LiveServer, take: Take) -> None:
    """Each role on a phone of its own: her forms one after the other, their first question answered."""
    areas = cast.director(server)["areas"]
    for role, names in OF.items():
        phone = Phone(playwright, os.environ["SUIFANG_CHROMIUM"], place / f"forms-{role}", server.url, scale=2)
        phone.switch_on()
        try:
            day.first_day(phone, cast.with_new_code(server, cast.login(server, role)))
            for name in names:
                her = cast.agreed(server.data, areas, str(book.shipped().forms[name]["consent"]))
                _opened(phone.open(f"/app/record/{her}/{name}"))
                take(phone.page, name if role == "technician" else f"{role}-{name}")
            if role == "director":
                phone.open("/app/education").get_by_label("在哪里").wait_for()
                take(phone.page, "education")
        finally:
            phone.switch_off()


def _opened(page: Page) -> None:
    page.get_by_role("button", name="记下", exact=True).wait_for()
    first = page.locator("main").get_by_role("radio").first
    if first.count():
        first.check(force=True)
