"""Stories about figures: quarterly results, a fall of a share price, users of an app.

What belongs here: what happens, who reports it how, and what resolution should make of it.
"""

from datetime import date, timedelta

from benchmarks.resolution_set.articles import Article, Planted, Value
from benchmarks.resolution_set.names import Bearer
from benchmarks.resolution_set.stage import Stage


def _quarter_of(day: date) -> tuple[dict[str, date | str], dict[str, date | str]]:
    """Return the last whole quarter before a day, and the one before that, as columns of a claim."""
    end = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1) - timedelta(days=1)
    start = date(end.year, end.month - 2, 1)
    before_end = start - timedelta(days=1)
    before_start = date(before_end.year, before_end.month - 2, 1)
    return (
        {"event_start": start, "event_end": end, "event_precision": "quarter"},
        {"event_start": before_start, "event_end": before_end, "event_precision": "quarter"},
    )


def tell_results(stage: Stage) -> None:
    """Quarterly results: two currencies, rounding, growth; the quarter before and another outlet's wrong profit."""
    room, wording, random = stage.room, stage.wording, stage.random
    company = stage.names.company("reporter")
    outlets = stage.pick_outlets(5)
    day = stage.day()
    quarter, before = _quarter_of(day)
    year_on_year = {"direction": "increase", "change_basis": "year_on_year"}
    yuan = random.uniform(121, 290) * 1e9
    dollars, profit, growth = yuan / random.uniform(6.4, 7.2), random.uniform(1.2, 3.9) * 1e9, random.uniform(6.1, 19.4)
    earlier, wrong = yuan * random.uniform(0.7, 0.85), profit * random.uniform(1.3, 1.5)

    def write(article: Article, sales: Value, gain: Value, rise: Value, profit_fact: str) -> None:
        article.say(
            stage.choose("{who} had revenue of {sales} in the quarter.", "Quarterly revenue at {who} came to {sales}."),
            Planted("results.revenue", "revenue", company, None, sales, columns=quarter),
            who=company,
            sales=sales,
        ).say(
            stage.choose(
                "That was {rise} more than a year ago, while {who} earned {gain}.", "It grew {rise}; {who} made {gain}."
            ),
            Planted("results.growth", "revenue_change", company, None, rise, columns={**quarter, **year_on_year}),
            Planted(profit_fact, "profit", company, None, gain, columns=quarter),
            who=company,
            rise=rise,
            gain=gain,
        )

    revenues = (
        wording.money(yuan, 3, "CNY", usd=dollars),
        wording.money(dollars, 2),
        wording.money(yuan, 3, "CNY"),
        wording.money(yuan, 4, "CNY", usd=dollars),
    )
    for number, (outlet, sales) in enumerate(zip(outlets, revenues, strict=False)):
        is_wrong = number == 3
        gain = wording.money(wrong if is_wrong else profit, 2 if is_wrong else random.choice((2, 3)))
        rise = wording.percent(growth, random.choice((0, 1)))
        fact = "results.wrong_profit" if is_wrong else "results.profit"
        stage.report(
            outlet,
            stage.later(day, 0, 2),
            lambda article, sales=sales, gain=gain, rise=rise, fact=fact: write(article, sales, gain, rise, fact),
        )
    old = wording.money(earlier, 3, "CNY")

    def look_back(article: Article) -> None:
        article.say(
            "{who} had revenue of {old} the quarter before.",
            Planted("results.earlier_revenue", "revenue", company, None, old, columns=before),
            who=company,
            old=old,
        )

    stage.report(outlets[4], stage.later(day, 0, 3), look_back)
    room.expect("results.wrong_profit", "contradicts", "results.profit")
    room.source_counts["results.profit"] = 3


def tell_share_price(stage: Stage) -> None:
    """A share falls: one figure, rounded and loosely put, in copies; a newspaper's name begins with the company's."""
    room, wording, random = stage.room, stage.wording, stage.random
    company = stage.names.plain_company("faller")
    stem = company.full[1]
    namesake = Bearer("faller's namesake", "organization", (f"{stem} Daily",))
    outlets = stage.pick_outlets(4)
    day, fall = stage.day(), random.choice((3, 4, 5, 7, 8)) + random.uniform(0.12, 0.44)
    on_day = {"event_start": day, "event_end": day, "event_precision": "day", "direction": "decrease"}

    def write(article: Article, much: Value) -> None:
        article.say(
            stage.choose(
                "Shares of {who} fell {much}.", "{who} lost {much} on the stock exchange on a day of heavy trading."
            ),
            Planted("share.fall", "share_price_change", company, None, much, columns=on_day),
            who=company,
            much=much,
        )

    precise, rounded = wording.percent(fall, 2), wording.percent(fall, 0)
    loose = wording.percent(fall, 0, comparator="about")
    stage.report(outlets[0], day, lambda article: write(article, precise), copy_of="share")
    stage.report(outlets[1], day, lambda article: write(article, precise), copy_of="share")
    stage.report(outlets[2], day, lambda article: write(article, rounded))
    stage.report(outlets[3], stage.later(day, 0, 1), lambda article: write(article, loose))
    editor = stage.names.person("editor")

    def about_namesake(article: Article) -> None:
        stage.describe_office(article, editor, namesake, "share.editor", "editor")
        article.say("{paper} is read in many towns.", paper=namesake)

    for outlet in outlets[:2]:
        stage.report(outlet, stage.later(day, 5, 30), about_namesake)
    room.source_counts["share.fall"] = 3


def tell_users(stage: Stage) -> None:
    """An app's users: loosely and exactly, in millions and figures, a later count, and a rank; a town has its name."""
    room, wording, random = stage.room, stage.wording, stage.random
    maker, app = stage.names.company("maker"), stage.names.product("app")
    town = Bearer("app's town", "place", app.full)
    outlets = stage.pick_outlets(5)
    day, users = stage.day(), random.randrange(121, 168) * 1e6
    more = users * random.uniform(1.25, 1.5)

    def write(article: Article, count: Value, fact: str) -> None:
        article.say(
            stage.choose("{app} has {count} users.", "{app} reached {count} users."),
            Planted(fact, "user_count", app, None, count),
            app=app,
            count=count,
        ).say(
            stage.choose("{maker} makes {app}.", "{app} is made by {maker}."),
            Planted("users.maker", "develop", maker, app),
            maker=maker,
            app=app,
        )

    counts = (
        wording.count(users * 1.002, 4, "users"),
        wording.count(users, 3, "users", comparator="more_than"),
        wording.count(users, 3, "users"),
    )
    for outlet, count in zip(outlets, counts, strict=False):
        stage.report(outlet, stage.later(day, 0, 6), lambda article, count=count: write(article, count, "users.count"))
    grown = wording.count(more, 3, "users")
    stage.report(outlets[3], stage.later(day, 120, 300), lambda article: write(article, grown, "users.later_count"))
    mayor = stage.names.person("mayor")

    def about_town(article: Article) -> None:
        stage.describe_office(article, mayor, town, "users.mayor", "mayor")

    stage.report(outlets[4], stage.later(day, 0, 40), about_town)
    room.expect("users.later_count", "updates", "users.count")
    room.source_counts["users.maker"] = 4
