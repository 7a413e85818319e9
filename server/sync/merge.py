"""What to do with each field of a patch. Pure, so that a simulator can ask it a million times."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

Verdict: TypeAlias = Literal["apply", "same", "conflict"]


def judge(
    offered: Mapping[str, Any], base: Mapping[str, str | None], values: Mapping[str, Any], rev: Mapping[str, str]
) -> dict[str, Verdict]:
    """A verdict a field. `base` is what the phone had seen, `values` and `rev` are what stands.

    A field applies when the phone had seen its present revision; the same value is never a clash; everything else is
    kept and asked. No clock has a say.
    """
    return {name: _verdict(name, value, base, values, rev) for name, value in offered.items()}


def _verdict(
    name: str, value: Any, base: Mapping[str, str | None], values: Mapping[str, Any], rev: Mapping[str, str]
) -> Verdict:
    if name in rev and values.get(name) == value:
        return "same"
    return "apply" if base.get(name) == rev.get(name) else "conflict"
