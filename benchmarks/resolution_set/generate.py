"""Putting the ten stories together into one set."""

from benchmarks.resolution_set.articles import GeneratedSet
from benchmarks.resolution_set.stage import Stage
from benchmarks.resolution_set.stories_capital import tell_acquisition, tell_denied_rumour, tell_fine, tell_funding
from benchmarks.resolution_set.stories_company import tell_appointment, tell_launch, tell_layoffs
from benchmarks.resolution_set.stories_figures import tell_results, tell_share_price, tell_users

STORIES = (
    tell_funding,
    tell_acquisition,
    tell_denied_rumour,
    tell_fine,
    tell_results,
    tell_share_price,
    tell_users,
    tell_layoffs,
    tell_launch,
    tell_appointment,
)


def generate_set(seed: int) -> GeneratedSet:
    """Return the set of a seed: the same for the same seed, at least forty articles over ten events."""
    stage = Stage(seed)
    for story in stage.random.sample(STORIES, len(STORIES)):
        story(stage)
    return stage.room.finish()
