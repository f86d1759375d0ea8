"""Dates as pages write them.

What belongs here: reading one calendar date out of a string. What does not: where such strings stand on a page, and
time expressions in the running text, which are extraction's.
"""

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?<!\d)(?P<year>(?:19|20)\d\d)[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d{1,3}(?!\d))",
        rf"\b{_MONTH}\s*{_DAY},?\s+(?:at\s+[\d:]+\s*(?:[ap]m)?,?\s+)?(?P<year>(?:19|20)\d\d)\b",
        rf"\b{_DAY}\.?(?:\s+of)?[\s-]+{_MONTH},?[\s-]+(?P<year>(?:19|20)\d\d)\b",
    )
)
_ALL_DIGITS = re.compile(r"(?<!\d)(?P<first>\d{1,2})[/.](?P<second>\d{1,2})[/.](?P<year>(?:19|20)\d\d)(?!\d)")


def read_date(text: str) -> date | None:
    """Return the first calendar date that `text` states in full, None where it states none or one that cannot be.

    Read are ISO 8601 dates, dates with an English month name in either order, and dates in digits; of the last, month
    first as in the United States unless only the other order is a date.
    """
    for form in _FORMS:
        match = form.search(text)
        if match is not None:
            found = _make_date(match["year"], _month_number(match["month"]), match["day"])
            if found is not None:
                return found
    match = _ALL_DIGITS.search(text)
    if match is None:
        return None
    year, first, second = match["year"], match["first"], match["second"]
    return _make_date(year, first, second) or _make_date(year, second, first)


def _month_number(month: str) -> str:
    return month if month.isdigit() else str(_MONTHS.index(month[:3].lower()) + 1)


def _make_date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
