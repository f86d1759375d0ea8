"""Stories about companies and people: lay-offs, a launch, an appointment and a namesake.

What belongs here: what happens, who reports it how, and what resolution should make of it.
"""

from datetime import timedelta

from benchmarks.resolution_set.articles import Article, Planted, Value
from benchmarks.resolution_set.names import Bearer
from benchmarks.resolution_set.stage import Stage


def tell_layoffs(stage: Stage) -> None:
    """Jobs are cut: figures and words, about and exactly, a union's other number, and the company's denial of it."""
    room, wording, random = stage.room, stage.wording, stage.random
    company, union = stage.names.company("employer"), stage.names.agency("union", ("Workers", "Union"))
    outlets = stage.pick_outlets(5)
    day, jobs = stage.day(), float(random.randrange(1120, 1880, 10))
    more = jobs * random.uniform(1.6, 2.2)

    def write(article: Article, count: Value, fact: str, speaker: Bearer | None = None) -> None:
        article.say(
            stage.choose("{who} is laying off {count} people", "{who} has cut {count} jobs"),
            Planted(fact, "lay_off", company, None, count, speaker),
            who=company,
            count=count,
        ).say(
            ", {speaker} said." if speaker else ", most of them at home.", **({"speaker": speaker} if speaker else {})
        )

    counts = (wording.count(jobs, 4, "employees"), wording.count(jobs, 3, "employees", comparator="about"))
    for outlet, count in zip(outlets, counts, strict=False):
        stage.report(
            outlet, stage.later(day, 0, 2), lambda article, count=count: write(article, count, "layoffs.count")
        )
    claimed = wording.count(more, 3, "employees")
    stage.report(
        outlets[2], stage.later(day, 0, 3), lambda article: _union_says(article, stage, company, union, claimed)
    )

    def deny(article: Article) -> None:
        article.say(
            "{who} denied that it is cutting {claimed} jobs.",
            Planted("layoffs.denial", "lay_off", company, None, claimed, company, {"stance": "denies"}),
            who=company,
            claimed=claimed,
        )

    stage.report(outlets[3], stage.later(day, 3, 5), deny)
    staff = wording.count(jobs * random.randrange(12, 30), 3, "employees")

    def size(article: Article) -> None:
        article.say(
            "{who} employs {staff} people.",
            Planted("layoffs.headcount", "headcount", company, None, staff),
            who=company,
            staff=staff,
        )

    stage.report(outlets[4], stage.later(day, 0, 5), size)
    room.expect("layoffs.claimed", "contradicts", "layoffs.count")
    room.expect("layoffs.denial", "denies", "layoffs.claimed")
    room.source_counts["layoffs.count"] = 2


def _union_says(article: Article, stage: Stage, company: Bearer, union: Bearer, claimed: Value) -> None:
    article.say(
        stage.choose(
            "{union} said {who} is cutting {claimed} jobs.", "{who} will cut {claimed} jobs, according to {union}."
        ),
        Planted("layoffs.claimed", "lay_off", company, None, claimed, union),
        union=union,
        who=company,
        claimed=claimed,
    )


def tell_launch(stage: Stage) -> None:
    """A product is announced, then put on sale; a price is stated in two outlets and cut later."""
    room, random = stage.room, stage.random
    maker, product = stage.names.company("launcher"), stage.names.product("gadget")
    outlets = stage.pick_outlets(5)
    day = stage.day()
    price = float(random.randrange(310, 890))

    def write(article: Article, fact: str, modality: str, verbs: tuple[str, ...]) -> None:
        article.say(
            stage.choose(*verbs),
            Planted(fact, "launch", maker, product, columns={"modality": modality}),
            maker=maker,
            product=product,
        ).say("{maker} has worked on {product} for years.", maker=maker, product=product)

    announced = ("{maker} plans to launch {product} this year.", "{maker} will bring out {product} within months.")
    launched = ("{maker} launched {product}.", "{maker} has put {product} on sale.")
    for outlet in outlets[:2]:
        stage.report(
            outlet, stage.later(day, 0, 3), lambda article: write(article, "launch.plan", "planned", announced)
        )
    on_sale = day + timedelta(days=random.randrange(60, 120))
    for outlet in outlets[2:4]:
        stage.report(
            outlet, stage.later(on_sale, 0, 2), lambda article: write(article, "launch.done", "actual", launched)
        )

    def tag(article: Article, much: float, fact: str) -> None:
        cost = Value(f"${much:.0f}", {
            "value_kind": "money", "value_low": much, "value_high": much, "currency": "USD", "value_usd": much,
            "comparator": "eq", "usd_basis": "same_currency",
        })  # fmt: skip
        article.say(
            stage.choose("{product} costs {cost}.", "{maker} asks {cost} for {product}."),
            Planted(fact, "price", product, None, cost),
            product=product,
            cost=cost,
            maker=maker,
        )

    stage.report(outlets[0], on_sale, lambda article: tag(article, price, "launch.price"))
    stage.report(outlets[4], on_sale, lambda article: tag(article, price, "launch.price"))
    stage.report(
        outlets[1], stage.later(on_sale, 90, 150), lambda article: tag(article, price - 60, "launch.cut_price")
    )
    room.expect("launch.done", "updates", "launch.plan")
    room.expect("launch.cut_price", "updates", "launch.price")
    room.source_counts["launch.done"] = 2


def tell_appointment(stage: Stage) -> None:
    """A person takes office, under several forms of the name; elsewhere somebody has the same name, or surname."""
    room = stage.room
    company, club, bank = (
        stage.names.company("appointer"),
        stage.names.plain_company("club"),
        stage.names.company("bank"),
    )
    boss = stage.names.person("boss")
    surname = boss.short[0].text
    namesake = Bearer("boss's namesake", "person", (boss.full[0],), boss.short)
    relative = stage.names.person("relative", surname=surname, given=("Walter", "Walter"))
    outlets = stage.pick_outlets(6)
    day = stage.day()

    def write(article: Article) -> None:
        article.say(
            stage.choose("{company} named {boss} as chief executive.", "{boss} was appointed to lead {company}."),
            Planted("appointment", "appoint", company, boss),
            company=company,
            boss=boss,
        )
        stage.describe_office(article, boss, company, "appointment.role", "chief executive")

    for outlet, name in zip(outlets, boss.full, strict=False):
        stage.report(outlet, stage.later(day, 0, 4), lambda article, name=name: write(article.call(boss, name)))
    for outlet in outlets[3:5]:
        stage.report(
            outlet,
            stage.later(day, 0, 60),
            lambda article: stage.describe_office(article, namesake, club, "appointment.namesake", "captain"),
        )
    stage.report(
        outlets[5],
        stage.later(day, 0, 60),
        lambda article: stage.describe_office(
            article.call(relative, surname), relative, bank, "appointment.relative", "director"
        ),
    )
    room.source_counts["appointment"] = 3
