"""A fact keeps its identifier while its first report stays, and no other fact takes it."""

from collections.abc import Iterable

from tests.unit.resolution.world import World

_Report = tuple[str, str | None, str, float]


def identify(reports: Iterable[_Report]) -> dict[str, str]:
    """Return the identifier of the fact that each report of a valuation makes, by the report's name."""
    world = World()
    claims: dict[str, str] = {}
    for name, published_on, text, value in reports:
        document = world.document(name, published_on)
        claims[name] = world.money(document, "valuation", world.entity(document, "Quillmark"), text, value)
    resolved = world.resolve()
    return {name: world.fact_of(resolved, claim)["fact_id"] for name, claim in claims.items()}


FIRST: _Report = ("first", "2024-05-01", "$2.8 billion", 2.8e9)
PRECISE: _Report = ("precise", "2024-05-03", "$2.81bn", 2.81e9)
EXACT: _Report = ("exact", "2024-05-04", "$2.812 billion", 2.812e9)
MUCH_LATER: _Report = ("much later", "2026-05-01", "$2.8 billion", 2.8e9)


def test_a_more_precise_report_leaves_the_identifier_as_it_is() -> None:
    alone = identify([FIRST])["first"]
    assert set(identify([FIRST, PRECISE]).values()) == {alone}
    assert set(identify([FIRST, PRECISE, EXACT]).values()) == {alone}


def test_the_loss_of_the_leading_report_leaves_the_identifier_as_it_is() -> None:
    assert identify([FIRST, PRECISE, EXACT])["precise"] == identify([FIRST, PRECISE])["precise"]


def test_the_loss_of_the_first_report_changes_it() -> None:
    assert identify([FIRST, PRECISE])["precise"] != identify([PRECISE])["precise"]


def test_the_same_said_again_years_later_is_another_fact_with_or_without_the_first() -> None:
    both = identify([FIRST, MUCH_LATER])
    assert both["first"] != both["much later"]
    assert identify([MUCH_LATER])["much later"] == both["much later"]


def test_twins_of_one_day_are_told_apart() -> None:
    world = World()
    document = world.document("first", "2024-05-01")
    company = world.entity(document, "Quillmark")
    claims = [
        world.money(document, "metric", company, "$2.53", 2.53, object_text=measure)
        for measure in ("earnings per share", "dividend")
    ]
    facts = [world.fact_of(world.resolve(), claim)["fact_id"] for claim in claims]
    assert len(set(facts)) == 2


def test_undated_reports_have_an_identifier_too() -> None:
    undated = ("undated", None, "$2.8 billion", 2.8e9)
    assert identify([undated])["undated"].startswith("fact_")
