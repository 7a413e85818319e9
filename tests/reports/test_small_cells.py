"""What leaves the station: small counts are hidden, and nothing that is shown gives them away."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from server.reports.small_cells import Guarded, guard, k_for

METHODS = ("iud", "ster_f", "supplies", "pill", "ster_m")


def guarded(k: int = 5, **counts: int) -> Guarded:
    above = sum(count for code, count in counts.items() if code != "none")
    return guard(above, above + counts.get("none", 0), "50.00", counts, k)


def test_the_station_sees_everything() -> None:
    found = guarded(k_for("station"), iud=3, none=1)
    assert (found.numerator, found.mix, found.hidden) == (3, {"iud": 3, "none": 1}, 0)


def test_large_counts_leave_as_they_are() -> None:
    found = guarded(iud=804, ster_f=243, none=110)
    assert (found.mix, found.hidden) == ({"iud": 804, "ster_f": 243, "none": 110}, 0)


def test_one_small_count_takes_the_next_smallest_with_it() -> None:
    found = guarded(iud=804, ster_f=243, supplies=47, ster_m=2, none=110)
    assert found.mix == {"iud": 804, "ster_f": 243, "supplies": None, "ster_m": None, "none": 110}
    assert (found.numerator, found.denominator, found.percent) == (1096, 1206, "50.00")


def test_a_small_numerator_or_its_complement_hides_the_figure() -> None:
    for counts in ({"iud": 3, "none": 80}, {"iud": 80, "none": 3}, {"iud": 80}, {"none": 80}):
        found = guarded(**counts)
        assert (found.numerator, found.percent, set(found.mix.values())) == (None, None, {None})
        assert found.denominator == sum(counts.values())


def test_a_small_base_hides_everything() -> None:
    found = guarded(iud=2, none=1)
    assert (found.numerator, found.denominator, found.percent) == (None, None, None)


def test_the_county_hides_below_5_and_above_it_below_10() -> None:
    assert (k_for("county"), k_for("above_county")) == (5, 10)


@given(st.dictionaries(st.sampled_from((*METHODS, "none")), st.integers(0, 60)), st.sampled_from([5, 10]))
def test_no_hidden_count_below_k_can_be_worked_out(counts: dict[str, int], k: int) -> None:
    found = guarded(k, **counts)
    shown = {code: count for code, count in found.mix.items() if count is not None}
    assert all(count == 0 or count >= k for code, count in shown.items()) or found.denominator == 0
    if found.numerator is None:
        return
    hidden = [counts[code] for code in counts if code not in shown]
    assert not hidden or (len(hidden) > 1 and sum(hidden) >= k)
