import pytest

from edge.accuracy.seeds import HOLD_OUT, parse_seeds
from edge.errors import ConfigError


def test_the_hold_out_is_sixty_people():
    assert len(parse_seeds(HOLD_OUT)) == 60


@pytest.mark.parametrize("text", ["900000:900060", "899999:900001", "0:1000000"])
def test_the_seeds_nobody_may_look_at_are_refused(text):
    with pytest.raises(ConfigError, match="stay unused"):
        parse_seeds(text)


def test_the_last_seed_before_them_can_be_had():
    assert list(parse_seeds("899999:900000")) == [899999]


@pytest.mark.parametrize("text", ["", "5", "5:", ":5", "5:5", "6:5", "-1:5", "a:b", "1:2:3", "1.5:2", "²:5"])
def test_what_is_no_range_is_refused(text):
    with pytest.raises(ConfigError, match="half-open"):
        parse_seeds(text)
