"""Shapes of the rulebook (as its JSON files hold them) and of what the rules answer.

A record, for every function here, is a plain mapping
`{id, form, occurred_on, answers, role, author, person, household?, status: "live" | "void", days?}` (`days`: the county's
decision on days that it was written under); a note about a clinical record has `seen_as: "note"` and `{of?, purpose?,
next?: "YYYY-MM"}` besides. It comes from a phone or a database, so nothing in it is trusted to have the right type.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NotRequired, TypeAlias, TypedDict

Record: TypeAlias = Mapping[str, object]
Answers: TypeAlias = Mapping[str, object]
Level: TypeAlias = Literal["error", "warn"]
State: TypeAlias = Literal["later", "due", "overdue"]


class Words(TypedDict):
    """One text in both languages."""

    zh: str
    en: str


# One kind of condition: a field is one of some words (`is`), is none of them or unanswered (`not`), or a whole number compares.
Cond = TypedDict("Cond", {"field": str, "is": list[str], "not": list[str], "op": str, "value": int}, total=False)
Conds: TypeAlias = Cond | list[Cond]


class Option(Words):
    """One choice of a `code` or `multi` field; `unit` is what one piece of it is called. `hidden` is in no file: a county does
    not offer it."""

    code: str
    unit: NotRequired[Words]
    hidden: NotRequired[bool]


class NotUnder(TypedDict):
    """An age in completed years that nobody can have been under on that day, where the condition holds."""

    age: int
    status: str
    when: NotRequired[Conds]


class Field(Words):
    """One question. `min`, `max` refuse; `warn` is the usual range; `roles` are those who are asked.

    `digits`: the whole number stands for that many decimal places (365 with 1 is 36.5). `not_before` names an earlier date
    field, `at_most` an earlier number. `of`: the columns of a `lines` field, whose answer is a list of objects.
    """

    key: str
    type: str
    status: str
    unit: NotRequired[Words]
    options: NotRequired[list[Option]]
    alone: NotRequired[list[str]]
    min: NotRequired[int]
    max: NotRequired[int]
    warn: NotRequired[list[int]]
    digits: NotRequired[int]
    max_length: NotRequired[int]
    vague: NotRequired[bool]
    not_after: NotRequired[str]
    after: NotRequired[str]
    not_before: NotRequired[str]
    not_under: NotRequired[NotUnder]
    at_most: NotRequired[str]
    of: "NotRequired[list[Field]]"
    required: NotRequired[bool]
    when: NotRequired[Conds]
    roles: NotRequired[list[str]]
    hint: NotRequired[Words]
    errors: NotRequired[dict[str, Words]]


class Rule(Words):
    """What follows from answers: `warn` and `refer` inform, `block` is an error. `urgency` goes into the referral.

    A `refer` holds back what she came for unless it `goes_on`: then that is given all the same.
    """

    id: str
    field: str
    when: Conds
    then: str
    status: str
    roles: NotRequired[list[str]]
    urgency: NotRequired[str]
    goes_on: NotRequired[bool]


class YearNote(Words):
    """A soft note when a calendar year's sum passes `limit`; it never refuses anything."""

    id: str
    field: str
    sum: str
    items: list[str]
    limit: int
    status: str


class AgeNote(Words):
    """What a role is told about a person younger than `under` years; it stands outside the record."""

    id: str
    under: int
    roles: list[str]
    status: str


class EpisodeRule(Words):
    """What begins and ends an episode. `since`: who begins it names its first day in this field, due `days` later;
    `ended`: fields in which its end is named.
    """

    begins: "list[Matcher]"
    ends: "list[Matcher]"
    since: str
    days: int
    ended: list[str]
    status: str


class Form(Words):
    """A form, one version of it; `schema` on the wire is `<id>/<version>`."""

    id: str
    version: int
    subject: str
    writers: list[str]
    readers: dict[str, list[str]]
    min_age: NotRequired[dict[str, int]]
    consent: str | None
    fields: list[Field]
    rules: list[Rule]
    year_notes: NotRequired[list[YearNote]]
    age_notes: NotRequired[list[AgeNote]]
    episode: NotRequired[EpisodeRule]
    status: str


class Matcher(TypedDict):
    """Records of a form whose answers hold; the form `note` means any note about a clinical record."""

    form: str
    when: NotRequired[Conds]
    roles: NotRequired[list[str]]


class Anchor(Matcher):
    """What a schedule counts from: the first of `date` that is answered, on the record that `pick` finds."""

    date: list[str]
    pick: str
    why: Words


class Per(TypedDict):
    """A due day that comes sooner when less was handed out: `days` for each piece in `field`."""

    field: str
    days: int


class Step(Words):
    """Days from the anchor: shown from `opens`, meant for `due`, late from `overdue` on, gone from `expire` on."""

    due: int
    opens: int
    overdue: int
    expire: int
    per: NotRequired[Per]


class Repeat(Step):
    """The first repetition's days, again each `every` days; `n` is the number its words show first."""

    every: int
    n: int


class Decline(TypedDict):
    """After one of `by` nothing of the schedule is shown for `rest_days`."""

    by: list[Matcher]
    rest_days: int
    status: str


Changed = TypedDict("Changed", {"n": int, "as": "Schedule"})


class Schedule(Words):
    """When an offer of service is due; `kind` is `record`, or `note` for what a note's month says. `private`: its days follow
    from a finding, so no note tells them. `changed` is in no file: it with the days of a county's decisions, by number."""

    id: str
    version: int
    kind: str
    active: bool
    variant_of: NotRequired[str]
    form: str | None
    consent: str | None
    key: NotRequired[str]
    match: NotRequired[str]
    anchors: list[Anchor]
    steps: list[Step]
    then: NotRequired[Repeat]
    private: NotRequired[bool]
    done_by: list[Matcher]
    stop: list[Matcher]
    decline: Decline
    changed: NotRequired[list[Changed]]
    why: NotRequired[Words]
    expire: NotRequired[int]
    status: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark on a set of answers. `field` is "" for the whole; `rule` names the rule behind it, or is ""."""

    field: str
    code: str
    level: Level
    rule: str = ""


@dataclass(frozen=True, slots=True)
class DueItem:
    """One offer that is due, and why. Days are `YYYY-MM-DD`; `closes` is the last day in time, `late` days since then."""

    schedule: str
    record: str
    person: str | None
    household: str | None
    form: str | None
    due: str
    opens: str
    closes: str
    expires: str
    state: State
    late: int
    why: Words
