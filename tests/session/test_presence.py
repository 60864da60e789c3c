import math

import pytest

from edge.session.presence import STALE_S, Presence
from tests.people import Person, nobody

SOMEBODY = Person()


def seen(time_s: float, people: int = 1):
    return SOMEBODY.at(time_s).observation(0, people)


def test_observations_come_out_once_and_in_order():
    presence = Presence()
    assert [each.time_s for each in presence.take_in(1.0, [seen(0.99), seen(0.95), seen(0.95)])] == [0.95, 0.99]
    assert presence.take_in(1.0, [seen(0.99), seen(0.97)]) == []


@pytest.mark.parametrize(("age_s", "kept"), [(0.0, 1), (0.149, 1), (0.151, 0), (-0.01, 0), (math.nan, 0)])
def test_only_fresh_observations_come_through(age_s, kept):
    assert len(Presence().take_in(1.0, [seen(1.0 - age_s)])) == kept


def test_nothing_from_before_a_pause_comes_through():
    presence = Presence()
    presence.forget_before(0.98)
    assert [each.time_s for each in presence.take_in(1.0, [seen(0.97), seen(0.98), seen(0.99)])] == [0.99]


def test_silence_is_counted_from_the_last_fresh_observation():
    presence = Presence()
    assert presence.silent_s(100.0) == 0.0
    presence.take_in(1.0, [seen(0.95)])
    presence.take_in(2.0, [seen(2.0 - 2 * STALE_S)])
    assert presence.silent_s(2.0) == pytest.approx(1.05)


def test_presence_absence_and_crowds_are_counted_in_capture_time():
    presence = Presence()
    assert presence.absent_s == math.inf
    for k in range(10):
        presence.take_in(1 + k / 10, [seen(1 + k / 10)])
    assert presence.present_s == pytest.approx(0.9)
    assert (presence.absent_s, presence.crowded_s) == (0.0, 0.0)
    for k in range(10, 20):
        presence.take_in(1 + k / 10, [seen(1 + k / 10, people=2)])
    assert presence.crowded_s == pytest.approx(1.0)
    for k in range(20, 30):
        presence.take_in(1 + k / 10, [nobody(1 + k / 10)])
    assert presence.absent_s == pytest.approx(1.0)
    assert (presence.present_s, presence.crowded_s) == (0.0, 0.0)
