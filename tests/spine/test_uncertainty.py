"""What is stated as uncertain is as uncertain: against thousands of noisy readings of one known person."""

from dataclasses import replace

import numpy as np
import pytest

from edge.pose.body_view import BodyView
from edge.pose.landmarks import COUNT, Joint, Landmarks
from edge.pose.spine_points import MIDLINE, NINE, SIDE_FIVE, SPINE_COUNT, SpinePoint, SpinePoints
from edge.spine.catalogue import CATALOGUE
from edge.spine.correlation import PAIRS, line_correlation, point_correlation
from edge.spine.measure import PLUS_MINUS, Measure
from edge.spine.measures import RECIPES, Sight, measure, measure_sight
from edge.spine.setup import Setup
from edge.spine.uncertainty import LIMITS, OWN_LIMITS, limit_of
from tests.stick import SIZE_PX, Camera, Stick, spine_points

PERSON = Stick(shoulder_tilt_deg=4.0, pelvis_tilt_deg=-2.0, lean_deg=3.0, c7_shift_m=0.03, valgus_deg=(4.0, -3.0))
CAMERA = Camera(roll_deg=2.0)
TRIES = 800
CORONAL = (
    "C1",
    "C1mm",
    "C1_trunk",
    "C4",
    "C5",
    "C5_trunk",
    "C5b",
    "C6",
    "C6b",
    "C7",
    "C8",
    "C9_shoulders",
)


def joints(sd_px=2.0, off_px=None):
    landmarks = PERSON.seen(CAMERA)
    xyz = landmarks.xyz_px.copy()
    stated = np.full(COUNT, sd_px, np.float32)
    if off_px is not None:
        xyz[:, :2] += off_px
        stated = None
    return Landmarks(xyz, landmarks.world_m, landmarks.score, landmarks.recovered, 0.0, stated)


COVARIANCE = np.array([[4.0, 1.5], [1.5, 9.0]], np.float32)


def back(person=PERSON, covariance=COVARIANCE, off_px=None):
    spine = person.spine_seen(CAMERA)
    xy = spine.xy_px if off_px is None else (spine.xy_px + off_px).astype(np.float32)
    stated = np.tile(covariance.astype(np.float32), (SPINE_COUNT, 1, 1))
    return SpinePoints(xy, stated, spine.score, spine.recovered, 0.0)


def errors_together(noise, points, xy_px, trunk_px):
    """(N, 2) errors of unit size, as correlated as points of one network are."""
    count = len(points)
    drawn = np.zeros((count, 2))
    both = point_correlation(points, xy_px, np.zeros(count, bool), trunk_px)
    for axis, correlation in enumerate(both):
        size, turn = np.linalg.eigh(correlation)
        assert size.min() > -1e-9
        drawn[:, axis] = turn @ (np.sqrt(np.maximum(size, 0)) * noise.normal(size=count))
    return drawn


def root(covariance):
    size, turn = np.linalg.eigh(covariance)
    return (turn * np.sqrt(size)) @ turn.T


def exactly(spine):
    return SpinePoints(spine.xy_px, np.zeros_like(spine.covariance_px2), spine.score, spine.recovered, 0.0)


USED = (
    *(Joint[f"{side}_{part}"] for part in ("SHOULDER", "HIP", "EAR") for side in ("LEFT", "RIGHT")),
    *(SpinePoint.SACRUM, SpinePoint.C7, SpinePoint.HEAD_TOP),
)


def values(rows):
    """Row -> what it reads on many noisy readings."""
    noise, read = np.random.default_rng(5), {row: [] for row in rows}
    joints_px, spine_px = joints().xyz_px[:, :2], back().xy_px
    xy_px = np.array([spine_px[one] if isinstance(one, SpinePoint) else joints_px[one] for one in USED], float)
    trunk_px = float(np.linalg.norm(xy_px[:2].mean(axis=0) - xy_px[2:4].mean(axis=0)))
    for _ in range(TRIES):
        drawn = errors_together(noise, USED, xy_px, trunk_px)
        body, spine = np.zeros((COUNT, 2)), np.zeros((SPINE_COUNT, 2))
        body[list(USED[:6])], spine[list(USED[6:])] = 2.0 * drawn[:6], drawn[6:] @ root(COVARIANCE)
        sight = Sight(joints(off_px=body), BodyView.BACK, CAMERA.setup, SIZE_PX, exactly(back(off_px=spine)))
        for row, one in measure_sight(sight, rows).by_id.items():
            read[row].append(one.value)
    return read


def test_the_stated_uncertainty_is_the_spread_of_noisy_readings():
    stated = measure_sight(Sight(joints(), BodyView.BACK, CAMERA.setup, SIZE_PX, back()), CORONAL).by_id
    spread = {row: np.std(read) for row, read in values(CORONAL).items()}
    wrong = {row: (stated[row].sd, spread[row]) for row in CORONAL if abs(stated[row].sd / spread[row] - 1) > 0.12}
    assert wrong == {}


def bows(person, row, sd_px, tries=200):
    """Values of a row on a line whose points err together."""
    line = NINE[:7] if row != "C14_all" else MIDLINE
    heights = -person.spine_seen(CAMERA).xy_px[list(line), 1].astype(float)
    size, turn = np.linalg.eigh(line_correlation(heights))
    noise, read = np.random.default_rng(6), []
    for _ in range(tries):
        off = np.zeros((SPINE_COUNT, 2))
        off[list(line), 0] = sd_px * (turn @ (np.sqrt(size) * noise.normal(size=len(line))))
        spine = back(person, np.diag([sd_px**2, 1e-6]), off)
        sight = Sight(person.seen(CAMERA), BodyView.BACK, CAMERA.setup, SIZE_PX, spine)
        read.append(measure_sight(sight, [row]).by_id[row].value)
    return read


@pytest.mark.parametrize("row", ["C14", "C14_all", "C14_apex"])
def test_the_curve_and_its_apex_are_as_uncertain_as_stated(row):
    person, sd_px = Stick(curve_m=0.04), 0.6
    sight = Sight(person.seen(CAMERA), BodyView.BACK, CAMERA.setup, SIZE_PX, back(person, np.diag([sd_px**2, 1e-6])))
    stated = measure_sight(sight, [row]).by_id[row]
    assert stated.sd == pytest.approx(np.std(bows(person, row, sd_px)), rel=0.15)


LINES = {"L4_nine": NINE[:7], "L5_nine": NINE[:7], "L4": SIDE_FIVE, "L5": SIDE_FIVE, "L3_L4_T8": SIDE_FIVE}


@pytest.mark.parametrize("row", LINES)
def test_five_and_nine_points_seen_from_a_side_are_as_uncertain_as_stated(row):
    person, sd_px, noise, read = Stick(c7_shift_m=0.02, curve_m=0.02), 0.5, np.random.default_rng(8), []
    xy, landmarks, line = person.spine_seen(CAMERA).xy_px, person.seen(CAMERA), LINES[row]
    places = xy[list(line)].astype(float)
    trunk_px = float(np.linalg.norm(landmarks.xyz_px[[11, 12], :2].mean(0) - landmarks.xyz_px[[23, 24], :2].mean(0)))
    stated = measure(landmarks, BodyView.RIGHT, Setup(), SIZE_PX, spine_points(xy, sd_px)).by_id[row]
    length_px = trunk_px if line is SIDE_FIVE else float(places[0, 1] - places[-1, 1])
    for _ in range(300):
        off = np.zeros_like(xy)
        off[list(line)] = sd_px * errors_together(noise, line, places, length_px)
        points = spine_points(xy + off, sd_px)
        read.append(measure_sight(Sight(landmarks, BodyView.RIGHT, Setup(), SIZE_PX, points), [row]).by_id[row].value)
    assert stated.sd == pytest.approx(np.std(read), rel=0.15)


def test_errors_that_points_share_do_not_make_a_line_uncertain():
    hips = measure(joints(), BodyView.BACK, CAMERA.setup, SIZE_PX).by_id["C4"].sd
    shared = PAIRS[frozenset({Joint.LEFT_HIP, Joint.RIGHT_HIP})]
    assert 0.5 < shared < 1.0
    width = np.linalg.norm(np.diff(joints().xyz_px[[23, 24], :2], axis=0))
    assert hips == pytest.approx(np.degrees(np.sqrt(2 * (1 - shared)) * 2.0 / width), rel=0.1)


def test_a_recovered_point_errs_for_itself():
    landmarks = joints()
    together = measure(landmarks, BodyView.BACK, CAMERA.setup, SIZE_PX).by_id["C4"].sd
    landmarks.recovered[Joint.LEFT_HIP] = True
    alone = measure(landmarks, BodyView.BACK, CAMERA.setup, SIZE_PX).by_id["C4"].sd
    shared = PAIRS[frozenset({Joint.LEFT_HIP, Joint.RIGHT_HIP})]
    assert alone == pytest.approx(together / np.sqrt(1 - shared), rel=0.1)


def test_exact_points_have_no_uncertainty_and_points_without_a_statement_an_unknown_one():
    exact = measure(PERSON.seen(CAMERA), BodyView.BACK, CAMERA.setup, SIZE_PX, PERSON.spine_seen(CAMERA)).by_id
    assert exact["C6"].sd == exact["C14"].sd == 0
    assert exact["C1"].sd is None
    assert exact["C9_shoulders"].sd is None
    some = joints()
    some.sd_px[Joint.LEFT_SHOULDER] = np.nan
    found = measure(some, BodyView.BACK, CAMERA.setup, SIZE_PX).by_id
    assert found["C1"].sd is None
    assert found["C4"].sd > 0


def test_an_uncertain_camera_roll_is_in_every_angle_and_a_guessed_scale_in_every_millimetre():
    still = replace(PERSON.seen(CAMERA), sd_px=np.zeros(COUNT, np.float32))
    rolled = replace(CAMERA.setup, roll_sd_deg=0.4)
    assert measure(still, BodyView.BACK, rolled, SIZE_PX).by_id["C1"].sd == pytest.approx(0.4, rel=0.02)
    by_height = Setup(person_height_m=1.7)
    one = measure(still, BodyView.BACK, by_height, SIZE_PX).by_id["C1mm"]
    assert one.sd == pytest.approx(0.05 * abs(one.value), rel=0.01)


def test_what_is_too_uncertain_is_not_given_and_says_by_how_much():
    found = measure(joints(sd_px=15.0), BodyView.BACK, CAMERA.setup, SIZE_PX).by_id["C4"]
    assert (found.value, found.sd) == (None, None)
    assert found.reason.startswith("too uncertain: ± ")
    said = float(found.reason.removeprefix("too uncertain: ± ").removesuffix("°"))
    spread = measure(joints(sd_px=1.5), BodyView.BACK, CAMERA.setup, SIZE_PX).by_id["C4"].sd * 10
    assert said == pytest.approx(PLUS_MINUS * spread, abs=0.1)


def test_a_recovered_joint_that_makes_the_uncertainty_is_called_hidden():
    landmarks = joints(sd_px=1.0)
    landmarks.recovered[Joint.LEFT_HIP] = True
    landmarks.sd_px[Joint.LEFT_HIP] = 30.0
    found = measure(landmarks, BodyView.BACK, CAMERA.setup, SIZE_PX).by_id
    assert (found["C4"].value, found["C4"].reason) == (None, "left hip hidden")
    assert found["C1"].value is not None
    landmarks.sd_px[Joint.LEFT_HIP] = 1.0
    recovered = measure(landmarks, BodyView.BACK, CAMERA.setup, SIZE_PX).by_id["C4"]
    assert recovered.value is not None
    assert recovered.recovered


def test_a_recovered_joint_beside_seen_ones_that_state_nothing_is_called_hidden_too():
    plain = PERSON.seen(CAMERA)
    recovered, stated = plain.recovered.copy(), np.full(COUNT, np.nan, np.float32)
    recovered[Joint.LEFT_SHOULDER], stated[Joint.LEFT_SHOULDER] = True, 40.0
    one = measure(replace(plain, recovered=recovered, sd_px=stated), BodyView.BACK, Setup()).by_id["C1"]
    assert (one.value, one.reason) == (None, "left shoulder hidden")
    stated[Joint.LEFT_SHOULDER] = 1.0
    close = measure(replace(plain, recovered=recovered, sd_px=stated), BodyView.BACK, Setup()).by_id["C1"]
    assert close.value is not None
    assert close.recovered
    assert close.sd is None  # what the seen one adds is not known


def test_a_seen_point_that_makes_the_uncertainty_does_not_blame_a_recovered_one():
    spine = back(covariance=np.eye(2, dtype=np.float32))
    spine.recovered[SpinePoint.SACRUM] = True
    spine.covariance_px2[SpinePoint.C7] = np.eye(2) * 60.0**2
    found = measure(PERSON.seen(CAMERA), BodyView.BACK, CAMERA.setup, SIZE_PX, spine).by_id["C6"]
    assert found.reason.startswith("too uncertain")


def test_every_unit_has_a_limit_and_every_own_limit_a_measure():
    assert {recipe.unit for recipe in RECIPES.values()} <= set(LIMITS)
    assert set(OWN_LIMITS) <= set(RECIPES)
    assert limit_of("C1", "deg") == LIMITS["deg"]


def test_only_the_measures_asked_for_are_taken_and_they_are_the_same():
    whole = measure(PERSON.seen(CAMERA), BodyView.BACK, CAMERA.setup, SIZE_PX, back())
    some = measure_sight(Sight(PERSON.seen(CAMERA), BodyView.BACK, CAMERA.setup, SIZE_PX, back()), {"C1", "C5"})
    assert some.by_id == {row: whole.by_id[row] for row in ("C1", "C5")}
    assert set(CATALOGUE) <= set(whole.by_id)


def test_what_has_no_value_has_no_uncertainty():
    with pytest.raises(ValueError, match="no uncertainty"):
        Measure("C1", None, "deg", "not seen", sd=1.0)
