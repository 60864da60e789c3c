import numpy as np
import pytest

from edge.pose.landmarks import COUNT, Joint
from edge.risk.body import Body
from edge.risk.swing import ANGLES, LEAST_LENGTH, NAMES, PACED, SIGNALS, Swing
from edge.risk.window import RATE_HZ

SIZE_PX = 400.0
WRISTS = [Joint.LEFT_WRIST, Joint.RIGHT_WRIST]
UPPER = slice(0, Joint.LEFT_HIP)


def followed(seconds, move):
    """The last row for a body that `move(time_s)` places: joints (33, 2), body lengths, and hips, pixels."""
    swing = Swing()
    for number in range(round(seconds * RATE_HZ)):
        plane, hip_px = move(number / RATE_HZ)
        last = swing.add(Body(np.zeros((COUNT, 3)), plane, hip_px, np.array(SIZE_PX)), np.zeros(len(ANGLES)))
    return dict(zip(NAMES, last, strict=True))


def standing():
    plane = np.zeros((COUNT, 2))
    plane[UPPER, 1] = -0.4
    plane[Joint.LEFT_KNEE :, 1] = 0.6
    return plane, np.array([360.0, 600.0])


def swaying(hz, size=0.03):
    def move(time_s):
        plane, hip_px = standing()
        aside = size * np.sin(2 * np.pi * hz * time_s)
        plane[Joint.LEFT_KNEE :, 0] -= aside
        return plane, hip_px + np.array([SIZE_PX * aside, 0.0])

    return move


def waving(hz, size):
    def move(time_s):
        plane, hip_px = standing()
        plane[WRISTS, 1] += size * np.sin(2 * np.pi * hz * time_s)
        return plane, hip_px

    return move


def test_there_is_an_amount_of_everything_a_pace_of_places_and_four_wanders():
    assert len(NAMES) == len(SIGNALS) + PACED + 4 == 36
    assert len(set(NAMES)) == 36


def test_who_stands_still_has_the_least_of_everything():
    still = followed(3.0, lambda _: standing())
    assert still["hips_across_amount"] == pytest.approx(np.log(LEAST_LENGTH))
    assert still["hips_across_wander"] == pytest.approx(np.log(LEAST_LENGTH))


def test_half_the_speed_lowers_the_pace_and_never_the_amount():
    quick, slow = followed(10.0, waving(0.8, 0.2)), followed(10.0, waving(0.4, 0.2))
    # Over three seconds of memory it swells and ebbs with the hand by less than a tenth.
    assert quick["left_wrist_down_pace"] - slow["left_wrist_down_pace"] == pytest.approx(0.635, abs=0.1)
    assert slow["left_wrist_down_amount"] > quick["left_wrist_down_amount"]


def test_half_the_movement_lowers_the_amount_and_leaves_the_pace():
    large, small = followed(8.0, waving(0.7, 0.2)), followed(8.0, waving(0.7, 0.1))
    assert large["left_wrist_down_amount"] - small["left_wrist_down_amount"] == pytest.approx(np.log(2.0), abs=0.07)
    assert large["left_wrist_down_pace"] == pytest.approx(small["left_wrist_down_pace"], abs=0.03)


def test_slow_swaying_of_the_hips_is_told_from_standing_by_picture_and_feet():
    still, swayed = followed(6.0, lambda _: standing()), followed(6.0, swaying(0.4))
    for name in ("hips_across", "hips_against_ankles", "shoulders_across"):
        assert swayed[f"{name}_wander"] - still[f"{name}_wander"] > 1.0
    assert swayed["left_wrist_down_amount"] == pytest.approx(still["left_wrist_down_amount"], abs=1e-6)


def test_wandering_hears_sway_more_than_steps():
    swayed, stepped = followed(8.0, swaying(0.4)), followed(8.0, swaying(1.8))
    assert swayed["hips_across_wander"] - stepped["hips_across_wander"] > 0.5
    assert stepped["hips_across_pace"] > swayed["hips_across_pace"]


def test_who_was_taken_to_have_turned_round_has_not_jumped_aside():
    def turned_late(time_s):
        plane, hip_px = standing()
        return plane, hip_px * np.array([-1.0 if time_s < 1.0 else 1.0, 1.0])

    assert followed(3.0, turned_late)["hips_across_amount"] == pytest.approx(np.log(LEAST_LENGTH))


def test_what_was_never_seen_stays_unknown_and_a_short_loss_changes_little():
    def without_wrist(time_s):
        plane, hip_px = waving(0.7, 0.2)(time_s)
        plane[Joint.RIGHT_WRIST] = np.nan
        if 2.0 < time_s < 2.2:
            plane[Joint.LEFT_WRIST] = np.nan
        return plane, hip_px

    found, whole = followed(6.0, without_wrist), followed(6.0, waving(0.7, 0.2))
    assert np.isnan(found["right_wrist_down_amount"])
    assert found["left_wrist_down_amount"] == pytest.approx(whole["left_wrist_down_amount"], abs=0.1)


def test_hips_of_a_body_whose_length_is_not_known_yet_are_unknown_and_not_still():
    swing, known = Swing(), list[bool]()
    for number in range(10):
        plane, hip_px = swaying(0.4)(number / RATE_HZ)
        body = Body(np.zeros((COUNT, 3)), plane, hip_px, np.array(np.nan if number < 5 else SIZE_PX))
        row = dict(zip(NAMES, swing.add(body, np.zeros(len(ANGLES))), strict=True))
        known.append(not np.isnan(row["hips_across_amount"]))
    assert known == [False] * 5 + [True] * 5


def test_the_amount_of_many_seconds_ago_is_forgotten():
    def calmed(time_s):
        return waving(0.7, 0.2)(time_s) if time_s < 4.0 else standing()

    assert followed(16.0, calmed)["left_wrist_down_amount"] < followed(4.0, calmed)["left_wrist_down_amount"] - 1.0
