"""Small fictional countries, built once for all the tests that only read them."""

import pytest

from egide.sample.build import build_sample

SEEDS = (3, 11, 2022)


@pytest.fixture(scope="session")
def build(tmp_path_factory):
    """Build a country in a new folder; return (folder, truth)."""

    def make(people=30_000, seed=5, **more):
        folder = tmp_path_factory.mktemp("country") / "pays"
        return folder, build_sample(people=people, seed=seed, out=folder, **more)

    return make


@pytest.fixture(scope="session")
def country(build):
    return build()


@pytest.fixture(scope="session")
def larger_countries(build):
    """One country of 250,000 people, more than one block, for each of several seeds."""
    return [build(people=250_000, seed=seed) for seed in SEEDS]
