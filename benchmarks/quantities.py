"""Quality of quantities and times on published cases: `python -m benchmarks.quantities --data DATA`.

Prints, per set of Recognizers-Text and half (by hash of the input: tuned on, held out), the share of cases of which
every value and unit is exact and nothing else of that kind is found; then what was left out and why; then quantulum3 as
a second view; then the speed on the texts of PolNeAR. `--show` prints the cases that fail, of the tuned half alone.
"""

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from benchmarks.quantities_cases import (
    Case,
    RecognizerSet,
    Result,
    half_of,
    read_exclusions,
    read_quantulum,
    read_recognizers,
)
from pipeline.extraction.model import Quantity, TimeExpression
from pipeline.extraction.quantities import find_quantities
from pipeline.extraction.times import find_times

_DATA_VARIABLE = "WINNOW_TRAINING_DATA"

Value = tuple[str, ...]
"""A value in a normal form that both sides can be brought to."""

_CURRENCIES = {
    "Dollar": ("USD", 1.0),
    "United States dollar": ("USD", 1.0),
    "Hong Kong dollar": ("HKD", 1.0),
    "Australian dollar": ("AUD", 1.0),
    "Canadian dollar": ("CAD", 1.0),
    "New Zealand dollar": ("NZD", 1.0),
    "Cent": ("USD", 0.01),
    "Pound": ("GBP", 1.0),
    "British pound": ("GBP", 1.0),
    "Pence": ("GBP", 0.01),
    "Euro": ("EUR", 1.0),
    "Franc": ("CHF", 1.0),
    "Swiss franc": ("CHF", 1.0),
    "Japanese yen": ("JPY", 1.0),
    "Chinese yuan": ("CNY", 1.0),
    "Peseta": ("ESP", 1.0),
    "Rupee": ("INR", 1.0),
    "Turkish lira": ("TRY", 1.0),
    "Mexican peso": ("MXN", 1.0),
    "Costa Rican colón": ("CRC", 1.0),
    "Georgian lari": ("GEL", 1.0),
    "Lao kip": ("LAK", 1.0),
}
_SECONDS = {
    "second": 1,
    "minute": 60,
    "hour": 3600,
    "day": 86400,
    "week": 604800,
    "fortnight": 1209600,
    "month": 2592000,
    "quarter": 7776000,
    "year": 31536000,
    "decade": 315360000,
}


def _number(value: float) -> str:
    return f"{value:.6g}"


# ── what the cases expect ────────────────────────────────────────────────────────────────────────────────────────────


def _expect_money(result: Result) -> list[Value]:
    if result.resolution is None or result.resolution.value is None:
        return []
    currency, parts = _CURRENCIES.get(result.resolution.unit or "", (result.resolution.unit or "", 1.0))
    return [(_number(float(result.resolution.value) * parts), currency)]


def _expect_number(result: Result) -> list[Value]:
    value = result.resolution.value if result.resolution else None
    return [(_number(float(value.rstrip("%"))),)] if value and value != "null" else []


def _expect_range(result: Result) -> list[Value]:
    value = (result.resolution.value if result.resolution else None) or ""
    low, high = value[1:-1].split(",")
    if low == high:
        return [("eq", _number(float(low)))]
    if low and high:
        return [("between", _number(float(low)), _number(float(high)))]
    if low:
        return [("at_least" if value[0] == "[" else "more_than", _number(float(low)))]
    return [("at_most" if value[-1] == "]" else "less_than", _number(float(high)))]


def _expect_ordinal(result: Result) -> list[Value]:
    return _expect_number(result) if result.type_name == "ordinal" else []


def _expect_duration(result: Result) -> list[Value]:
    return [(_number(float(result.times.future["duration"])),)] if result.times else []


# ── what Winnow finds ────────────────────────────────────────────────────────────────────────────────────────────────


def _find_money(case: Case) -> list[Value]:
    return [(_number(one.low), one.currency or "") for one in find_quantities(case.text) if one.kind == "money"]


def _find_percent(case: Case) -> list[Value]:
    return [(_number(one.low),) for one in find_quantities(case.text) if one.kind == "percent"]


def _plain_value(quantity: Quantity, text: str) -> float:
    """Return the number that the words say: a share in words is a fraction, coins count themselves."""
    words = text[quantity.span.start : quantity.span.end].lower()
    if quantity.kind == "percent" and not any(sign in words for sign in ("%", "per", "point", "bp", "pp")):
        return quantity.low / 100
    return quantity.low


def _find_numbers(case: Case) -> list[Value]:
    values = [(_plain_value(one, case.text), one) for one in find_quantities(case.text)]
    return [(_number(round(value, 4) if one.kind == "percent" else value),) for value, one in values]


def _find_ranges(case: Case) -> list[Value]:
    found: list[Value] = []
    for one in find_quantities(case.text):
        low, high = _plain_value(one, case.text), one.high
        if one.comparator == "between":
            found.append(("between", _number(low), _number(high / 100 if low != one.low else high)))
        elif one.comparator == "up_to":
            found.append(("at_most", _number(low)))
        elif one.comparator != "eq" or case.text[one.span.start : one.span.start + 2].lower() in ("eq", "ex"):
            found.append((one.comparator, _number(low)))
    return found


def _find_ordinals(case: Case) -> list[Value]:
    return [(_number(one.low),) for one in find_quantities(case.text) if one.kind == "rank"]


def _find_durations(case: Case) -> list[Value]:
    return [
        (_number(one.low * _SECONDS[one.unit or ""]),)
        for one in find_quantities(case.text)
        if one.kind == "duration" and one.unit in _SECONDS
    ]


# ── judging ──────────────────────────────────────────────────────────────────────────────────────────────────────────

_VALUE_SETS: dict[RecognizerSet, tuple[Callable[[Result], list[Value]], Callable[[Case], list[Value]]]] = {
    "CurrencyModel": (_expect_money, _find_money),
    "PercentModel": (_expect_number, _find_percent),
    "NumberModel": (_expect_number, _find_numbers),
    "NumberRangeModel": (_expect_range, _find_ranges),
    "OrdinalModel": (_expect_ordinal, _find_ordinals),
    "DurationParser": (_expect_duration, _find_durations),
}
_TIME_SETS: tuple[RecognizerSet, ...] = ("DateParser", "DatePeriodParser")


def _round_fractions(values: list[Value], name: RecognizerSet) -> Counter[Value]:
    if name != "NumberModel":
        return Counter(values)
    return Counter((_number(round(float(value[0]), 4)),) for value in values)


def _judge_values(name: RecognizerSet, case: Case) -> bool:
    expect, find = _VALUE_SETS[name]
    expected = [value for result in case.results for value in expect(result)]
    return _round_fractions(expected, name) == _round_fractions(find(case), name)


def _accepted_periods(result: Result) -> set[tuple[date, date]]:
    """Return the periods that are right, ends inclusive: the reading into the future and that into the past."""
    accepted: set[tuple[date, date]] = set()
    if result.times is None:
        return accepted
    for reading in (result.times.future, result.times.past):
        if "date" in reading:
            accepted.add((date.fromisoformat(reading["date"]), date.fromisoformat(reading["date"])))
        elif "startDate" in reading and "endDate" in reading:
            start, end = date.fromisoformat(reading["startDate"]), date.fromisoformat(reading["endDate"])
            accepted |= {(start, end - timedelta(days=1)), (start, end)}
    return accepted


def _judge_times(case: Case) -> bool:
    found = [one for one in find_times(case.text, case.read_on) if one.start or one.end]
    if len(found) != len(case.results):
        return False
    return all(_is_period(one, _accepted_periods(result)) for one, result in zip(found, case.results, strict=True))


def _is_period(found: TimeExpression, accepted: set[tuple[date, date]]) -> bool:
    return (found.start, found.end) in accepted


def _judge(name: RecognizerSet, case: Case) -> bool:
    return _judge_times(case) if name in _TIME_SETS else _judge_values(name, case)


def _describe(name: RecognizerSet, case: Case) -> str:
    if name in _TIME_SETS:
        found = [f"{one.start}..{one.end}" for one in find_times(case.text, case.read_on)]
        expected = [
            " | ".join(f"{low}..{high}" for low, high in sorted(_accepted_periods(one))) for one in case.results
        ]
    else:
        expect, find = _VALUE_SETS[name]
        expected = [str(value) for result in case.results for value in expect(result)]
        found = [str(value) for value in find(case)]
    return f"  {name} {case.read_on or ''} {case.text!r}\n    expected {expected}\n    found    {found}"


def report_recognizers(folder: Path, *, show: bool) -> None:
    """Print the share of exact cases per set and half, and what was left out."""
    exclusions = read_exclusions()
    left_out: Counter[tuple[RecognizerSet, str]] = Counter()
    failures: list[str] = []
    print(f"{'set':<18}{'tuned on':>20}{'held out':>20}{'left out':>10}")
    for name in (*_VALUE_SETS, *_TIME_SETS):
        right: Counter[str] = Counter()
        total: Counter[str] = Counter()
        for case in read_recognizers(folder, name):
            covering = next((one for one in exclusions if one.covers(name, case)), None)
            if covering is not None:
                left_out[name, covering.reason] += 1
                continue
            half = half_of(case.text)
            total[half] += 1
            is_right = _judge(name, case)
            right[half] += is_right
            if not is_right and half == "tuned":
                failures.append(_describe(name, case))
        cells = "".join(f"{_share(right[half], total[half]):>20}" for half in ("tuned", "held out"))
        print(f"{name:<18}{cells}{sum(count for key, count in left_out.items() if key[0] == name):>10}")
    print("\nleft out")
    for (name, reason), count in sorted(left_out.items()):
        print(f"  {name:<18}{count:>4}  {reason}")
    if show:
        print("\nfailing, of the tuned half", *failures, sep="\n")


def _share(right: int, total: int) -> str:
    return f"{right}/{total} = {right / total:.3f}" if total else "-"


def report_quantulum(folder: Path) -> None:
    """Print how many of quantulum3's values Winnow finds; it also wants numbers in names, dates and formulas."""
    found = total = 0
    for case in read_quantulum(folder):
        values = Counter(_number(round(_plain_value(one, case.text), 4)) for one in find_quantities(case.text))
        lows = Counter(_number(round(one.value - one.uncertainty, 4)) for one in case.results)
        found += sum((values & lows).values())
        total += sum(lows.values())
    print(
        f"\nquantulum3: values found {_share(found, total)} (lower ends of ranges; names, years and formulas included)"
    )


def report_speed(folder: Path) -> None:
    """Print the words a second that both finders together read, in processor time of one core."""
    texts = [path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))]
    words = sum(len(text.split()) for text in texts)
    started = time.process_time()
    for text in texts:
        find_quantities(text)
        find_times(text, date(2016, 10, 1))
    elapsed = time.process_time() - started
    print(f"\nspeed: {words / elapsed:,.0f} words a second ({words} words)")


def main() -> int:
    """Print the report; return 2 with a message if the data is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=os.environ.get(_DATA_VARIABLE), help=f"default: ${_DATA_VARIABLE}")
    parser.add_argument("--show", action="store_true", help="print the failing cases of the tuned half")
    arguments = parser.parse_args()
    folder = Path(arguments.data) / "quantities" if arguments.data else None
    if folder is None or not folder.is_dir():
        print(f"No data: give --data or set {_DATA_VARIABLE} to a folder that holds quantities/.", file=sys.stderr)
        return 2
    report_recognizers(folder / "recognizers", show=arguments.show)
    report_quantulum(folder / "quantulum3")
    report_speed(folder.parent / "quotes" / "polnear" / "text")
    return 0


if __name__ == "__main__":
    sys.exit(main())
