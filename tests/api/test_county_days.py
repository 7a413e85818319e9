"""A county sets other days for a schedule: numbered, with a ground, tightened only where a source stands, taken back alike."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from server.extensions import db, writing
from server.models import Audit, CountyWord
from server.sync import backup

from .conftest import COUNTY, WRITE, SignIn

GROUND = "县卫健局 2026 年 11 月会议纪要"
OWN = [[1035, 1096, 1188, 1827]]
SOONER = [[1000, 1061, 1153, 1827]]


def standing(client: FlaskClient, name: str = "breast") -> dict[str, Any]:
    told = client.get("/api/county/days").json["schedules"]
    return next(dict(one) for one in told if one["id"] == name)


def own_days(client: FlaskClient, name: str, variant: str) -> Any:
    return next(one["steps"] for one in standing(client, name)["variants"] if one["id"] == variant)


def follow(client: FlaskClient, name: str, variant: str) -> Any:
    return decide(client, own_days(client, name, variant), name, variant=variant)


def decide(client: FlaskClient, steps: Any = None, name: str = "breast", **more: Any) -> Any:
    seen = standing(client, name)["number"] if "seen" not in more else None
    body = {"schedule": name, "steps": steps or SOONER, "ground": GROUND, "seen": seen, **more}
    return client.post("/api/county/days", json=body, headers=WRITE)


def undo(client: FlaskClient, version: int) -> Any:
    return client.post("/api/county/days/undo", json={"version": version, "ground": "写错了"}, headers=WRITE)


def test_until_something_is_decided_the_rulebooks_days_hold(sign_in: SignIn) -> None:
    told = sign_in("county").get("/api/county/days").json
    assert all((one["number"], one["steps"]) == (0, one["own"]) for one in told["schedules"])
    assert told["history"] == []


def test_a_decision_is_a_version_with_author_ground_and_both_days(sign_in: SignIn) -> None:
    county = sign_in("county")
    told = decide(county).json
    now = standing(county)
    assert [now[key] for key in ("id", "variant", "number", "own", "steps")] == ["breast", "breast", 1, OWN, SOONER]
    [only] = told["history"]
    assert (only["version"], only["before"], only["after"], only["by"], only["ground"]) == (
        1, OWN, SOONER, "county 同志", GROUND,
    )  # fmt: skip


def test_days_with_a_source_are_never_set_later_whatever_the_county_set_before(sign_in: SignIn) -> None:
    county = sign_in("county")
    assert decide(county).status_code == 200
    assert decide(county, [[1036, 1096, 1188, 1827]]).json["code"] == "loosens_source"
    assert decide(county, [[1000, 1061, 1153, 1826]]).json["code"] == "loosens_source"
    assert standing(county)["number"] == 1


def test_days_without_a_source_are_the_countys_to_set(sign_in: SignIn) -> None:
    assert decide(sign_in("county"), [[2000, 2100, 2200, 2300]], "cervical_via").status_code == 200


def test_what_is_out_of_order_unknown_or_the_same_is_refused(sign_in: SignIn) -> None:
    county = sign_in("county")
    codes = [
        decide(county, [[1061, 1000, 1153, 1827]]),
        decide(county, SOONER, "nothing", seen=0),
        decide(county, OWN),
        decide(county, seen=3),
    ]
    assert [one.json["code"] for one in codes] == ["bad_days", "unknown_schedule", "same_days", "days_changed"]
    assert county.get("/api/county/days").json["history"] == []


def test_a_decision_is_taken_back_by_a_new_one_and_both_stay(sign_in: SignIn) -> None:
    county = sign_in("county")
    decide(county)
    told = undo(county, 1).json
    assert [(one["version"], one["after"], one["undoes"], one["last"]) for one in told["history"]] == [
        (2, OWN, 1, True), (1, SOONER, None, False),
    ]  # fmt: skip
    assert standing(county)["steps"] == OWN


def test_only_the_last_decision_on_a_schedule_is_taken_back(sign_in: SignIn) -> None:
    county = sign_in("county")
    decide(county)
    decide(county, [[900, 1061, 1153, 1827]])
    decide(county, [[2000, 2100, 2200, 2300]], "cervical_via")
    assert [undo(county, number).json.get("code") for number in (1, 9, 2)] == ["days_changed", "days_changed", None]
    assert standing(county)["steps"] == SOONER


def test_a_value_that_was_confirmed_is_open_again_when_the_county_sets_other_days(sign_in: SignIn) -> None:
    county = sign_in("county")
    place, told = "schedules/breast", {one["place"]: one for one in county.get("/api/county/values").json["values"]}
    seen = {place: told[place]["print"]}
    county.post("/api/county/values", json={"said": "confirmed", "values": seen, "ground": GROUND}, headers=WRITE)
    assert decide(county).json["history"][0]["version"] == 2
    now = {one["place"]: one for one in county.get("/api/county/values").json["values"]}[place]
    assert now["confirmed"] is None
    assert now["lines"][0]["zh"] == "满 3 年：第 1000 天起提，第 1061 天该做，第 1153 天算晚，第 1827 天起不提"


def test_a_decision_is_in_the_countys_audit_log(sign_in: SignIn, township: Flask) -> None:
    decide(sign_in("county"))
    with township.app_context():
        row = db.session.scalars(select(Audit).where(Audit.action == "county.days")).one()
        assert (row.chain, row.detail["after"], row.detail["ground"]) == (COUNTY, SOONER, GROUND)


def test_a_restore_does_not_lose_a_decision(sign_in: SignIn, township: Flask, tmp_path: Any) -> None:
    with township.app_context():
        backup.backup(tmp_path / "yesterday.suifang", b"correct horse battery staple")
    decide(sign_in("county"))
    with township.app_context():
        backup.restore(tmp_path / "yesterday.suifang", b"correct horse battery staple", over=True)
        db.session.remove()
        with writing() as session:
            [word] = session.scalars(select(CountyWord))
            assert word.changed is not None
            assert (word.version, word.changed["after"], word.ground) == (1, SOONER, GROUND)


def test_variants_stand_side_by_side_with_their_sources_and_one_is_followed(sign_in: SignIn) -> None:
    now = standing(sign_in("county"), "anc_cn")
    told = [(one["id"], len(one["steps"]), len(one["words"]), one["every"]) for one in now["variants"]]
    assert told == [("anc_cn", 5, 5, None), ("anc_cn2018", 7, 7, None), ("anc_who", 8, 8, None)]
    assert (now["variant"], [one["status"] for one in now["variants"]][2]) == ("anc_cn", "S[W12] D")


def test_another_variant_is_followed_by_a_decision_and_taken_back_by_one(sign_in: SignIn) -> None:
    county = sign_in("county")
    own, who = (own_days(county, "anc_cn", variant) for variant in ("anc_cn", "anc_who"))
    assert follow(county, "anc_cn", "anc_who").json["history"][0]["variant_after"] == "anc_who"
    now = standing(county, "anc_cn")
    assert (now["variant"], now["steps"], now["own"], now["number"]) == ("anc_who", who, who, 1)
    back = undo(county, 1).json["history"][0]
    assert (back["variant_before"], back["variant_after"], back["undoes"]) == ("anc_who", "anc_cn", 1)
    now = standing(county, "anc_cn")
    assert (now["variant"], now["steps"]) == ("anc_cn", own)


def test_days_of_a_variant_are_held_against_its_own_source_and_taken_back_to_it(sign_in: SignIn) -> None:
    county = sign_in("county")
    follow(county, "condom", "condom_quarter")
    assert decide(county, [[83, 95, 96, 121]], "condom").json["code"] == "loosens_source"
    assert decide(county, [[80, 90, 91, 121]], "condom").status_code == 200
    undo(county, 2)
    now = standing(county, "condom")
    assert (now["variant"], now["steps"]) == ("condom_quarter", [[83, 90, 91, 121]])


def test_a_variant_of_another_service_or_the_one_that_is_followed_already_is_refused(sign_in: SignIn) -> None:
    county = sign_in("county")
    codes = [
        decide(county, [[83, 90, 91, 121]], "condom", variant="spermicide_quarter"),
        decide(county, [[27, 30, 31, 61]], "condom", variant="condom"),
    ]
    assert [one.json["code"] for one in codes] == ["unknown_schedule", "same_days"]


def test_schedules_that_are_called_alike_are_told_apart_without_codes(sign_in: SignIn) -> None:
    told = sign_in("county").get("/api/county/days").json["schedules"]
    names = [one["zh"] for one in told]
    assert len(set(names)) == len(names)
    said = {one["id"]: one["zh"] for one in told}
    assert (said["cervical_hpv"], said["condom"]) == ("宫颈筛查：HPV", "避孕套")


def test_what_nobody_follows_stands_last_among_the_values(sign_in: SignIn) -> None:
    county = sign_in("county")

    def unused() -> list[str]:
        told = county.get("/api/county/values").json["values"]
        last = [one["place"] for one in told if one["lines"] and one["lines"][0]["zh"] == "没启用"]
        first = next(at for at, one in enumerate(told) if one["place"] in last)
        assert all(one["place"].split(".")[0] in last or ".decline" in one["place"] for one in told[first:])
        return last

    assert "schedules/condom_quarter" in unused()
    follow(county, "condom", "condom_quarter")
    assert "schedules/condom" in unused()
    assert "schedules/condom_quarter" not in unused()
