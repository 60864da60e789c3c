"""Who a seed is."""

from collections import Counter

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

SPINES_DIGESTS: dict[tuple[str, int], str] = {
    ("S1", 0): "e4da05b3ddf6176de262d38094e6147cd21a0c549e4889800fad3a242edb3a81",
    ("S1", 1): "9a41122ebba7586000da8397c6778b158595975b0dc68d1cd35187d05a87ad11",
    ("S1", 17): "cba64c065e1ac14e8889a62b46796cc505e039ec5a0151401c4417c229682c09",
    ("S1", 60000): "f096a65da39fb218e2952bdfe758b725919d0e1b4060d33863b4227485b618d3",
    ("S1", 500000): "5d44c813227a7a8e990445e5a663b006d23cdba05f98cce500fd4690d5a33cc7",
    ("S1-uneven", 0): "fd7017ed22e5235c22b10b9e804b221db333bdb42dfd043703731026314de970",
    ("S1-uneven", 1): "964e7470f11537d4f9837965b5a96e0d79459594f0aed2f45b3fb9b927b85f60",
    ("S1-uneven", 17): "e774329ecd7e5dc810fa95f1ed56857b52935ac5f9c85c659ff6ac8a7aa55e5b",
    ("S1-uneven", 60000): "579429ed943c2e9e69afa5a4baa355196007f0f5d86f0dd09b6f78ac08d151f7",
    ("S1-uneven", 500000): "a4bb34575edc10f7d05cf09385aca3f102023eebac2aa7f731cd82c892c856e7",
}
"""The same for the distributions of the spine network's bench."""


@pytest.mark.parametrize(("name", "seed"), SPINES_DIGESTS)
def test_a_seed_of_the_spine_benchs_distributions_is_the_same_person_for_ever(name, seed):
    assert sample(seed, name).digest() == SPINES_DIGESTS[name, seed]


def test_curves_of_s1_are_even_in_size_apex_and_side():
    spines = [sample(seed, "S1").curves for seed in range(500)]
    sizes = np.array([curves[0]["angle_deg"] for curves in spines])
    assert np.histogram(sizes, 5, (0.0, 50.0))[0] == pytest.approx([100] * 5, abs=30)
    apexes = Counter(curves[0]["apex"] for curves in spines)
    assert apexes == dict.fromkeys(("T7", "T8", "T9", "T12", "L2"), 100)
    assert np.mean([curves[0]["side"] for curves in spines]) == pytest.approx(0.0, abs=0.1)
    assert np.mean([len(curves) == 2 for curves in spines]) == pytest.approx(0.3, abs=0.05)
    assert all(curves[0]["side"] == -curves[1]["side"] for curves in spines if len(curves) == 2)


def test_people_of_s1_uneven_are_those_of_s1_with_a_straight_spine_and_uneven_in_posture():
    pairs = [(sample(seed, "S1"), sample(seed, "S1-uneven")) for seed in range(200)]
    for plain, uneven in pairs:
        assert uneven.curves == ()
        for name in ("body", "wardrobe", "light", "room", "place", "view"):
            assert getattr(plain, name) == getattr(uneven, name)
    tilts = [[one.moments[0].stands["shoulder_tilt_deg"] for one in pair] for pair in pairs]
    assert np.std([uneven for _, uneven in tilts]) > 1.5 * np.std([plain for plain, _ in tilts])
    fat = [abs(one.moments[0].stands["fat_left_m"] - one.moments[0].stands["fat_right_m"]) for _, one in pairs]
    assert np.mean(fat) > 0.006


@pytest.mark.parametrize("name", ["S1", "S1-uneven"])
def test_people_of_the_spine_bench_stand_square_with_their_back_to_the_camera(name):
    shots = [sample(seed, name) for seed in range(200)]
    assert max(abs(shot.yaw_deg(frame)) for shot in shots for frame in range(2)) <= 5.0 + 1e-9
    assert all(shot.view == "back" and shot.place.size_px == (720, 1280) and len(shot.moments) == 2 for shot in shots)


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
