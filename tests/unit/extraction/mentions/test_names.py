"""Each rule about names fires where it must and keeps still where it must not."""

from collections.abc import Callable

import pytest

from tests.unit.extraction.mentions.conftest import Reading

Read = Callable[[str], Reading]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Shares in Brovanto Holdings Limited fell on Monday.", "Brovanto Holdings Limited", "organization"),
        ("The deal was led by Mr. Tolvanen of the bank.", "Tolvanen", "person"),
        ("He met analyst Wei Sun on Tuesday.", "Wei Sun", "person"),
        ("They asked Zelvora Research, a market research firm, for data.", "Zelvora Research", "organization"),
        ("They asked Zelvora, a chip startup, for data.", "Zelvora", "organization"),
        ("Users liked the AI chatbot Brimbo on their phones.", "Brimbo", "product"),
        ("A visit to Ostrava-based makers showed it.", "Ostrava", "place"),
        ("The team presented at the Nordlys Summit last week.", "Nordlys Summit", "event"),
        ("Lawmakers passed the Fair Roaming Act in spring.", "Fair Roaming Act", "law"),
        ("The court ruled in Harlan v. Borden on Friday.", "Harlan v. Borden", "law"),
        ("Engineers compared it with Qwen 2.5-Max yesterday.", "Qwen 2.5-Max", "product"),
        ("It was trained by researchers with GPT-4o last year.", "GPT-4o", "product"),
        ("It was shown at NeurIPS 2024 in winter.", "NeurIPS 2024", "event"),
        ("He works for the Food and Drug Administration now.", "Food and Drug Administration", "organization"),
        ("She studied at the University of Tartu in her youth.", "University of Tartu", "organization"),
        ("They flew with American Airlines to the coast.", "American Airlines", "organization"),
        ("Fans of the 'Brimbo' game waited for years.", "Brimbo", "product"),
        ("Customers praised Paris Baguette on Tuesday.", "Paris Baguette", "organization"),
        ("The show had a Galaxy S24 on a table.", "Galaxy S24", "product"),
        ("Regulators fined U.S.-based Brovanto Holdings.", "Brovanto Holdings", "organization"),
        ("Spending rose over Lunar New Year again.", "Lunar New Year", "event"),
        ("Ryanair has bought a Boeing 737-800 jet.", "Boeing 737", "product"),
        ("NEW YORK (Reuters) - Oil prices fell on Tuesday.", "NEW YORK", "place"),
        ("They met the Housing and Urban Development secretary.", "Housing and Urban Development", "organization"),
        ("Lawmakers voted on the Food Safety and Health Act in May.", "Food Safety and Health Act", "law"),
    ],
)
def test_a_name_is_found_with_its_type(read: Read, text: str, name: str, kind: str) -> None:
    assert read(text).types().get(name) == kind


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("Chinese regulators met on Monday in the capital.", {"Chinese", "Monday"}),
        ("The CEO said AI and GPU demand grew in Q3.", {"CEO", "AI", "GPU", "Q3"}),
        ("The S&P 500 rose and the Hang Seng Index fell.", {"S&P 500", "Hang Seng Index", "Hang Seng"}),
        ("However, Investors were wary.", {"However", "Investors"}),
        ("They saw France beat Japan 3-0 and Brazil 21-19.", {"Japan 3", "Brazil 21"}),
        ("Read it at pic.twitter.com/cLT72XQfD3 today.", {"pic.twitter.com/cLT72XQfD3"}),
        ("They met for the Week 11 game and the Phase 2 trial.", {"Week 11", "Week", "Phase 2", "Phase"}),
        ("Maria Lopez, R.D.N., and Peter Chan, M.D., advised them.", {"R.D.N.", "M.D.", "R.D.N", "M.D"}),
        ("Observers expect more. Monetizing apps is hard.", {"Observers", "Monetizing"}),
        ("The drug slows Alzheimer's disease in trials.", {"Alzheimer", "Alzheimer's"}),
        ("Stockholder dividends fell, so the stockholder dividends were small.", {"Stockholder"}),
        ("It pleased the pro-Russian party and the anti-American press.", {"pro-Russian", "anti-American"}),
        ("A Chinese oil company made an offer.", {"A Chinese", "Chinese"}),
        ("It cost Ksh.6.4 trillion and US$3 million.", {"Ksh.6.4", "US$3"}),
    ],
)
def test_what_is_no_entity_is_left_out(read: Read, text: str, absent: set[str]) -> None:
    assert not absent & read(text).surfaces()


def test_a_title_is_no_part_of_the_name(read: Read) -> None:
    reading = read("CEO Eddie Wu met Chinese President Xi Jinping. US President Donald Trump did not.")
    assert {"Eddie Wu", "Xi Jinping", "Donald Trump", "US"} <= reading.surfaces()


def test_a_possessive_divides_maker_and_product(read: Read) -> None:
    types = read("Rivals praised Baidu's Ernie Bot and Google’s Bard.").types()
    assert types == {"Baidu": "organization", "Ernie Bot": "product", "Google": "organization", "Bard": "product"}


def test_two_known_names_side_by_side_are_two(read: Read) -> None:
    assert {"US", "China"} <= read("The US-China talks went on.").surfaces()


def test_a_hyphenated_surname_is_one_name(read: Read) -> None:
    assert "Sam Bankman-Fried" in read("The court sentenced Sam Bankman-Fried in March.").surfaces()


HEADLINE = "Brovanto Buys Rival As Chip War Heats Up Across Markets\n"


def test_a_headline_yields_only_names_known_from_the_body(read: Read) -> None:
    reading = read(HEADLINE + "The firm Brovanto said on Monday that it had bought a rival.")
    assert reading.surfaces() == {"Brovanto"}


def test_a_headline_alone_yields_no_unknown_name(read: Read) -> None:
    assert read(HEADLINE).surfaces() == set()


def test_a_list_heading_is_no_name(read: Read) -> None:
    reading = read("1. Competitive Pressure: Alibaba faces rivals.\n2. Potential Reputation Risk: Alibaba may wait.")
    assert reading.surfaces() == {"Alibaba"}


def test_the_same_name_has_one_type_in_the_document(read: Read) -> None:
    text = "Zelvora, a chip startup, raised money. Investors like Zelvora. Later Zelvora grew in Zelvora labs."
    assert read(text).types() == {"Zelvora": "organization"}


def test_context_decides_between_company_and_product(read: Read) -> None:
    assert read("Users opened the Kimi app and the Kimi chatbot.").types()["Kimi"] == "product"
    assert read("It competes with startups like Kimi for staff.").types()["Kimi"] == "organization"


def test_a_legal_form_after_a_comma_belongs_to_the_name(read: Read) -> None:
    assert read("Orders went to Tyvarn Systems, Inc. on Nov. 18 and Aug. 9.").surfaces() == {"Tyvarn Systems, Inc."}
