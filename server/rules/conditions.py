"""The one kind of condition: a field is (not) one of some words, or a whole number compares. Never truth of a value."""

from collections.abc import Mapping

from server.rules.shapes import Answers, Cond, Conds, Matcher, Record

SAFE = 2**53 - 1  # beyond it JavaScript cannot tell neighbours apart


def whole(value: object) -> bool:
    """Whether the value is a whole number that both ends hold exactly; a bool is none."""
    return type(value) is int and -SAFE <= value <= SAFE


def answers_of(record: Record) -> Answers:
    """The record's answers, or nothing if they have the wrong shape."""
    found = record.get("answers")
    return found if isinstance(found, Mapping) else {}


def holds(when: Conds | None, answers: Answers) -> bool:
    """Whether every condition holds; none at all holds. An unanswered field is nothing, so only `not` holds on it."""
    if when is None:
        return True
    if not isinstance(when, list):
        return _holds(when, answers.get(when["field"]))
    for cond in when:  # noqa: SIM110  a generator here costs a third of a push
        if not _holds(cond, answers.get(cond["field"])):
            return False
    return True


def _holds(cond: Cond, value: object) -> bool:
    if "op" in cond:
        return type(value) is int and whole(value) and _compares(cond["op"], value, cond["value"])
    wanted = "is" in cond
    if value is None:
        return not wanted
    listed = cond["is"] if wanted else cond["not"]
    if isinstance(value, str):
        return (value in listed) is wanted
    return any(word in listed for word in words(value)) is wanted


def words(value: object) -> list[str]:
    """The words a condition sees in a value: a text, `true` or `false`, the texts of a list; else none."""
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if isinstance(value, str):
        return [value]
    return [word for word in value if isinstance(word, str)] if isinstance(value, list) else []


def _compares(op: str, left: int, right: int) -> bool:
    if op == ">=":
        return left >= right
    if op == "<=":
        return left <= right
    if op == ">":
        return left > right
    return left < right if op == "<" else left == right


def is_note(record: Record) -> bool:
    """Whether its reader may only know that there is a record, not what it says."""
    return record.get("seen_as") == "note"


def matches(matcher: Matcher, record: Record) -> bool:
    """Whether a record is one that the matcher means; the form `note` means any note, whatever is behind it."""
    if matcher["form"] == "note" or is_note(record):
        return matcher["form"] == "note" and is_note(record)
    roles = matcher.get("roles")
    if record.get("form") != matcher["form"] or (roles is not None and record.get("role") not in roles):
        return False
    return holds(matcher.get("when"), answers_of(record))


def code_units(value: str) -> bytes:
    """Sort key that orders texts as JavaScript does, by UTF-16 code unit."""
    return value.encode("utf-16-be", "surrogatepass")
