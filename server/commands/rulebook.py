"""`suifang rulebook`: check the whole book, print a form for a clinician."""

from __future__ import annotations

import click

from server.commands.door import Door, verb
from server.errors import BadInput, NotFound
from server.rules import book, printed, unconfirmed
from server.rules.vocabulary import RulebookError


@click.group()
def rulebook() -> None:
    """检查规则文件。The rulebook: forms, schedules and indicators as data."""


def _load(door: Door) -> book.Book:
    try:
        return book.load(door.settings.rulebook)
    except (RulebookError, ValueError) as fault:
        raise BadInput(str(fault), code="bad_rulebook") from fault


@rulebook.command()
@verb
def check(door: Door) -> None:
    """Read every file of the rulebook and check it against the closed vocabulary.

    Prints how many forms, fields, schedules and indicators there are, and how many values the local authority has still
    to confirm (status L). The first fault ends it with code bad_rulebook, the file and the place in it.
    """
    found = _load(door)
    counts = {
        "forms": len(found.forms),
        "fields": printed.fields_of(found),
        "schedules": len(found.schedules),
        "indicators": len(found.indicators) + len(found.rates["rates"]),
        "to_be_confirmed": len(unconfirmed.values(found)),
    }
    words = "  ".join(f"{name} {count}" for name, count in counts.items())
    door.answer(counts, f"规则文件没有问题 The rulebook is sound: {words}")


@rulebook.command()
@click.argument("form")
@verb
def show(door: Door, form: str) -> None:
    """Print a form for a clinician to review on paper: every question, range, rule, source, and what falls due.

    FORM is an id such as anc, or an id with a version such as referral/1. What has still to be confirmed by the local
    authority is marked ★. With --json the form itself. Codes of refusal: unknown_form.
    """
    found = _load(door)
    shown = found.forms.get(form) or found.form(form)
    if shown is None:
        raise NotFound(
            f"没有这张表 There is no such form: {form}; 有 known: {', '.join(found.forms)}", code="unknown_form"
        )
    door.answer(shown, printed.sheet(found, shown))
