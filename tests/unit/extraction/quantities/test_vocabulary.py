"""That the vocabularies are what the grammar takes them for."""

import pytest
from pydantic import ValidationError

from pipeline.extraction.quantities.vocabulary import CODES, CURRENCIES, CURRENCY_NAMES, Numbers, Subunit


def test_every_currency_is_an_iso_code() -> None:
    named = {
        *CURRENCIES.names.values(),
        *CURRENCIES.before.values(),
        *CURRENCIES.signs.values(),
        *CURRENCIES.signed.values(),
    }
    assert named <= CODES
    assert {unit.currency for unit in CURRENCIES.subunits} <= CODES


def test_names_of_babel_are_known() -> None:
    assert CURRENCY_NAMES["swiss", "francs"] == "CHF"
    assert CURRENCY_NAMES["kenyan", "shillings"] == "KES"


def test_bare_names_are_read_as_news_reads_them() -> None:
    assert CURRENCY_NAMES[("dollars",)] == "USD"
    assert CURRENCY_NAMES[("yuan",)] == "CNY"


def test_unknown_keys_are_errors() -> None:
    with pytest.raises(ValidationError):
        Numbers.model_validate({"unit": {}})
    with pytest.raises(ValidationError):
        Subunit(names=frozenset({"cent"}), currency="dollar", parts=100)
