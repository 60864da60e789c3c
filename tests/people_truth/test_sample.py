"""Who a seed is."""

import numpy as np
import pytest

from edge.errors import ConfigError
from models.people.asset import load_bodies
from models.people.occluders import OCCLUDERS
from models.people.sample import BODIES, DISTRIBUTIONS, sample

V1_DIGESTS: dict[int, str] = {
    0: "282d7a95b315604dfb0766ca0cc76382da320e6d2b8c5bca3dcba0f98cd35211",
    1: "09faccafd7c1169682df7538da5a129ab98b982b282d83bc0eea04eadcdce2a3",
    2: "1f9b3021a5eb7fa0948507935c2261f3d91d854ad6bfe2c233b92b0f2430322a",
    3: "aa6c5a461b352b0545078d4caabe57955d2e612a84b683cf98baa80508341533",
    17: "027c9cb3e3ea69ebfa40d3a4018d4b663680e57257c8f6c9c039ddc887267ad9",
    101: "dc7093702af3ea84cc80f550c3e2c6a08879d9e53790eea9d361230249780023",
    4711: "16c1fe5e1a7baa1954c05acf2b4630b322416a8c5314594c42e4e4630982d233",
    31337: "74104c435378cbf5374bb75497f8881cfb8c51d01ac0733fc2ba70639032def6",
    500000: "e2c7eb6191efc3428c5620888e4758668d676d43678745c34510d3cd60c042da",
    799999: "e56e6f6a1d8a28a7c12d371bfcc272c6a990399644123a88e9f6326bce34d881",
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


def test_nobody_of_v1_is_hidden_and_everybody_of_v0_hidden_is():
    assert {sample(seed).occluder[0] for seed in range(50)} == {"none"}
    assert {sample(seed, "V0-hidden").occluder[0] for seed in range(60)} == set(OCCLUDERS) - {"none"}
