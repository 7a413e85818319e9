"""Shapes of the desk: figures, persons, villages."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from server.api.schemas.common import area, text, uuid
from server.reports.rounds import PERIODS

PART = validate.Regexp(r"^[a-z0-9_]{1,40}\Z")


class FigureAsked(Schema):
    area = area(required=True)
    on = fields.Date(format="%Y-%m-%d", metadata={"description": "base date; today when left out"})


class Figure(Schema):
    """Counts are null where they are too small for who asks; `hidden` says how many, `k` what the smallest shown is."""

    numerator = fields.Integer(required=True, allow_none=True)
    denominator = fields.Integer(required=True, allow_none=True)
    percent = fields.String(required=True, allow_none=True)
    mix = fields.Dict(keys=fields.String(), values=fields.Integer(allow_none=True), required=True)
    base = fields.String(required=True, metadata={"description": "who is counted, in Chinese"})
    base_en = fields.String(required=True)
    area = fields.String(required=True)
    on = fields.String(required=True)
    hidden = fields.Integer(required=True)
    k = fields.Integer(required=True)


class RowsAsked(FigureAsked):
    part = fields.String(
        required=True, validate=PART, metadata={"description": "numerator, denominator, none, or a method"}
    )
    after = uuid(metadata={"description": "`next` of the page before"})


class NamedArea(Schema):
    code = fields.String(required=True)
    name = fields.String(required=True)


class FigureRow(Schema):
    person = uuid(required=True)
    name = fields.String(required=True, metadata={"description": "masked"})
    area = fields.Nested(NamedArea, required=True)
    number = fields.String(required=True, allow_none=True, metadata={"description": "door plate"})
    method = fields.String(required=True)
    record = uuid(required=True, allow_none=True)
    occurred_on = fields.String(required=True, allow_none=True)
    author = fields.String(required=True)
    role = fields.String(required=True, allow_none=True)
    source = fields.String(required=True, allow_none=True)


class FigureRows(Schema):
    rows = fields.List(fields.Nested(FigureRow), required=True)
    next = uuid(required=True, allow_none=True)
    total = fields.Integer(required=True)


class Plate(Schema):
    id = uuid(required=True)
    group = fields.String(required=True, allow_none=True)
    number = fields.String(required=True, allow_none=True)


class SearchAsked(Schema):
    q = text(1, 40, metadata={"description": "name, pinyin, or the last four or more places of a number"})
    area = area(metadata={"description": "township; one's own when left out"})


class Ready(Schema):
    people = fields.Integer(required=True, metadata={"description": "how many can be found"})


class PersonLine(Schema):
    id = uuid(required=True)
    name = fields.String(required=True)
    sex = fields.String(required=True, allow_none=True)
    birth = fields.Raw(required=True, allow_none=True, metadata={"description": "YYYY-MM-DD or {year, month?}"})
    phone = fields.String(required=True, metadata={"description": "masked"})
    id_number = fields.String(required=True, metadata={"description": "masked"})
    area = fields.Nested(NamedArea, required=True)
    household = fields.Nested(Plate, required=True)


class People(Schema):
    people = fields.List(fields.Nested(PersonLine), required=True)


class ConsentShape(Schema):
    purpose = fields.String(required=True)
    decision = fields.String(required=True)
    occurred_on = fields.String(required=True)
    expires_on = fields.String(required=True, allow_none=True)
    record = uuid(required=True)


class Author(Schema):
    id = fields.String(required=True)
    name = fields.String(required=True)
    role = fields.String(required=True)


class RecordShape(Schema):
    """A clinical record shows that there is one, when and by whom, and nothing of what is in it."""

    id = uuid(required=True)
    form = fields.String(required=True, allow_none=True)
    clinical = fields.Boolean(required=True)
    purpose = fields.String(required=True, allow_none=True)
    occurred_on = fields.String(required=True)
    author = fields.Nested(Author, required=True)
    source = fields.String(required=True)
    status = fields.String(required=True)
    answers = fields.Dict(required=True, allow_none=True)


class Looker(Schema):
    id = fields.String(required=True)
    name = fields.String(required=True)


class Reader(Schema):
    at = fields.Integer(required=True, metadata={"description": "ms since 1970"})
    worker = fields.Nested(Looker, required=True)


class PersonPage(Schema):
    """`readers`: who opened this page before, newest first; this look joins them."""

    id = uuid(required=True)
    name = fields.String(required=True)
    sex = fields.String(required=True, allow_none=True)
    birth = fields.Raw(required=True, allow_none=True)
    phone = fields.String(required=True, allow_none=True)
    relation = fields.String(required=True, allow_none=True)
    marital = fields.String(required=True, allow_none=True)
    residence = fields.String(required=True, allow_none=True)
    residence_place = fields.String(required=True, allow_none=True)
    children = fields.Integer(required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)
    id_number = fields.String(required=True, metadata={"description": "masked"})
    area = fields.Nested(NamedArea, required=True)
    household = fields.Nested(Plate, required=True)
    consents = fields.List(fields.Nested(ConsentShape), required=True)
    records = fields.List(fields.Nested(RecordShape), required=True)
    readers = fields.List(fields.Nested(Reader), required=True)


class TownshipAsked(Schema):
    area = area(metadata={"description": "township; one's own when left out"})


class Director(Schema):
    """What her phones in use last said of themselves; times in ms."""

    id = uuid(required=True)
    name = fields.String(required=True)
    phones = fields.Integer(required=True)
    unsent = fields.Integer(required=True, allow_none=True)
    last_seen = fields.Integer(required=True, allow_none=True)
    last_push_at = fields.Integer(required=True, allow_none=True)


class Village(Schema):
    """`done`, `waiting`, `late` count offers of service, worked out from records as they stand."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    households = fields.Integer(required=True)
    persons = fields.Integer(required=True)
    done = fields.Integer(required=True)
    waiting = fields.Integer(required=True)
    late = fields.Integer(required=True)
    directors = fields.List(fields.Nested(Director), required=True)


class VillagesAsked(TownshipAsked):
    period = fields.String(load_default="week", validate=validate.OneOf(PERIODS))


class Villages(Schema):
    since = fields.String(required=True)
    on = fields.String(required=True)
    until = fields.String(required=True)
    villages = fields.List(fields.Nested(Village), required=True)
    declined = fields.Integer(
        required=True, allow_none=True, metadata={"description": "the township's total; null below k"}
    )
    k = fields.Integer(required=True)


class AreaShape(Schema):
    code = fields.String(required=True)
    name = fields.String(required=True)
    level = fields.String(required=True)


class Areas(Schema):
    areas = fields.List(fields.Nested(AreaShape), required=True)
