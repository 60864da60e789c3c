"""Who a seed is."""

import numpy as np
import pytest

from edge.errors import ConfigError
from models.people.asset import load_bodies
from models.people.sample import BODIES, DISTRIBUTIONS, sample

V1_DIGESTS: dict[int, str] = {
    0: "88d75de2a1806137ce80cab68e98b1b32a7a0911571a842fa3f1cc75d3b30706",
    1: "b704df072e949dc0ec0b38ce1c04b702979f4674b43d396f834919ad89da28c1",
    2: "4a6709dda85f6e0d23415b99ba466609d4974d3d947e1f5db321f8df28e16223",
    3: "414fe3f65aed10791588e5ce8d754545c1035bef43b39c70fc4d300874ce1093",
    17: "1965b1f322f3b0377c78b6745cc1fdedf4738399405913b03e45890ed8221540",
    101: "206995afa6160aa75f9af381c855eee2a108a623bea4c4d8069e49559847f6ab",
    4711: "ff48ab9ec765137e48c3bc79b054f818063a3266562172dbe4bab3d8f655cfe4",
    31337: "f2ff29bb2ab8b984f008093d352423c4c6acaba05a71048b55c83aba928fb51e",
    500000: "b44130420213b15457f83e7dac8c703e3217279aaf1cb18e45784f838b560ffb",
    799999: "56b923f543da4cbbf887dfe4da8c9ad7e50e524abe8bbb2fbde913109b8e62aa",
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
