from dataclasses import replace

import numpy as np
import pytest

from edge.pose.body_view import BodyView
from edge.pose.landmarks import Joint
from edge.risk.movement_risk import (
    FACING_AWAY,
    FRAMES_LOST,
    NO_NETWORK,
    NOBODY,
    SEVERAL,
    STILL,
    TOO_SHORT,
    UNSURE,
    MovementRisk,
    SubIndices,
)
from edge.risk.movement_tracker import MovementTracker, assess, over_task
from edge.risk.window import BUCKET_FRAMES, SAMPLES
from tests.risk.movements import counting_network, waving


def windows(seen, network=None):
    tracker = MovementTracker(network or counting_network())
    return [window for one in seen if (window := tracker.see(one)) is not None]


def without(seen, first_s, last_s):
    return [one for one in seen if not first_s < one.time_s - 10.0 < last_s]


def test_the_first_index_comes_after_exactly_150_samples_and_then_one_every_second():
    found = windows(waving(9.0))
    assert [window.time_s for window in found] == pytest.approx([10 + 149 / 30 + n for n in range(5)])
    # The network counts: 150 / 300 whatever the window, so each began with the network at rest.
    assert [window.index for window in found] == [0.5] * 5


@pytest.mark.parametrize("fps", [15, 24, 30, 60])
def test_every_camera_rate_gives_windows_of_150_samples(fps):
    found = windows(waving(7.0, fps))
    assert len(found) == 3
    assert {window.index for window in found} == {0.5}


def test_without_a_network_the_index_is_unknown_and_says_why():
    assert assess(waving(1.0), None).reason == NO_NETWORK
    assert assess((), None) == MovementRisk(None, None, NO_NETWORK)


def test_less_than_five_seconds_is_no_movement_index():
    assert assess(waving(4.8), counting_network()).reason == TOO_SHORT
    assert assess((), counting_network()) == MovementRisk(None, None, TOO_SHORT)


def test_a_pause_ends_every_window_and_says_that_frames_were_lost():
    tracker = MovementTracker(counting_network())
    found = [window for one in without(waving(6.0), 3.0, 3.4) if (window := tracker.see(one))]
    assert [window.reason for window in found] == [FRAMES_LOST]
    assert tracker.finish().reason == FRAMES_LOST


def test_after_a_pause_five_whole_seconds_are_needed_again():
    found = windows(without(waving(9.0), 3.0, 3.4))
    assert [window.index for window in found] == [None, 0.5]
    assert found[1].time_s == pytest.approx(13.4 + 149 / 30, abs=0.04)


def test_a_fifth_of_the_frames_lost_here_and_there_leaves_an_index():
    rng = np.random.default_rng(3)
    seen = [one for one in waving(7.0) if rng.random() > 0.2]
    assert assess(seen, counting_network()).index == 0.5


def test_a_person_who_leaves_leaves_a_reason_and_no_number():
    seen = [one if one.time_s < 12.0 else replace(one, landmarks=None, people=0) for one in waving(8.0)]
    assert [window.reason for window in windows(seen)] == [NOBODY]
    assert assess(seen, counting_network()).reason == NOBODY


def test_a_person_missed_in_one_frame_is_not_gone():
    seen = [replace(one, landmarks=None) if one.index == 60 else one for one in waving(6.0)]
    assert assess(seen, counting_network()).index == 0.5


def test_a_second_person_ends_the_movement():
    seen = [one if one.time_s < 13.0 else replace(one, people=2) for one in waving(8.0)]
    assert [window.reason for window in windows(seen)] == [SEVERAL]


def test_a_count_that_is_not_known_is_no_second_person():
    assert assess(waving(6.0, people=None), counting_network()).index == 0.5


def test_joints_that_are_all_low_give_a_reason_and_how_little_was_seen():
    window = windows(waving(6.0, hidden=tuple(Joint)))[0]
    assert (window.index, window.reason, window.coverage) == (None, UNSURE, 0.0)


def test_one_hidden_hand_lowers_the_coverage_and_no_more():
    result = windows(waving(6.0, hidden=(Joint.LEFT_WRIST,)))[0]
    assert result.index == 0.5
    assert result.coverage == pytest.approx(21 / 22, abs=1e-5)


def test_a_hidden_hip_is_too_little():
    assert assess(waving(6.0, hidden=(Joint.LEFT_HIP,)), counting_network()).reason == UNSURE


def test_a_person_facing_away_or_sideways_is_not_judged():
    assert assess(waving(6.0, view=BodyView.BACK), counting_network()).reason == FACING_AWAY
    assert assess(waving(6.0, yaw_deg=75.0), counting_network()).reason == FACING_AWAY


def test_somebody_who_stands_still_has_not_done_the_task():
    assert assess(waving(6.0, amount=0.0), counting_network()).reason == STILL


def test_the_index_and_its_parts_come_with_what_the_calibration_says():
    result = assess(waving(6.0), counting_network(lambda counts: 0.0 * counts + 0.8))
    assert result.index == pytest.approx(0.8)
    assert result.parts is not None
    assert (result.parts.lean, result.parts.rotation) == (pytest.approx(0.8), 0.0)
    assert result.uncertainty == 0.2
    assert result.above_usual


def window(time_s, index, activity):
    return MovementRisk(time_s, index, None, SubIndices(index, index, index), 0.1, 1.0, activity)


def test_a_task_is_the_mean_of_its_active_windows_and_counts_the_others_as_not_covered():
    known = [window(1.0, 0.2, 1.0), window(2.0, 0.6, 0.9), window(3.0, 1.0, 0.1)]
    lost = MovementRisk(4.0, None, NOBODY)
    whole = over_task([*known, lost])
    assert (whole.time_s, whole.index, whole.coverage) == (4.0, pytest.approx(0.4), 0.75)
    assert (whole.parts.lean, whole.uncertainty) == (pytest.approx(0.4), pytest.approx(0.1))
    assert over_task([lost, MovementRisk(5.0, None, STILL)]).reason == STILL
    assert over_task([lost, lost, MovementRisk(5.0, None, STILL)]).reason == NOBODY


def test_a_window_on_the_edge_of_being_active_enough_moves_the_task_only_a_little():
    indices = [over_task([window(1.0, 0.2, 1.0), window(2.0, 1.0, a)]).index for a in (0.29, 0.31, 0.49, 0.51, 0.71)]
    assert indices[0] == 0.2
    assert indices[-1] == pytest.approx(0.6)
    assert indices == sorted(indices)
    assert max(indices[1] - indices[0], indices[3] - indices[2]) < 0.03


def test_time_that_runs_backwards_starts_afresh():
    seen = [*waving(3.0), *waving(6.0)]
    assert windows(seen)[-1].index == 0.5


def test_the_raw_landmarks_of_five_seconds_are_kept_and_no_more():
    tracker = MovementTracker(counting_network())
    for one in waving(12.0, 60.0):
        tracker.see(one)
    assert len(tracker.landmarks) <= SAMPLES * BUCKET_FRAMES
    held = tracker.landmarks.items()
    assert held[-1].time_s - held[0].time_s == pytest.approx(5.0, abs=0.06)
