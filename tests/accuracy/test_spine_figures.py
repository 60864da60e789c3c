"""The spine network beside the truth: a network that knows the truth meets every target, one that errs does not."""

from dataclasses import replace

import numpy as np
import pytest

from edge.accuracy.look import alike, look_at
from edge.accuracy.pair import Pair, as_takes
from edge.accuracy.paired import pairs_of
from edge.accuracy.points import point_errors, point_rows
from edge.accuracy.results import Results
from edge.accuracy.shot import read_takes
from edge.accuracy.spine_figures import curve_rows, int8_row, person_bias_rows, stated_rows, strata_rows
from edge.pose.landmarks import COUNT, Joint
from edge.pose.spine_points import MIDLINE, SPINE_COUNT, SpinePoint, SpinePoints
from edge.pose.spine_reading import SpineReading, Trend
from tests.accuracy.records import record, with_spine, write
from tests.accuracy.test_look import SimulatedEyes
from tests.people import Person


def spine_px(person, bow_px=0.0):
    """A midline from mid-hip to mid-shoulder with a bow to the right; the rest of the back lies on it too."""
    landmarks = person.landmarks().xyz_px[:, :2].astype(float)
    low, high = landmarks[[23, 24]].mean(axis=0), landmarks[[11, 12]].mean(axis=0)
    share = np.full(SPINE_COUNT, 0.5)
    share[list(MIDLINE)] = np.linspace(0, 1, len(MIDLINE))
    share[SpinePoint.T12_L1] = share[[SpinePoint.T12, SpinePoint.L1]].mean()
    px = low + share[:, None] * (high - low)
    px[:, 0] += bow_px * np.sin(np.pi * share)
    return px


def reading(person, px, sd_px=2.0):
    finer = replace(person.landmarks(), sd_px=np.full(COUNT, sd_px, np.float32))
    covariance = np.tile(np.eye(2, dtype=np.float32) * sd_px**2, (SPINE_COUNT, 1, 1))
    spine = SpinePoints(
        px.astype(np.float32), covariance, np.ones(SPINE_COUNT, np.float32), np.zeros(SPINE_COUNT, bool), 0.0
    )
    return SpineReading(finer, spine, Trend(0.0, np.zeros(7)))


def looks_at(folder, people, bows, *, off_px=0.0, sd_px=0.6, refused=()):
    rng, readings = np.random.default_rng(3), []
    for number, (person, bow) in enumerate(zip(people, bows, strict=True)):
        px = spine_px(person, bow)
        write(folder, with_spine(record(person, frame=number), px))
        read = reading(person, px + rng.normal(0, off_px, px.shape), sd_px)
        readings.append(SpineReading(None, None, None, "out of order") if number in refused else read)
    take = read_takes(folder, range(7, 8), "V1")[0]
    eyes = SimulatedEyes([person.landmarks() for person in people], readings=readings)
    return list(look_at(take, eyes, tracking=True, outline=True))


TILTS = (-6.0, -2.0, 1.0, 6.0)
PEOPLE = [Person(shoulder_tilt_deg=tilt, pelvis_tilt_deg=-tilt, lean_deg=tilt / 2) for tilt in TILTS]
BOWS = (-30.0, -12.0, 8.0, 30.0)


def test_a_network_that_knows_the_truth_meets_every_target_it_is_there_for(tmp_path):
    looks = looks_at(tmp_path, PEOPLE, BOWS)
    pairs = pairs_of(looks)
    results = Results(
        "int8", tuple(pairs), tuple(as_takes(pairs)), (), frozenset(), (), "simulated", True, tuple(point_errors(looks))
    )
    rows = {row.id: row for row in results.rows("back")}
    for row in (
        "shoulder_tilt_back_median_deg",
        "pelvis_tilt_back_p90_deg",
        "trunk_lean_back_median_deg",
        "true_trunk_lean_back_median_deg",
        "surface_curve_slope",
        "surface_curve_residual_sd_deg",
        "midline_points_median_pct_trunk",
        "not_measurable_share",
    ):
        assert rows[row].ok, row
    assert rows["surface_curve_slope"].value == pytest.approx(0.95, abs=0.06)
    assert rows["shoulder_tilt_back_median_deg"].target.endswith("0.6")
    assert results.label == "int8 with spine"


def test_points_that_err_say_by_how_much_and_whether_they_had_said_so(tmp_path):
    looks = looks_at(tmp_path, PEOPLE * 8, BOWS * 8, off_px=4.0, sd_px=2.0)
    rows = {row.id: row for row in point_rows(point_errors(looks))}
    trunk_px = 0.27 * 1.6 * 600
    median = 4.0 * 1.1774 / trunk_px * 100  # of a Rayleigh distribution
    assert rows["midline_points_median_pct_trunk"].value == pytest.approx(median, rel=0.1)
    assert not rows["midline_points_median_pct_trunk"].ok
    assert rows["midline_error_over_stated_sd"].value == pytest.approx(2.0, rel=0.1)


def test_each_joint_is_compared_with_the_definition_of_the_network_that_read_it(
    tmp_path,
):
    person = Person(shoulder_tilt_deg=3.0, pelvis_tilt_deg=3.0)
    truth = with_spine(record(person), spine_px(person))
    placed = [list(at) for at in truth["points"]["blazepose"]["px"]]
    for joint in (Joint.LEFT_SHOULDER, Joint.LEFT_HIP):
        placed[joint][1] += 20.0
    truth["points"] |= {"blazepose": {"names": truth["points"]["joints"]["names"], "px": placed}}
    write(tmp_path, truth)
    take = read_takes(tmp_path, range(7, 8), "V1")[0]
    read = reading(person, spine_px(person))
    read.landmarks.sd_px[[Joint.LEFT_HIP, Joint.RIGHT_HIP]] = np.nan
    eyes = SimulatedEyes([person.landmarks()], readings=[read])
    found = {pair.measure: pair for pair in pairs_of(look_at(take, eyes, tracking=True, outline=False))}
    assert found["C1"].picture == pytest.approx(found["C1"].measured, abs=0.05)
    assert found["C4"].picture - found["C4"].measured > 5


def test_a_refused_reading_gives_the_landmarks_measures_and_the_reason_for_the_rest(tmp_path):
    look = looks_at(tmp_path, PEOPLE[:1], BOWS[:1], refused=(0,))[0]
    found = {pair.measure: pair for pair in pairs_of([look])}
    assert found["C1"].measured == pytest.approx(-6.0, abs=0.1)
    assert (found["C6"].measured, found["C6"].reason) == (None, "out of order")
    assert look.measured is look.landmarks
    assert point_errors([look]) == []


def test_a_take_is_measured_on_the_frames_of_one_network(tmp_path):
    mostly = looks_at(tmp_path / "a", PEOPLE, BOWS, refused=(1,))
    assert [look.shot.number for look in alike(mostly)] == [0, 2, 3]
    hardly = looks_at(tmp_path / "b", PEOPLE, BOWS, refused=(0, 1, 3))
    assert [look.shot.number for look in alike(hardly)] == [0, 1, 3]


def pair(value, truth=0.0, **about):
    known = {"measure": "C1", "seed": 1, "take": 0, "number": 0, "strata": {}} | about
    return Pair(view="back", measured=value, reason=None, body=truth, picture=truth, **known)


def test_one_person_s_bias_is_the_spread_of_the_takes_errors():
    takes = [pair(error, seed=seed) for seed, error in enumerate((-1.0, 0.0, 1.0))] + [pair(50.0, seed=0, take=1)]
    row = next(row for row in person_bias_rows(takes, "back") if row.id == "shoulder_tilt_back_person_bias_sd_deg")
    assert row.value == pytest.approx(1.0)
    assert not row.ok


def test_an_error_twice_as_large_as_stated_is_said_to_be_so():
    noise = np.random.default_rng(4)
    frames = [replace(pair(float(noise.normal(0, 2.0)), seed=k), sd=1.0) for k in range(2000)]
    rows = {row.id: row for row in stated_rows(frames, "back")}
    assert rows["shoulder_tilt_back_error_over_stated_sd"].value == pytest.approx(2.0, rel=0.08)
    assert rows["pelvis_tilt_back_error_over_stated_sd"].value is None


def test_the_worst_and_the_best_stratum_are_named():
    errors = {"dark": 1.0, "fair": 0.2}
    frames = [pair(off, seed=k, strata={"skin": skin}) for skin, off in errors.items() for k in range(40)]
    rows = {row.id: row for row in strata_rows(frames, ("skin",), "back")}
    assert rows["shoulder_tilt_back_worst_stratum_median_deg"].note == "skin: dark"
    assert rows["shoulder_tilt_back_best_stratum_median_deg"].value == pytest.approx(0.2)
    assert not rows["shoulder_tilt_back_worst_stratum_over_mean"].ok
    assert strata_rows(frames[:40], ("skin",), "back")[0].value is None


def test_the_two_precisions_are_compared_person_by_person_in_their_worst_angle():
    whole = [pair(1.0, measure=row, seed=seed, number=n) for row in ("C1", "C4") for seed in range(3) for n in range(4)]
    quantised = [replace(one, measured=1.0 + (0.1 if one.measure == "C1" else 0.4)) for one in whole]
    row = int8_row({"int8": quantised, "float": whole})
    assert (row.value, row.ok) == (pytest.approx(0.4), False)
    assert row.note.startswith("C4")
    assert int8_row({"int8": quantised}) is None


def test_a_curve_that_is_read_too_flat_shows_in_the_slope():
    frames = [pair(0.5 * true, true, measure="C14", seed=k) for k, true in enumerate((-20.0, -5.0, 5.0, 25.0))]
    rows = {row.id: row for row in curve_rows(frames)}
    assert rows["surface_curve_slope"].value == pytest.approx(0.5)
    assert not rows["surface_curve_slope"].ok
    assert rows["surface_curve_residual_sd_deg"].ok
