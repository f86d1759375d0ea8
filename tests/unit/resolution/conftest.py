"""Fixtures of the tests of resolution."""

import pytest

from tests.unit.resolution.world import World


@pytest.fixture
def world() -> World:
    """Return a world without documents."""
    return World()
