"""What all stories share: the outlets, the wording of values, days, and writing the same news in several outlets.

What belongs here: helpers of stories. What does not: any story.
"""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from benchmarks.resolution_set.articles import Article, Newsroom, Planted
from benchmarks.resolution_set.names import Bearer, NameMaker
from benchmarks.resolution_set.values import Wording

OUTLET_COUNT = 14


class Stage:
    """The room, names, wording and outlets of one set."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.room = Newsroom(self.random)
        self.names = NameMaker(self.random)
        self.wording = Wording(self.random)
        self.outlets = [self.names.outlet(f"outlet {number}") for number in range(OUTLET_COUNT)]

    def day(self) -> date:
        """Return some day of some year."""
        return date(self.random.randrange(2018, 2025), self.random.randrange(2, 11), self.random.randrange(1, 28))

    def pick_outlets(self, count: int) -> list[Bearer]:
        """Return that many different outlets."""
        return self.random.sample(self.outlets, count)

    def choose(self, *options: str) -> str:
        """Return one of several wordings."""
        return self.random.choice(options)

    def report(
        self, outlet: Bearer, day: date, write: Callable[[Article], object], *, copy_of: str | None = None
    ) -> None:
        """File one article that `write` fills."""
        article = self.room.article(outlet, day, copy_of=copy_of)
        write(article)
        article.file()

    def later(self, day: date, low: int, high: int) -> date:
        """Return a day that many days later, both ends possible."""
        return day + timedelta(days=self.random.randint(low, high))

    def describe_office(self, article: Article, person: Bearer, company: Bearer, fact: str, role: str) -> None:
        """Add the sentence that introduces a person by office."""
        template = self.choose("{person} is {role} of {company}.", "{company}'s {role} is {person}.")
        claim = Planted(fact, "hold_role", person, company)
        article.say(template, claim, person=person, company=company, role=role)
