"""Short forms, acronyms and tickers are the entity whose full name the document gives."""

from collections.abc import Callable

import pytest

from pipeline.extraction.mentions.clusters import abbreviates
from tests.unit.extraction.mentions.conftest import Reading

Read = Callable[[str], Reading]


def test_a_surname_stands_for_the_person_named_before(read: Read) -> None:
    reading = read("Eddie Wu spoke first. Wu praised the staff.")
    assert reading.who("Wu") == "Eddie Wu"
    assert reading.kind("Wu") == "surname"


def test_a_surname_written_first_stands_for_the_person(read: Read) -> None:
    assert read("Chinese President Xi Jinping met them. Xi said little.").who("Xi") == "Xi Jinping"


def test_the_nearer_of_two_bearers_of_a_surname_is_meant(read: Read) -> None:
    reading = read("Jack Ma left early. Later Pony Ma arrived. Ma thanked the hosts.")
    assert reading.who("Ma") == "Pony Ma"


def test_exchange_and_ticker_in_brackets(read: Read) -> None:
    reading = read("Alibaba Group Holding Limited (NYSE: BABA) rose. Alibaba fell later.")
    assert reading.who("BABA") == reading.who("Alibaba") == "Alibaba Group Holding Limited"
    assert reading.kind("BABA") == "ticker"
    assert reading.types()["NYSE"] == "organization"
    assert next(e for e in reading.entities if e.name.startswith("Alibaba")).ticker == "BABA"


def test_an_acronym_in_brackets_is_joined(read: Read) -> None:
    reading = read("The Brovanto Credit Union (BCU) closed. BCU had few members.")
    assert reading.who("BCU", 1) == "Brovanto Credit Union"
    assert reading.kind("BCU") == "acronym"


def test_a_general_term_in_brackets_names_nothing(read: Read) -> None:
    assert not read("They pursue artificial general intelligence (AGI) now.").surfaces()


def test_a_short_name_is_joined_but_a_named_unit_is_not(read: Read) -> None:
    reading = read("Zelvora Technologies sold chips. Zelvora grew. Alibaba owns Alibaba Cloud.")
    assert reading.who("Zelvora") == "Zelvora Technologies"
    assert {"Alibaba", "Alibaba Cloud"} <= set(reading.types())


def test_homonyms_stay_apart(read: Read) -> None:
    assert {"Apple", "Apple Daily"} <= set(read("Apple sued. The newspaper Apple Daily closed.").types())


def test_the_knowledge_file_joins_other_names(read: Read) -> None:
    reading = read("The Federal Trade Commission sued. Later the FTC settled.")
    assert reading.who("FTC") == "Federal Trade Commission"
    assert reading.entities[0].knowledge_id == "org:ftc"


@pytest.mark.parametrize(
    ("short", "full", "expected"),
    [
        ("IMF", "International Monetary Fund", True),
        ("FTC", "Federal Trade Commission", True),
        ("DoJ", "Department of Justice", True),
        ("IMF", "International Monetary System", False),
        ("A", "Alibaba", False),
    ],
)
def test_abbreviates(short: str, full: str, expected: bool) -> None:
    assert abbreviates(short, full) is expected
