"""Who a seed is."""

import numpy as np
import pytest

from edge.errors import ConfigError
from models.people.asset import load_bodies
from models.people.sample import DISTRIBUTIONS, STATURES_M, sample

V1_DIGESTS: dict[int, str] = {
    0: "e17b1d76bda9d8bf16c1c846f39ba7676ef57e97a6be5e8278adeb7b1da8a4d4",
    1: "0d42d5e0892cffe6718287753684fdf7b245706219e8679b1d153c57ea5772ba",
    2: "2e675feed8972e03e7d641ca1537997eecd764da2d685cd654764c2be5be2ad5",
    3: "bffcacbdd494010c333ddb5e205dd2780db18357eb09b707b4c40025f30716e3",
    17: "3635d95a527746cf5b66c630b6c0d6cbe4d848143114440e9fededf985430e06",
    101: "4d17a185e53224aa6968e3fbcddfffc7d8b9446a1ed90f9d1e0342aaba23eeba",
    4711: "13e131de428b688693a8fa895f400b7cedc0cf7c2c35d61f19749d0476dcf609",
    31337: "2bc0322420e14f8da591b661eb8fb170c4822b6194273428b2a847e311b3c91a",
    500000: "05e45f17238222ab420e46ce8f2744e1b6b9e7c0384ed71667bddbf45a1c3077",
    799999: "11da36580ce19ff8dc49002bf4d5602a79bce1d30525d04a1226a2f65947e8df",
}
"""Seed -> what V1 draws for it. These never change: a change makes a new distribution."""


@pytest.mark.parametrize("seed", V1_DIGESTS)
def test_a_seed_of_v1_is_the_same_person_for_ever(seed):
    assert sample(seed).digest() == V1_DIGESTS[seed]


def test_a_repeated_take_keeps_body_looks_room_and_camera():
    first, again = sample(11, take=0), sample(11, take=1)
    for name in ("body", "looks", "room", "place", "curves", "view"):
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
    assert len({(side.body, side.looks, side.room, str(side.curves)) for side in sides}) == 1


def test_a_bend_goes_deep():
    bends = [moment.bend_deg for moment in sample(2, "B1").moments]
    assert bends == sorted(bends)
    assert bends[-1] > 90


def test_an_unknown_distribution_says_what_there_is():
    with pytest.raises(ConfigError, match="V1"):
        sample(1, "V9")


def test_the_bodies_are_those_v1_was_drawn_for():
    bodies = load_bodies()
    assert bodies.count == len(STATURES_M)
    heights = [bodies.describe(number).height_m for number in range(bodies.count)]
    assert heights == pytest.approx(STATURES_M, abs=0.02)


@pytest.mark.parametrize("name", DISTRIBUTIONS)
def test_every_distribution_can_be_drawn(name):
    assert sample(1, name).digest() != sample(2, name).digest()


def test_only_training_pictures_look_beyond_the_shipped_bodies():
    many = (1.6,) * 400
    assert sample(4, statures_m=many) == sample(4)
    assert max(sample(seed, "V0-crop", statures_m=many).body for seed in range(50)) > 100
