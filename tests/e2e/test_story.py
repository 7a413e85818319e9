"""The thread, played whole: a visit recorded without a network changes the township's figure, which opens to that record."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from tests.e2e.conftest import MakePhone
from tests.e2e.day import (
    at_the_desk,
    badge,
    behind,
    change_telephone,
    figure,
    first_day,
    login,
    open_person,
    send_now,
    visit_with_condoms,
    void_record,
)  # fmt: skip
from tests.e2e.phones import Phone
from tests.e2e.server import LiveServer

TOWNSHIP = "990131101"
VILLAGE = "990131101201"


def test_a_visit_recorded_offline_reaches_the_figure_and_opens_to_its_record(
    live_server: LiveServer, make_phone: MakePhone, desk: Phone
) -> None:
    at_the_desk(desk, login(live_server, "station"))
    before = figure(desk, area=TOWNSHIP)
    her = at_door(behind(desk, "none", area=VILLAGE), "011013")
    director = make_phone("director")
    first_day(director, login(live_server, "director"))

    name = records_in_airplane_mode(director, her)
    survives_a_restart(director)
    director.go_online()
    arrives(director)

    after = figure(desk, area=TOWNSHIP)
    assert after["numerator"] == before["numerator"] + 1
    assert after["denominator"] == before["denominator"]
    assert after["mix"]["condom"] == before["mix"].get("condom", 0) + 1
    opens_to_the_record(desk, her)

    technician = make_phone("technician")
    first_day(technician, login(live_server, "technician"))
    open_person(technician, her)
    expect(technician.page.get_by_role("button", name="在用避孕套")).to_be_visible()

    both_change_her_telephone(director, technician, her)
    the_desk_decides(desk, name)
    the_decision_reaches(director, her)

    voids_offline_and_sends(director, her)
    assert figure(desk, area=TOWNSHIP)["numerator"] == before["numerator"]


def at_door(rows: list[dict[str, Any]], number: str) -> str:
    """The one woman of these rows who lives behind that door plate."""
    (row,) = (row for row in rows if row["number"] == number)
    return str(row["person"])


def records_in_airplane_mode(director: Phone, her: str) -> str:
    """Reload without a network, then a visit with consent, follow-up and hand-out; answers her name."""
    director.go_offline()
    director.page.reload()
    name = open_person(director, her)
    visit_with_condoms(director.page, witness="李秀英")
    expect(badge(director.page)).to_have_accessible_name("在手机上 未发 5")
    return name


def survives_a_restart(director: Phone) -> None:
    """The phone is switched off and on, still without a network: all is there."""
    director.restart()
    director.go_offline()
    page = director.open()
    expect(page.get_by_role("heading", name="今日")).to_be_visible()
    expect(badge(page)).to_have_accessible_name("在手机上 未发 5")


def arrives(director: Phone) -> None:
    """Nothing is tapped: coming online sends, and the town's receipt counts them."""
    expect(badge(director.page)).to_have_accessible_name("镇里收到 同步")
    badge(director.page).click()
    expect(director.page.get_by_text("5 条，一条不少")).to_be_visible()


def opens_to_the_record(desk: Phone, her: str) -> None:
    page = desk.open(f"/app/desk/figure?area={TOWNSHIP}")
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="避孕套", exact=True))
    row.get_by_role("link", name="看记录").click()
    row_of_hers = page.locator(f'table.rec a[href*="{her}"]')
    expect(row_of_hers).to_have_count(1)
    row_of_hers.click()
    expect(page.get_by_text("打开这一页已记入查看记录。")).to_be_visible()
    expect(page.locator('tr[aria-current="true"]')).to_contain_text("在用避孕套")


def both_change_her_telephone(director: Phone, technician: Phone, her: str) -> None:
    """Both write a different number without a network; the director's arrives first."""
    for phone, number in ((director, "19911112222"), (technician, "19933334444")):
        phone.go_offline()
        open_person(phone, her)
        change_telephone(phone.page, number)
    for phone in (director, technician):
        phone.go_online()
        send_now(phone.page)


def the_desk_decides(desk: Phone, name: str) -> None:
    page = desk.open("/app/desk/inbox")
    page.get_by_role("button", name=f"{name}的电话").click()
    expect(page.get_by_role("heading", name=f"{name}的电话，留哪个？")).to_be_visible()
    for value in ("199****2222", "199****4444"):
        expect(page.get_by_role("article").filter(has_text=value)).to_be_visible()
    page.get_by_role("button", name="留 4444").click()
    expect(page.get_by_role("status")).to_contain_text("两个写法都还在")


def the_decision_reaches(director: Phone, her: str) -> None:
    send_now(director.page)
    open_person(director, her)
    expect(director.page.get_by_text("199****4444")).to_be_visible()


def voids_offline_and_sends(director: Phone, her: str) -> None:
    director.go_offline()
    open_person(director, her)
    void_record(director.page, "在用避孕套", "记错人了")
    director.go_online()
    send_now(director.page)
