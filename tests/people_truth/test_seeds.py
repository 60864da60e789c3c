"""Which people may be rendered."""

import pytest

from edge.errors import ConfigError
from models.people.seeds import check_seeds, seed_range


def test_a_range_is_half_open_and_a_number_is_one_person():
    assert seed_range("3:6") == range(3, 6)
    assert seed_range("800000") == range(800_000, 800_001)


@pytest.mark.parametrize("text", ["", "a", "3:", ":3", "5:5", "6:5", "-1:3", "1:2:3", "1.5", "²"])
def test_a_range_that_is_none_is_refused_with_what_to_write(text):
    with pytest.raises(ConfigError, match="seeds"):
        seed_range(text)


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("seeds", [range(900_000, 900_001), range(899_999, 900_001), range(2_000_000)])
def test_the_untouched_people_are_never_rendered(seeds, training):
    with pytest.raises(ConfigError, match="never"):
        check_seeds(seeds, training=training)


@pytest.mark.parametrize("seeds", [range(800_000, 800_060), range(799_999, 800_001), range(899_999, 900_000)])
def test_the_hold_out_is_for_the_bench_only(seeds):
    assert check_seeds(seeds, training=False) == seeds
    with pytest.raises(ConfigError, match="bench"):
        check_seeds(seeds, training=True)


def test_everybody_else_may_be_used():
    assert check_seeds(range(800_000), training=True) == range(800_000)
