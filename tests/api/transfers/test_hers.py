"""On her own page, open by a code: what went along with her, and taking it back without the station."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from server.extensions import db
from server.models import Audit
from tests.api.conftest import Phone, SignIn, married_woman
from tests.api.holder import conftest as holder
from tests.api.transfers.conftest import content, post, sent
from tests.sync.handset import Handset


@pytest.fixture
def anybody(township: Flask) -> FlaskClient:
    """A telephone with a browser: no account, no cookie."""
    return township.test_client()


def her_page(anybody: FlaskClient, desk: FlaskClient, her: str) -> tuple[str, Any]:
    """The secret of her open page, and what it says went along with her."""
    token = holder.opened(anybody, holder.code_for(desk, her))
    return token, holder.post(anybody, "mine", token=token).json["moved"]


def test_she_sees_where_what_went_and_whether_it_was_taken_in(her: str, anybody: FlaskClient, sign_in: SignIn) -> None:
    desk = sign_in("station")
    transfer = sent(desk, her, "supply", "method")
    post(sign_in("next-station"), f"/{transfer}/answer", decision="acknowledged", reason="")
    _, [row] = her_page(anybody, desk, her)
    assert (row["id"], row["place"], row["state"]) == (transfer, "柳林镇", "acknowledged")
    assert [one["zh"] for one in row["items"]] == ["避孕方法", "药具"]


def test_she_takes_it_back_and_it_is_gone_there_also_from_her_record(
    her: str, phone: Phone, anybody: FlaskClient, sign_in: SignIn
) -> None:
    desk, there, next_desk = sign_in("station"), phone("next-director"), sign_in("next-station")
    herself = married_woman(there)
    there.codes(there.consent(herself), there.consent(herself, purpose="supply"))
    transfer = sent(desk, her, "supply")
    post(next_desk, f"/{transfer}/answer", decision="acknowledged", reason="")
    post(next_desk, f"/{transfer}/file", person=herself)
    there.pull()
    token, _ = her_page(anybody, desk, her)
    told = holder.post(anybody, "take-back", token=token, transfer=transfer).json
    assert [one["state"] for one in told["moved"]] == ["revoked"]
    assert content(next_desk, transfer).status_code == 404
    assert [len(row["body"]["ids"]) for row in there.pull() if row["kind"] == "erase"] == [1]
    again = holder.post(anybody, "take-back", token=token, transfer=transfer)
    assert (again.status_code, again.json["code"]) == (409, "transfer_over")


def test_withdrawing_her_word_for_moving_ends_what_nobody_answered(
    her: str, anybody: FlaskClient, sign_in: SignIn
) -> None:
    desk = sign_in("station")
    transfer = sent(desk, her, "supply")
    token, _ = her_page(anybody, desk, her)
    told = holder.post(anybody, "withdraw", token=token, purpose="transfer").json
    assert [one["state"] for one in told["moved"]] == ["revoked"]
    answer = post(sign_in("next-station"), f"/{transfer}/answer", decision="acknowledged", reason="")
    assert answer.json["code"] == "transfer_taken_back"


def test_nobody_elses_is_shown_or_taken_back(
    her: str, director: Handset, anybody: FlaskClient, sign_in: SignIn
) -> None:
    desk = sign_in("station")
    transfer = sent(desk, her, "supply")
    token, shown = her_page(anybody, desk, married_woman(director, "何秀兰"))
    assert shown == []
    assert holder.post(anybody, "take-back", token=token, transfer=transfer).status_code == 404
    assert content(sign_in("next-station"), transfer).status_code == 200


def test_her_taking_back_stands_in_the_log_of_both_townships(
    her: str, anybody: FlaskClient, sign_in: SignIn, township: Flask
) -> None:
    desk = sign_in("station")
    transfer = sent(desk, her, "supply")
    token, _ = her_page(anybody, desk, her)
    holder.post(anybody, "take-back", token=token, transfer=transfer)
    with township.app_context():
        asked = select(Audit.chain, Audit.actor).where(Audit.action == "transfer.revoke").order_by(Audit.chain)
        rows = [tuple(row) for row in db.session.execute(asked)]
    assert [actor for _, actor in rows] == [her, her]
    assert len({place for place, _ in rows}) == 2
