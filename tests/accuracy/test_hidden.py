import io
from dataclasses import replace

import pytest
from rich.console import Console

from edge.accuracy.angles import ANGLES, Angle, angles_of
from edge.accuracy.hidden import FPS, HIDDEN, SEEN, HiddenRequest, look_through, pairs_in, rows_of, run_hidden
from edge.accuracy.seeds import HOLD_OUT
from edge.errors import ConfigError
from edge.occlusion.none import NoRecovery
from edge.occlusion.recoverer import Recoverer
from edge.pose.estimator import Estimate
from edge.pose.landmarks import Joint
from tests.accuracy.records import record, write
from tests.occlusion.recovering import HoldingEngine
from tests.people import Person

HIDES = (Joint.LEFT_SHOULDER, Joint.LEFT_ELBOW)
BAR = {"clothing": "shirt", "hidden": "bar"}


class SimulatedEstimator:
    """Sees a person and, from a frame on, a part of them only; what it guesses of the rest is wrong."""

    def __init__(self, person: Person, hidden_from: int) -> None:
        self.person, self.hidden_from = person, hidden_from
        self.times_s: list[float] = []

    def estimate(self, frame):
        self.times_s.append(frame.time_s)
        hidden = HIDES if frame.index >= self.hidden_from else ()
        read = replace(self.person, hidden=hidden, time_s=frame.time_s).landmarks()
        read.xyz_px[list(hidden), 1] += 40.0
        return Estimate(read, 1)


def pair(folder, person=None, number=0):
    person = person or Person()
    for distribution, strata in ((SEEN, {"clothing": "shirt"}), (HIDDEN, BAR)):
        truth = record(person, distribution=distribution, frame=number, strata=strata)
        write(folder / distribution, truth)
    return next(pairs_in(folder, range(7, 8)))


def by_name(angles):
    return {angle.name: angle for angle in angles}


def test_a_hidden_shoulder_is_measured_with_recovery_only_and_well(tmp_path):
    person = Person(shoulder_tilt_deg=6.0)
    seen, hidden = pair(tmp_path, person)
    estimator = SimulatedEstimator(person, round(0.5 * FPS))
    angles = by_name(look_through(seen, hidden, estimator, Recoverer(HoldingEngine(aside=0.0, sd=0.004))))
    assert angles["C1"].hides == "bar"
    assert angles["C1"].true == pytest.approx(6.0, abs=0.2)
    assert angles["C1"].without is None
    assert angles["C1"].recovered == pytest.approx(6.0, abs=0.5)
    assert abs(angles["C1"].guessed - 6.0) > 10.0
    assert angles["C4"].without == angles["C4"].recovered == angles["C4"].guessed
    assert estimator.times_s == sorted(estimator.times_s)
    assert estimator.times_s[-1] < 1.0


def test_a_shoulder_recovered_too_uncertainly_gives_no_tilt(tmp_path):
    seen, hidden = pair(tmp_path, Person(shoulder_tilt_deg=6.0))
    estimator = SimulatedEstimator(Person(shoulder_tilt_deg=6.0), round(0.5 * FPS))
    angles = by_name(look_through(seen, hidden, estimator, Recoverer(HoldingEngine(aside=0.0, sd=0.2))))
    assert angles["C1"].recovered is None


def test_without_a_network_what_is_hidden_has_no_angle(tmp_path):
    seen, hidden = pair(tmp_path)
    angles = by_name(look_through(seen, hidden, SimulatedEstimator(Person(), 15), NoRecovery()))
    assert set(angles) == set(ANGLES)
    assert angles["C1"].recovered is None
    assert angles["left_elbow"].recovered is None
    assert angles["right_knee"].recovered == pytest.approx(angles["right_knee"].true, abs=0.1)


def test_nobody_found_has_no_angle_at_all_but_a_truth(tmp_path):
    _, hidden = pair(tmp_path)
    angles = angles_of(hidden, None, None)
    assert all(angle.without is angle.recovered is angle.guessed is None for angle in angles)
    assert all(angle.true is not None for angle in angles)


def test_only_frames_of_the_same_person_and_time_make_a_pair(tmp_path):
    pair(tmp_path)
    write(tmp_path / SEEN, record(Person(), distribution=SEEN, frame=1) | {"picture": "another.png"})
    pairs = list(pairs_in(tmp_path, range(7, 8)))
    assert [(a.number, b.number) for a, b in pairs] == [(0, 0)]
    assert (pairs[0][0].distribution, pairs[0][1].distribution) == (SEEN, HIDDEN)


def test_the_figures_keep_what_was_seen_what_was_recovered_and_what_was_guessed_apart():
    angles = [
        Angle("C1", "bar", true=2.0, without=3.0, recovered=3.0, guessed=3.0),
        Angle("C1", "bar", true=2.0, without=None, recovered=4.0, guessed=12.0),
        Angle("C4", "own arm", true=0.0, without=None, recovered=None, guessed=5.0),
        Angle("C6b", "nurse", true=None, without=1.0, recovered=1.0, guessed=1.0),
        Angle("C6b", "nurse", true=1.0, without=None, recovered=-3.0, guessed=2.0),
    ]
    rows = {row.id: row.value for row in rows_of(angles)}
    assert rows["hidden_not_measurable_share_without"] == 0.75
    assert rows["hidden_not_measurable_share_with"] == 0.25
    assert rows["hidden_seen_error_median_deg"] == 1.0
    assert rows["hidden_recovered_error_median_deg"] == 3.0
    assert rows["hidden_recovered_error_p90_deg"] == 4.0
    assert rows["hidden_guessed_error_median_deg"] == 5.5
    assert rows["hidden_recovered_nurse_median_deg"] == 4.0
    assert "hidden_recovered_own_arm_median_deg" not in rows


def test_without_an_angle_there_is_no_figure():
    assert all(row.value is None for row in rows_of([]))


@pytest.mark.parametrize(
    ("network", "seeds", "said"), [("pose", "5:6", "--hidden"), ("occlusion.int8", "900000:900001", "stay unused")]
)
def test_what_cannot_be_done_is_said_before_anything_is_rendered(tmp_path, network, seeds, said):
    with pytest.raises(ConfigError, match=said):
        run_hidden(HiddenRequest(seeds, tmp_path / "out", network), None, Console(file=io.StringIO()))
    assert not (tmp_path / "out").exists()
    assert HOLD_OUT.startswith("8")
