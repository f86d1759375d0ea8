"""Stories about money between parties: a funding round, an acquisition, a denied rumour, a fine.

What belongs here: what happens, who reports it how, and what resolution should make of it.
"""

from benchmarks.resolution_set.articles import Article, Planted, Value
from benchmarks.resolution_set.stage import Stage


def tell_funding(stage: Stage) -> None:
    """A start-up raises money: rounded figures, one origin behind three outlets, an older valuation that is updated."""
    room, wording, random = stage.room, stage.wording, stage.random
    startup, investor = stage.names.company("funded"), stage.names.plain_company("funder")
    origin, *others = stage.pick_outlets(6)
    day = stage.day()
    raised, old, new = random.uniform(310, 890) * 1e6, random.uniform(1.1, 1.9) * 1e9, random.uniform(2.3, 4.8) * 1e9

    def money_in(value: Value, fact: str, by: bool = True) -> Planted:
        return Planted(fact, "raise_funding", startup, investor if by else None, value)

    for outlet, digits in zip(others[:2], random.sample((2, 3), 2), strict=True):
        round_size, worth = wording.money(raised, digits), wording.money(new, digits)

        def write(article: Article, round_size: Value = round_size, worth: Value = worth) -> None:
            article.say(
                stage.choose(
                    "{who} raised {much} from {investor}.", "{who} has secured {much} in a round led by {investor}."
                ),
                money_in(round_size, "funding.round"),
                who=startup,
                much=round_size,
                investor=investor,
            ).say(
                stage.choose("The deal values {who} at {worth}.", "{who} is now worth {worth}."),
                Planted("funding.valuation", "valuation", startup, None, worth),
                who=startup,
                worth=worth,
            )

        stage.report(outlet, stage.later(day, 0, 2), write)
    for outlet in others[2:5]:
        cited = wording.money(new, random.choice((2, 3)))

        def cite(article: Article, cited: Value = cited) -> None:
            article.say(
                stage.choose(
                    "{who} is valued at {worth}, according to {origin}.",
                    "{origin} reported that {who} is worth {worth}.",
                ),
                Planted("funding.valuation", "valuation", startup, None, cited, origin, {"modality": "rumoured"}),
                who=startup,
                worth=cited,
                origin=origin,
            ).say("{investor} did not return calls.", investor=investor)

        stage.report(outlet, stage.later(day, 0, 3), cite)
    loose = wording.money(1e9, 1, comparator="more_than")
    former = wording.money(old, 2)

    def recall(article: Article) -> None:
        article.say(
            "{who} was valued at {former} in its last round.",
            Planted("funding.old_valuation", "valuation", startup, None, former),
            who=startup,
            former=former,
        )

    stage.report(others[0], stage.later(day, -300, -150), recall)

    def mention_loosely(article: Article) -> None:
        article.say(
            "{who} is one of the firms worth {loose}.",
            Planted("funding.loose", "valuation", startup, None, loose),
            who=startup,
            loose=loose,
        ).say("{investor} is among its backers.", investor=investor)

    stage.report(others[1], stage.later(day, 4, 9), mention_loosely)
    room.expect("funding.valuation", "updates", "funding.old_valuation")
    room.expect("funding.valuation", "supports", "funding.loose")
    room.source_counts["funding.round"] = 2
    room.source_counts["funding.valuation"] = 3


def tell_acquisition(stage: Stage) -> None:
    """A company buys another: one outlet has another price on the same day; months later the price is cut."""
    room, wording, random = stage.room, stage.wording, stage.random
    buyer, target = stage.names.company("buyer"), stage.names.company("target")
    first, second, third, rival, last = stage.pick_outlets(5)
    day, price = stage.day(), random.uniform(2.2, 6.4) * 1e9
    rival_price, final_price = price * random.uniform(1.3, 1.6), price * random.uniform(0.7, 0.85)

    def write(article: Article, much: Value, fact: str) -> None:
        article.say(
            stage.choose(
                "{buyer} agreed to buy {target} for {much}.",
                "{buyer} is acquiring {target} in a deal worth {much}.",
                "{target} will be taken over by {buyer} for {much}.",
            ),
            Planted(fact, "acquire", buyer, target, much),
            buyer=buyer,
            target=target,
            much=much,
        ).say(stage.choose("{buyer} rose in early trading.", "Shareholders of {buyer} must agree."), buyer=buyer)

    for outlet, digits in ((first, 2), (second, 3), (third, 4)):
        much = wording.money(price, digits)
        stage.report(
            outlet, stage.later(day, 0, 1), lambda article, much=much: write(article, much, "acquisition.price")
        )
    other = wording.money(rival_price, 2)
    stage.report(rival, stage.later(day, 0, 1), lambda article: write(article, other, "acquisition.rival_price"))
    final = wording.money(final_price, 3)
    stage.report(last, stage.later(day, 90, 200), lambda article: write(article, final, "acquisition.final_price"))
    room.relations |= {
        ("acquisition.rival_price", "acquisition.price", "contradicts"),
        ("acquisition.final_price", "acquisition.price", "updates"),
        ("acquisition.final_price", "acquisition.rival_price", "updates"),
    }
    room.source_counts["acquisition.price"] = 3


def tell_denied_rumour(stage: Stage) -> None:
    """An investment is rumoured in copies of one wire story; the company denies it elsewhere, an outlet doubts it."""
    room = stage.room
    giant, startup = stage.names.company("giant"), stage.names.plain_company("courted")
    wire, *others = stage.pick_outlets(5)
    day = stage.day()
    sentence = stage.choose(
        "{giant} is reportedly putting money into {startup}, a maker of software for hospitals.",
        "{giant} has reportedly bought into {startup}, whose software runs in many hospitals.",
    )
    rumour = Planted("rumour.investment", "invest", giant, startup, columns={"modality": "rumoured"})

    def spread(article: Article) -> None:
        article.call(giant, giant.full[1]).call(startup, startup.full[1]).say(
            sentence, rumour, giant=giant, startup=startup
        )

    stage.report(wire, day, spread, copy_of="rumour")
    stage.report(others[0], day, spread, copy_of="rumour")
    stage.report(others[1], stage.later(day, 0, 1), spread)
    denial = Planted("rumour.denial", "invest", giant, startup, None, giant, {"stance": "denies"})

    def deny(article: Article) -> None:
        article.say(
            stage.choose(
                "{giant} denied that it is investing in {startup}.", "{giant} denied any investment in {startup}."
            ),
            denial,
            giant=giant,
            startup=startup,
        )

    for outlet in others[1:3]:
        stage.report(outlet, stage.later(day, 1, 4), deny)
    doubt = Planted("rumour.doubt", "invest", giant, startup, columns={"stance": "questions"})

    def question(article: Article) -> None:
        article.say("It is doubtful whether {giant} invested in {startup}.", doubt, giant=giant, startup=startup)

    stage.report(others[3], stage.later(day, 2, 6), question)
    room.expect("rumour.denial", "denies", "rumour.investment")
    room.source_counts["rumour.investment"] = 1
    room.source_counts["rumour.denial"] = 1


def tell_fine(stage: Stage) -> None:
    """An authority known by its acronym fines a company: euros with dollars beside, dollars alone, and another sum."""
    room, wording, random = stage.room, stage.wording, stage.random
    agency = stage.names.agency("agency", ("Competition", "Board"))
    offender = stage.names.company("offender")
    outlets = stage.pick_outlets(5)
    day, euros = stage.day(), random.uniform(120, 880) * 1e6
    dollars, other = euros * random.uniform(1.06, 1.15), euros * random.uniform(1.3, 1.7)

    def write(article: Article, much: Value, fact: str) -> None:
        article.say(
            stage.choose("{agency} fined {offender} {much}.", "{offender} must pay {agency} a fine of {much}."),
            Planted(fact, "fine", agency, offender, much),
            agency=agency,
            offender=offender,
            much=much,
        ).say("{agency} had looked into {offender} for years.", agency=agency, offender=offender)

    amounts = (
        wording.money(euros, 3, "EUR", usd=dollars),
        wording.money(euros, 2, "EUR"),
        wording.money(dollars, 3),
    )
    for outlet, much in zip(outlets, amounts, strict=False):
        stage.report(outlet, stage.later(day, 0, 2), lambda article, much=much: write(article, much, "fine.sum"))
    wrong = wording.money(other, 2, "EUR")
    stage.report(outlets[3], stage.later(day, 0, 2), lambda article: write(article, wrong, "fine.other_sum"))
    short = agency.short[0].text
    plain = wording.money(euros, 3, "EUR")
    stage.report(
        outlets[4],
        stage.later(day, 3, 8),
        lambda article: write(article.call(agency, short).call(offender, offender.full[1]), plain, "fine.sum"),
    )
    room.expect("fine.other_sum", "contradicts", "fine.sum")
    room.source_counts["fine.sum"] = 4
