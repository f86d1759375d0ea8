"""Reliability of confidence is measured as it is defined."""

import pytest

from benchmarks.calibration import Verdict, measure_error, sort_into_bins


def make_verdicts(confidence: float, right: int, wrong: int) -> list[Verdict]:
    return [Verdict("article", confidence, is_right) for is_right in [True] * right + [False] * wrong]


def test_confidence_that_comes_true_has_no_error() -> None:
    bins = sort_into_bins(make_verdicts(0.75, 3, 1) + make_verdicts(0.25, 1, 3))
    assert [(row.start, row.claims) for row in bins] == [(0.2, 4), (0.7, 4)]
    assert measure_error(bins) == 0


def test_errors_of_bins_weigh_by_their_claims() -> None:
    bins = sort_into_bins(make_verdicts(1.0, 0, 1) + make_verdicts(0.5, 3, 0))
    assert measure_error(bins) == pytest.approx((1 * 1.0 + 3 * 0.5) / 4)


def test_too_much_and_too_little_confidence_do_not_make_up_for_each_other() -> None:
    bins = sort_into_bins(make_verdicts(0.55, 20, 0) + make_verdicts(0.95, 10, 10))
    assert measure_error(bins) == pytest.approx(0.45)


def test_the_interval_holds_the_share_and_narrows_with_claims() -> None:
    few, many = (sort_into_bins(make_verdicts(0.85, 9 * times, times))[0] for times in (1, 100))
    assert few.low < many.low < 0.9 < many.high < few.high < 1
    assert (few.low, few.high) == pytest.approx((0.596, 0.982), abs=0.001)
