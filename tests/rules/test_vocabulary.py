"""Every file of the rulebook keeps to a closed vocabulary: whatever it does not know is an error that names the place."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from server.rules import book
from server.rules.vocabulary import RulebookError

FOLLOWUP, SUPPLY = "forms/contraceptive_followup", "forms/contraceptive_supply"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A copy of the rulebook that a test may spoil."""
    return Path(shutil.copytree(book.HOME, tmp_path / "rulebook"))


def spoil(home: Path, name: str, change: Callable[[Any], object]) -> None:
    path = home / f"{name}.json"
    value = json.loads(path.read_text("utf-8"))
    change(value)
    path.write_text(json.dumps(value), "utf-8")


def test_the_shipped_rulebook_is_valid() -> None:
    rules = book.load()
    assert sorted(rules.forms) == [
        "anc", "breast_screening", "cervical_screening", "consent", "contraceptive_followup", "contraceptive_supply",
        "education", "folic_acid", "household_visit", "iud_check", "moving", "pill_screen", "pnc", "postop_followup",
        "preconception", "record_transfer", "referral", "rti_screening", "service_card", "stock",
    ]  # fmt: skip


def asked_when(number: int, when: Any) -> Callable[[Any], object]:
    return lambda form: form["fields"][number].update(when=when)


SPOILT: dict[str, tuple[str, Callable[[Any], object], str]] = {
    "an unknown key of a form": (FOLLOWUP, lambda f: f.update(color="red"), "unknown word 'color'"),
    "an unknown key of a field": (FOLLOWUP, lambda f: f["fields"][0].update(formula="1+1"), "unknown word 'formula'"),
    "an unknown type": (FOLLOWUP, lambda f: f["fields"][0].update(type="float"), "unknown word 'float'"),
    "an unknown role": (FOLLOWUP, lambda f: f["writers"].append("mayor"), "unknown word 'mayor'"),
    "an unknown reader": (FOLLOWUP, lambda f: f["readers"].update(police=["director"]), "unknown word 'police'"),
    "a purpose nobody is asked about": (FOLLOWUP, lambda f: f.update(consent="marketing"), "marketing"),
    "a missing English word": (FOLLOWUP, lambda f: f["fields"][0].pop("en"), "lacks 'en'"),
    "an empty Chinese word": (FOLLOWUP, lambda f: f["fields"][0].update(zh=" "), "needs a text"),
    "a missing status": (FOLLOWUP, lambda f: f["fields"][0].pop("status"), "lacks 'status'"),
    "a status of its own": (FOLLOWUP, lambda f: f["fields"][0].update(status="sure"), "needs a status"),
    "a place in a plain text": (FOLLOWUP, lambda f: f["fields"][0].update(zh="{name}"), "unknown place"),
    "a condition on a later field": (FOLLOWUP, asked_when(0, {"field": "danger", "is": ["fever"]}), "no earlier"),
    "a condition on a word nobody can answer": (
        FOLLOWUP, asked_when(4, {"field": "method", "is": ["magic"]}), "magic"),
    "a free expression": (FOLLOWUP, asked_when(4, "method != 'none'"), "is no condition"),
    "two kinds of condition at once": (
        FOLLOWUP, asked_when(4, {"field": "method", "is": ["iud"], "not": ["pill"]}), "unknown word 'not'"),
    "an unknown comparison": (SUPPLY, asked_when(7, {"field": "qty", "op": "!=", "value": 1}), "unknown word '!='"),
    "a truth for a number": (SUPPLY, lambda f: f["fields"][6].update(min=True), "no whole number"),
    "a fraction": (SUPPLY, lambda f: f["fields"][6].update(max=1.5), "no whole number"),
    "options on a text": (SUPPLY, lambda f: f["fields"][9].update(options=f["fields"][1]["options"]), "options"),
    "decimals of a text": (SUPPLY, lambda f: f["fields"][9].update(digits=1), "digits to int"),
    "lines without columns": ("forms/stock", lambda f: f["fields"][5].pop("of"), "columns belong to lines"),
    "lines within lines": ("forms/stock", lambda f: f["fields"][5]["of"][0].update(type="lines"), "lines within lines"),
    "a day after no day": ("forms/pnc", lambda f: f["fields"][3].update(not_before="baby"), "no earlier date"),
    "a number below no number": ("forms/anc", lambda f: f["fields"][11].update(at_most="lmp"), "no earlier number"),
    "a field twice": (SUPPLY, lambda f: f["fields"].append(f["fields"][0] | {"zh": "x"}), "stands there twice"),
    "an unknown consequence": (SUPPLY, lambda f: f["rules"][0].update(then="fine"), "unknown word 'fine'"),
    "a referral without its urgency": (SUPPLY, lambda f: f["rules"][0].pop("urgency"), "urgency"),
    "a note over an unknown item": (SUPPLY, lambda f: f["year_notes"][0]["items"].append("gold"), "gold"),
    "a code with a blank": (SUPPLY, lambda f: f.update(id="contraceptive supply"), "is no code word"),
    "an id that is not the file's name": (SUPPLY, lambda f: f.update(id="supply"), "its id is not its name"),
    "a schedule for an unknown form": ("schedules/pill", lambda s: s.update(form="fortune"), "fortune"),
    "a schedule that looks at an unknown form": ("schedules/pill", lambda s: s["stop"][0].update(form="fortune"), "fortune"),
    "a start from a field that is no day": ("schedules/pill", lambda s: s["anchors"][0].update(date=["qty"]), "qty"),
    "a place the schedule cannot fill": ("schedules/pill", lambda s: s["anchors"][0]["why"].update(zh="{name}"), "unknown place"),
    "late before due": ("schedules/condom", lambda s: s["steps"][0].update(overdue=20), "days out of order"),
    "a step that opens while the last one stands": ("schedules/iud_cn", lambda s: s["steps"][1].update(opens=50), "out of order"),
    "a turn before the last is gone": ("schedules/iud_cn", lambda s: s["then"].update(every=100), "repeats before"),
    "two active variants": ("schedules/iud_who", lambda s: s.update(active=True), "not one active variant"),
    "a variant that starts otherwise": (
        "schedules/iud_who", lambda s: s["anchors"][0].update(date=["occurred_on"]), "starts or ends otherwise"),
    "an unknown pick": ("schedules/referral", lambda s: s["anchors"][0].update(pick="any"), "unknown word 'any'"),
    "a method nobody can name above the line": (
        "indicators/contraceptive_practice", lambda i: i["numerator"]["methods"].append("luck"), "luck"),
    "a mix that forgets a method": ("indicators/contraceptive_practice", lambda i: i["mix"].pop(), "differ"),
    "a marital word nobody has": (
        "indicators/contraceptive_practice", lambda i: i["base"]["marital"].append("engaged"), "engaged"),
    "a consent text of four sentences": ("labels/consent_texts", lambda t: t["texts"]["supply"][0]["zh"].pop(), "at least 5"),
    "a purpose without its text": ("labels/consent_texts", lambda t: t["texts"].pop("photo"), "photo"),
    "an import word for no method": ("labels/import_words", lambda w: w["words"]["method"].update(符="charm"), "charm"),
    "a label without English": ("labels/roles", lambda w: w["words"][0].pop("en"), "lacks 'en'"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "change", "said"), SPOILT.values(), ids=SPOILT.keys())
def test_a_rulebook_is_refused_with(name: str, change: Callable[[Any], object], said: str, home: Path) -> None:
    spoil(home, name, change)
    with pytest.raises(RulebookError) as refused:
        book.load(home)
    assert said in str(refused.value)
    assert str(refused.value).startswith(name.split("/", maxsplit=1)[0])


def test_a_key_that_stands_twice_is_refused(home: Path) -> None:
    path = home / "labels" / "sex.json"
    path.write_text(path.read_text("utf-8").replace('"id"', '"version": 1, "id"', 1), "utf-8")
    with pytest.raises(RulebookError, match="stands twice"):
        book.load(home)


@pytest.mark.parametrize(("name", "change", "said"), [
    ("forms/contraceptive_followup", lambda f: f["fields"][0].update(zh="不要"), "was released"),
    ("released/referral.1", lambda f: f["fields"][0].update(zh="哪一步"), "was released"),
    ("forms/referral", lambda f: f["fields"].pop(4), "'to_facility' is not in the newest version"),
    ("forms/household_visit", lambda f: f["fields"][7]["options"].pop(), "'materials' is not in the newest"),
    ("forms/referral", lambda f: f.update(version=1), "was released"),
])  # fmt: skip
def test_a_released_version_stays_and_a_newer_one_asks_all_it_asked(
    home: Path, name: str, change: Callable[[Any], object], said: str
) -> None:
    spoil(home, name, change)
    with pytest.raises(RulebookError, match=said):
        book.load(home)


def test_a_deployments_own_form_is_added(home: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    shutil.copy(home / "forms" / "household_visit.json", own / "market_visit.json")
    spoil(tmp_path, "own/market_visit", lambda form: form.update(id="market_visit"))
    found = book.load(home, own).form("market_visit/2")
    assert found is not None
    assert found["id"] == "market_visit"


def test_a_deployments_own_form_with_a_known_id_takes_its_place(home: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    shutil.copy(home / "forms" / "household_visit.json", own)
    spoil(tmp_path, "own/household_visit", lambda form: form.update(version=3))
    assert book.load(home, own).forms["household_visit"]["version"] == 3


def test_a_deployments_own_form_keeps_to_the_vocabulary(home: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    shutil.copy(home / "forms" / "household_visit.json", own)
    spoil(tmp_path, "own/household_visit", lambda form: form.update(points=5))
    with pytest.raises(RulebookError, match="points"):
        book.load(home, own)


def test_another_version_is_another_form() -> None:
    rules = book.load()
    old, new = rules.form("household_visit/1"), rules.form("household_visit/2")
    assert old is not None and new is not None
    assert (old["version"], new["version"], rules.forms["household_visit"]) == (1, 2, new)
    assert rules.form("household_visit/3") is None
    assert rules.form("household_visit") is None
