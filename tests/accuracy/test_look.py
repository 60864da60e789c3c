from dataclasses import dataclass, field

import numpy as np
import pytest

from edge.accuracy.bends import Bend, bend_of, bend_rows, true_atr_deg
from edge.accuracy.hump import hump_rows
from edge.accuracy.look import look_at, sides_of
from edge.accuracy.pair import as_takes
from edge.accuracy.paired import due, pairs_of
from edge.accuracy.refused import stands_in_place, stands_square, taken_for_turned
from edge.accuracy.results import Results
from edge.accuracy.shot import read_takes
from edge.accuracy.sides import Sides
from edge.camera.frame import Frame
from edge.pose.body_view import BodyView
from edge.pose.estimator import Estimate
from edge.pose.landmarks import Joint, Landmarks
from edge.pose.silhouette import Silhouette
from edge.pose.spine_reading import SpineReading
from tests.accuracy.records import record, write
from tests.people import Person


@dataclass
class SimulatedEyes:
    """Sees what it is told, frame after frame; without silhouettes."""

    seen: list[Landmarks | None]
    asked: list[bool] = field(default_factory=list)
    readings: list[SpineReading] = field(default_factory=list)

    def estimator(self, *, tracking: bool, view: BodyView) -> "SimulatedEyes":
        self.asked.append(tracking)
        return self

    def estimate(self, frame: Frame) -> Estimate:
        return Estimate(self.seen[frame.index], 1)

    def outline(self, frame: Frame, landmarks: Landmarks) -> Silhouette | None:
        return None

    def closer(self, frame: Frame, landmarks: Landmarks, silhouette: Silhouette | None) -> SpineReading | None:
        return self.readings[frame.index] if self.readings else None


def _take(folder, people, **changed):
    for number, person in enumerate(people):
        write(folder, record(person, frame=number, **changed))
    return read_takes(folder, range(7, 8), "V1")[0]


def _looks(folder, true, read, **changed):
    eyes = SimulatedEyes([None if one is None else one.landmarks() for one in read])
    return list(look_at(_take(folder, true, **changed), eyes, tracking=True, outline=True))


def _by_measure(pairs):
    return {pair.measure: pair for pair in pairs}


def test_a_network_s_error_is_the_difference_to_the_truth(tmp_path):
    true, read = Person(shoulder_tilt_deg=2.0, camera_roll_deg=1.5), Person(shoulder_tilt_deg=5.0, camera_roll_deg=1.5)
    pair = _by_measure(pairs_of(_looks(tmp_path, [true], [read])))["C1"]
    assert pair.measured == pytest.approx(5.0, abs=0.1)
    assert (pair.body, pair.reason) == (2.0, None)
    assert pair.picture == pytest.approx(2.0, abs=0.1)


def test_every_measure_a_frame_should_give_has_its_pair(tmp_path):
    looks = _looks(tmp_path, [Person()], [Person()])
    pairs = _by_measure(pairs_of(looks))
    assert set(pairs) == set(due(looks[0].shot))
    assert {"C1", "C4", "C6b", "C10_height"} <= set(pairs)
    assert "C5" not in pairs
    assert pairs["C10_height"].reason == "no outline of the person"


def test_nobody_found_and_a_refused_position_are_not_measurable(tmp_path):
    outside = Person(shift_m=0.4)
    hidden = Person(hidden=(Joint.LEFT_HIP,))
    looks = _looks(tmp_path, [Person()] * 3, [None, outside, hidden])
    reasons = [_by_measure(pairs_of([look]))["C4"].reason for look in looks]
    assert reasons == ["nobody found", "move_left", "not_seen"]


def test_exchanged_sides_are_counted_with_the_truth_before_and_after_the_station_s_correction(tmp_path):
    landmarks = Person().landmarks()
    xyz = landmarks.xyz_px.copy()
    for joint in Joint:
        if joint.name.startswith("LEFT_"):
            right = Joint[joint.name.replace("LEFT_", "RIGHT_")]
            xyz[[joint, right]] = xyz[[right, joint]]
    crossed = Landmarks(xyz, landmarks.world_m, landmarks.score, landmarks.recovered, 0.0)
    take = _take(tmp_path, [Person()] * 2)
    straight, other = alone = list(look_at(take, SimulatedEyes([landmarks, crossed]), tracking=False, outline=False))
    assert (straight.exchanged, other.exchanged) == (False, True)
    followed = list(look_at(take, SimulatedEyes([landmarks, landmarks]), tracking=True, outline=False))
    assert sides_of(alone, followed) == [Sides(False, False), Sides(True, False)]
    assert sides_of(alone[:1], list(look_at(take[:1], SimulatedEyes([None]), tracking=True, outline=False))) == []


def test_a_person_read_as_turned_is_refused_though_they_stand_square(tmp_path):
    square = _looks(tmp_path / "a", [Person()] * 4, [Person(yaw_deg=1.0)] * 4)
    turned = _looks(tmp_path / "b", [Person()] * 4, [Person(yaw_deg=12.0)] * 4)
    really = _looks(tmp_path / "c", [Person()] * 4, [Person(yaw_deg=9.0)] * 4, yaw_deg=8.0)
    assert [taken_for_turned(looks) for looks in (square, turned, really)] == [False, True, True]
    assert [stands_square(looks) for looks in (square, turned, really)] == [True, True, False]


def test_where_somebody_stands_is_judged_by_the_truth_and_not_by_what_was_read(tmp_path):
    here, aside = [Person()] * 4, [Person(shift_m=0.1)] * 3 + [Person(shift_m=0.16)]
    assert stands_in_place(_looks(tmp_path / "a", here, [Person(shift_m=0.3)] * 4))
    assert not stands_in_place(_looks(tmp_path / "b", aside, here))
    assert stands_in_place(_looks(tmp_path / "c", [Person(elbow_deg=90.0)] * 4, here))  # arms are no place


def test_the_results_of_perfect_eyes_meet_every_target_they_can(tmp_path):
    people = [Person(shoulder_tilt_deg=tilt, pelvis_tilt_deg=-tilt) for tilt in (-6.0, 1.0, 6.0)]
    looks = _looks(tmp_path, people, people)
    pairs = pairs_of(looks)
    sides = tuple(sides_of(looks, looks))
    results = Results("float", tuple(pairs), tuple(as_takes(pairs)), sides, frozenset(), (), "simulated")
    rows = {row.id: row for row in results.rows("back")}
    for row in ("shoulder_tilt_back_median_deg_float", "pelvis_tilt_back_p90_deg_float", "not_measurable_share_float"):
        assert rows[row].ok, row
    assert rows["shoulder_tilt_back_slope_float"].value == pytest.approx(1.0, abs=0.02)
    assert rows["left_right_swapped_share_float"].value == 0.0
    assert not rows["waist_sign_right_share_float"].ok
    assert "shoulder_tilt_back_median_deg_take_float" in rows


def test_the_largest_rotation_of_the_back_keeps_its_sign(tmp_path):
    take = _take(tmp_path, [Person()], atr_deg={"T8": -7.0, "L2": 5.0})
    assert true_atr_deg(take) == -7.0


def test_a_bend_without_an_outline_has_no_hump_and_says_why(tmp_path):
    bend = bend_of(_looks(tmp_path, [Person()] * 3, [Person(), None, Person()]))
    assert bend.hump_deg is None
    assert bend.reasons == ("no outline of the person", "nobody found", "no outline of the person")
    rows = {row.id: row for row in bend_rows([bend])}
    assert (rows["skyline_residual_deg"].value, rows["skyline_residual_deg"].ok) == (None, False)
    assert rows["skyline_not_measurable_share"].value == 1.0


def test_a_skyline_that_follows_the_rotation_has_its_slope_and_no_residual():
    atr = np.linspace(-12, 12, 9)
    bends = [Bend(k, 0.5 * float(a) + 0.3, float(a), ((float(a) + 1.0, float(a)),), ()) for k, a in enumerate(atr)]
    rows = {row.id: row for row in bend_rows(bends)}
    assert rows["skyline_slope"].value == pytest.approx(0.5)
    assert rows["skyline_residual_deg"].value == pytest.approx(0.0, abs=1e-9)
    assert rows["skyline_own_median_deg"].value == pytest.approx(1.0)
    assert rows["skyline_true_residual_deg"].value == pytest.approx(0.0, abs=1e-9)
    assert rows["skyline_atr_sd_deg"].value == pytest.approx(np.std(atr))


def test_a_hint_counts_as_right_by_its_side_and_no_hint_counts_as_neither():
    atr = [8.0, -9.0, 6.0, 7.0, 1.0, -2.0, 4.0]
    sides = [1, -1, -1, 0, 0, 1, None]
    bends = [Bend(k, None, a, (), (), side) for k, (a, side) in enumerate(zip(atr, sides, strict=True))]
    rows = {row.id: row for row in hump_rows(bends)}
    assert rows["hump_sign_right_share"].value == pytest.approx(2 / 3)
    assert not rows["hump_sign_right_share"].ok
    assert rows["hump_hint_share"].value == pytest.approx(3 / 4)
    assert rows["hump_hint_share_small"].value == pytest.approx(1 / 2)
    assert rows["hump_not_measurable_share"].value == pytest.approx(1 / 7)
    assert hump_rows([])[0].value is None
