"""Descriptions and pronouns are resolved where the document says who is meant, and left open where it does not."""

from collections.abc import Callable

from tests.unit.extraction.mentions.conftest import Reading

Read = Callable[[str], Reading]


def test_the_company_is_the_subject_before(read: Read) -> None:
    reading = read("Zelvora Technologies sued Brovanto Inc. The company wants damages.")
    assert reading.who("The company") == "Zelvora Technologies"
    assert reading.kind("The company") == "description"


def test_the_startup_is_the_one_introduced_as_such(read: Read) -> None:
    reading = read("Alibaba denied investing in DeepSeek, a Chinese AI startup. Shares of the startup are not traded.")
    assert reading.who("the startup") == "DeepSeek"


def test_a_description_may_contain_a_name(read: Read) -> None:
    reading = read("Alibaba announced a plan. The Hangzhou-based company gave no details.")
    assert reading.who("The Hangzhou-based company") == "Alibaba"
    assert reading.who("Hangzhou") == "Hangzhou"


def test_a_description_without_anybody_to_mean_is_left_open(read: Read) -> None:
    assert read("On Monday the company gave no details.").who("the company") is None


def test_the_regulator_is_not_just_any_company(read: Read) -> None:
    assert read("Zelvora Technologies sued Brovanto Inc. The regulator kept silent.").who("The regulator") is None


def test_its_is_the_subject_of_the_clause(read: Read) -> None:
    assert read("Microsoft sued Google. Apple praised its engineers.").who("its") == "Apple"


def test_its_in_a_relative_clause_is_the_head(read: Read) -> None:
    text = "Alibaba met DeepSeek, a startup that won users with its low prices."
    assert read(text).who("its") == "DeepSeek"


def test_he_and_she_agree_in_gender(read: Read) -> None:
    reading = read("Mary Barra met Elon Musk. She smiled. He did not.")
    assert (reading.who("She"), reading.who("He")) == ("Mary Barra", "Elon Musk")


def test_it_that_stands_for_nothing_is_no_mention(read: Read) -> None:
    reading = read("Alibaba rose. It is clear that investors like AI.")
    assert all(mention.kind != "pronoun" for mention in reading.mentions)


def test_a_pronoun_in_a_quotation_does_not_reach_out_of_it(read: Read) -> None:
    assert read("Alibaba rose. “I thought it sold books,” an investor said.").who("it") is None


def test_they_is_left_open(read: Read) -> None:
    assert read("Alibaba and Tencent rose. They invest in AI.").who("They") is None
