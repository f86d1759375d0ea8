"""Settings for every test: property-based tests without a deadline, since machines differ."""

from hypothesis import settings

settings.register_profile("winnow", deadline=None, max_examples=60)
settings.load_profile("winnow")
