"""What happened in 柏坡镇 in the months before today, as drafts of events. Pure: the same seed, the same story.

Two thirds of the women consent to a service record. No story changes a method, so the figure stays the register's.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from server.demo.stocked import lot_of
from server.reports.practice import Row

SEED = 20261101
Draft = dict[str, Any]


@dataclass
class Story:
    """`workers`: the id of each village's director and, under "", of the technician. `texts`: purpose → text version."""

    today: date
    workers: Mapping[str, str]
    texts: Mapping[str, str]
    versions: Mapping[str, int]
    dice: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311 (a story, not a secret)
    drafts: list[Draft] = field(default_factory=list)

    def tell(self, women: Sequence[Row]) -> list[Draft]:
        """The drafts, oldest first."""
        agreed = set(self.dice.sample(range(len(women)), len(women) * 2 // 3))
        for number, woman in enumerate(women):
            if number in agreed:
                self._one_who_agreed(woman)
            elif self.dice.random() < 0.05:
                day = self._ago(20, 180)
                self._visit(woman, day)
                self._consent(woman, day, "service_record", "declined")
            elif self.dice.random() < 0.2:
                self._write(woman, "household_visit", self._ago(3, 150), {"presence": "not_home"})
        for number in sorted(agreed):
            if number % 6 == 0:  # a campaign day has somebody to wait for
                self._consent(women[number], self._ago(2, 20), "screening", "given")
        return sorted(self.drafts, key=lambda draft: draft["t"])

    def _one_who_agreed(self, woman: Row) -> None:
        day = self._ago(25, 200)
        self._visit(woman, day)
        self._consent(woman, day, "service_record", "given")
        if self.dice.random() < (0.8 if woman.method in ("supplies", "none") else 0.1):
            self._consent(woman, day, "supply", "given")
            self._hand_out(woman)
        if self.dice.random() < 0.02:
            sent = {"step": "sent", "urgency": "routine", "reason": "想请技术员看看", "to_facility": "镇卫生院"}
            self._write(woman, "referral", self._ago(10, 24), sent)

    def _visit(self, woman: Row, day: date) -> None:
        answers: dict[str, Any] = {"presence": "met", "purpose": ["education", "followup"], "materials": ["leaflet"]}
        answers["visit_again"] = self.dice.random() < 0.15
        self._write(woman, "household_visit", day, answers)

    def _consent(self, woman: Row, day: date, purpose: str, decision: str) -> None:
        answers: dict[str, Any] = {"purpose": purpose, "decision": decision, "text_version": self.texts[purpose]}
        if decision == "given":
            answers |= {"mode": self.dice.choice(["sign", "sign", "finger"]), "copy_given": True}
        self._write(woman, "consent", day, answers)

    def _hand_out(self, woman: Row) -> None:
        """Condoms by the director; for some, pills by the technician."""
        by_technician = self.dice.random() < 0.25
        item = (
            {"item": "coc", "first_use": False, "screen": "clear", "qty": 3}
            if by_technician
            else {"item": "condom", "qty": 10}
        )
        more = {"point": "centre" if by_technician else "village", "counselled": True, "choice_ok": True}
        day = self._ago(70, 90) if by_technician else self._ago(15, 45)
        lot = lot_of(str(item["item"]), self.today)
        self._write(woman, "contraceptive_supply", day, {**item, **more, **lot}, technician=by_technician)

    def _ago(self, least: int, most: int) -> date:
        return self.today - timedelta(days=self.dice.randint(least, most))

    def _write(self, woman: Row, form: str, day: date, answers: Mapping[str, Any], *, technician: bool = False) -> None:
        actor = self.workers["" if technician else woman.area]
        hour = datetime(day.year, day.month, day.day, 1, tzinfo=UTC) + timedelta(minutes=self.dice.randint(0, 480))
        self.drafts.append({
            "kind": "record", "schema": f"{form}/{self.versions[form]}", "t": int(hour.timestamp() * 1000),
            "actor": actor, "role": "technician" if technician else "director", "area": woman.area,
            "person": woman.person, "household": woman.household,
            "body": {"occurred_on": day.isoformat(), "answers": dict(answers)},
        })  # fmt: skip
