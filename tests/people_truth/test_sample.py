"""Who a seed is."""

import numpy as np
import pytest

from edge.errors import ConfigError
from models.people.asset import load_bodies
from models.people.sample import BODIES, DISTRIBUTIONS, sample

V1_DIGESTS: dict[int, str] = {
    0: "81177b23ecf569578b376c01504e8befad158b881df77bb47b617f34d8326e06",
    1: "06d1f7305d8025d9dbeab6266e9b5f8d68c44afe1f62ed2474b0d448513776a8",
    2: "34d8c7d58b8eb8f4b1ef11829001ccd24ae03a976fc1cf97f2284d0c7496d447",
    3: "f971b865649d10aea8ac405707cd6b4c8b3c8147ed873f3be0a4dcf23484bd36",
    17: "8dcc1673160d7a3be56716d1e204da3c1e8c1a504e88ebf70a029f4b1f27e2e1",
    101: "280e3ffa14a8a2a61b7669401a7d27c8cbce8446a52dc7a5ab8de529394f096c",
    4711: "6f7c8fb7f2f2f4c655a1d39727a1f7627bc7969157fa6e57fcc43da0549dc9a2",
    31337: "4a9df6f837506a43aeb105253fbbe29e5bc2d3bcfa4bb8bd1939b43b426cf0d4",
    500000: "2560ba8d5eb4343ffaeab228894ed24c17e731a2036ef9779d7ce0d751c10f93",
    799999: "56f6df07b99d5bfbedb837d6b0cd4da3e1e64ccfd36781d9b2e2a567d3304abb",
}
"""Seed -> what V1 draws for it. These never change: a change makes a new distribution."""


@pytest.mark.parametrize("seed", V1_DIGESTS)
def test_a_seed_of_v1_is_the_same_person_for_ever(seed):
    assert sample(seed).digest() == V1_DIGESTS[seed]


def test_a_repeated_take_keeps_body_looks_room_and_camera():
    first, again = sample(11, take=0), sample(11, take=1)
    for name in ("body", "wardrobe", "light", "room", "place", "curves", "view"):
        assert getattr(first, name) == getattr(again, name)
    stances = [one.moments[0].stands for one in (first, again)]
    assert stances[0]["heading_deg"] != stances[1]["heading_deg"]
    assert stances[0]["kyphosis_deg"] == stances[1]["kyphosis_deg"]
    assert {moment.noise for moment in first.moments}.isdisjoint(moment.noise for moment in again.moments)


def test_v1_keeps_what_it_promises():
    shots = [sample(seed) for seed in range(400)]
    yaws = [abs(shot.yaw_deg(frame)) for shot in shots for frame in range(8)]
    assert max(yaws) <= 5.0 + 1e-9
    assert all(2.0 <= shot.place.distance_m <= 4.2 and shot.view == "back" for shot in shots)
    assert np.std([shot.place.roll_deg for shot in shots]) == pytest.approx(1.5, abs=0.15)
    assert all(len(shot.moments) == 8 and shot.place.size_px == (720, 1280) for shot in shots)


def test_frames_differ_by_sway_and_noise_only():
    shot = sample(5)
    first, last = shot.posture(0), shot.posture(7)
    assert first != last
    assert (first.curves, first.kyphosis_deg, first.leg_difference_m) == (
        last.curves, last.kyphosis_deg, last.leg_difference_m,
    )  # fmt: skip
    assert abs(first.shoulder_tilt_deg - last.shoulder_tilt_deg) < 1.0
    assert len({moment.noise for moment in shot.moments}) == 8


def test_the_four_sides_show_the_same_person():
    sides = [sample(3, f"V0-{view}") for view in ("back", "front", "left", "right")]
    assert len({(side.body, str(side.wardrobe), side.room, str(side.curves)) for side in sides}) == 1


def test_a_bend_goes_deep():
    bends = [moment.bend_deg for moment in sample(2, "B1").moments]
    assert bends == sorted(bends)
    assert bends[-1] > 90


def test_an_unknown_distribution_says_what_there_is():
    with pytest.raises(ConfigError, match="V1"):
        sample(1, "V9")


def test_the_bodies_are_those_v1_was_drawn_for():
    bodies = load_bodies()
    assert bodies.count == len(BODIES)
    for number, (stature_m, sex) in enumerate(BODIES):
        assert bodies.describe(number).height_m == pytest.approx(stature_m, abs=0.02)
        assert bodies.describe(number).sex == sex


@pytest.mark.parametrize("name", DISTRIBUTIONS)
def test_every_distribution_can_be_drawn(name):
    assert sample(1, name).digest() != sample(2, name).digest()


def test_only_training_pictures_look_beyond_the_shipped_bodies():
    many = ((1.6, "f"),) * 400
    assert sample(4, bodies=many) == sample(4)
    assert max(sample(seed, "V0-crop", bodies=many).body for seed in range(0, 1600, 32)) > 100
