"""C14: a curve keeps its side, its apex and its angle; noise is taken out, vertebrae are not."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.pose.body_view import BodyView
from edge.pose.spine_points import MIDLINE, NINE, SpinePoint
from edge.spine.curve import largest, lateral_curves, level_at
from edge.spine.measures import measure
from edge.spine.smoothing import KEPT, smooth
from tests.stick import HEIGHT_OF, SIZE_PX, Camera, Stick, spine_points

LENGTH_MM = 500.0
SEVEN = np.array([0.0, 0.06, 0.19, 0.31, 0.56, 0.81, 1.0]) * LENGTH_MM
SEVENTEEN = np.linspace(0, LENGTH_MM, 17)


def points(heights, across):
    """Pixels, one a millimetre, y down."""
    return [(float(x), 1000.0 - float(h)) for h, x in zip(heights, across, strict=True)]


def bow(heights, apex_mm, waves=0.5):
    return apex_mm * np.sin(2 * np.pi * waves * heights / LENGTH_MM)


@pytest.mark.parametrize("heights", [SEVEN, SEVENTEEN], ids=["seven", "seventeen"])
@given(apex_mm=st.floats(2, 60), side=st.sampled_from([1, -1]), factor=st.sampled_from([1.0, -1.0]))
def test_a_single_bow_has_the_angle_of_its_tangents_its_side_and_its_apex(heights, apex_mm, side, factor):
    curve = largest(lateral_curves(points(heights, factor * bow(heights, side * apex_mm)), factor))
    # A half sine wave is steepest at its ends: there its tangent is apex * pi / length.
    angle = 2 * math.degrees(math.atan(apex_mm * math.pi / LENGTH_MM))
    assert curve.angle_deg == pytest.approx(side * angle, rel=0.03, abs=0.05)
    assert curve.side == ("right" if side > 0 else "left")
    assert curve.apex == pytest.approx(0.5, abs=0.02)
    assert curve.sd_deg == 0


@given(st.floats(8, 40), st.sampled_from([1, -1]))
def test_a_double_curve_is_two_bows_of_opposite_sides(apex_mm, side):
    curves = lateral_curves(points(SEVENTEEN, bow(SEVENTEEN, side * apex_mm, waves=1.0)), 1.0)
    low, high = curves
    assert low.angle_deg == pytest.approx(-high.angle_deg, rel=0.05)
    assert math.copysign(1, low.angle_deg) == side
    assert (low.apex, high.apex) == pytest.approx((0.25, 0.75), abs=0.03)
    assert low.high == high.low == pytest.approx(0.5, abs=0.01)


@given(st.floats(-20, 20), st.floats(-100, 100))
def test_leaning_and_standing_aside_are_no_curve(lean_deg, aside_mm):
    across = aside_mm + np.tan(np.radians(lean_deg)) * SEVEN
    assert all(abs(curve.angle_deg) < 1e-6 for curve in lateral_curves(points(SEVEN, across), 1.0))


@pytest.mark.parametrize("heights", [SEVEN, SEVENTEEN], ids=["seven", "seventeen"])
@pytest.mark.parametrize("sd_mm", [1.0, 5.0, 20.0])
@pytest.mark.parametrize(("start", "length"), [(0.0, 1.0), (0.3, 0.7), (0.0, 0.6), (0.45, 0.55)])
def test_a_true_curve_of_20_mm_keeps_nine_tenths_however_uncertain_its_points_are(heights, sd_mm, start, length):
    place = np.clip((heights / LENGTH_MM - start) / length, 0, 1)
    across = 20.0 * np.sin(np.pi * place)
    smoothed = smooth(heights, across, np.full(len(heights), sd_mm)).across
    apex = int(np.argmax(across))
    assert smoothed[apex] >= 0.9 * across[apex]


def test_the_line_is_smoothed_as_far_as_it_may_be():
    hat = smooth(SEVENTEEN, bow(SEVENTEEN, 20), np.full(17, 3.0)).hat
    zigzag = np.where(np.arange(17) % 2, 1.0, -1.0)
    assert np.abs((hat @ zigzag)[2:-2]).max() < 0.35
    kept = (hat @ bow(SEVENTEEN, 1.0))[8]
    assert KEPT <= kept <= 1.0


def test_smoothing_takes_noise_out_of_the_angle():
    rng, smoothed, raw = np.random.default_rng(2), [], []
    truth = 2 * math.degrees(math.atan(20 * math.pi / LENGTH_MM))
    for _ in range(60):
        noisy = points(SEVENTEEN, bow(SEVENTEEN, 20.0) + rng.normal(0, 3.0, 17))
        smoothed.append(largest(lateral_curves(noisy, 1.0, [3.0] * 17)).angle_deg - truth)
        raw.append(largest(lateral_curves(noisy, 1.0)).angle_deg - truth)
    assert np.std(smoothed) < 0.6 * np.std(raw)


def test_the_stated_uncertainty_is_that_of_the_angle_between_its_tangents():
    rng, read, stated = np.random.default_rng(3), [], []
    for _ in range(200):
        noisy = points(SEVEN, bow(SEVEN, 40.0) + rng.normal(0, 1.0, 7))
        curve = largest(lateral_curves(noisy, 1.0, [1.0] * 7))
        read.append(curve.angle_deg)
        stated.append(curve.sd_deg)
    assert np.median(stated) == pytest.approx(np.std(read), rel=0.35)


def test_an_uncertain_point_pulls_less_than_a_certain_one():
    straight = points(SEVEN, [0, 0, 0, 15, 0, 0, 0])
    sure = largest(lateral_curves(straight, 1.0, [1.0] * 7))
    doubted = largest(lateral_curves(straight, 1.0, [1.0, 1.0, 1.0, 30.0, 1.0, 1.0, 1.0]))
    assert abs(doubted.angle_deg) < 0.5 * abs(sure.angle_deg)


def test_points_out_of_order_or_too_few_are_no_curve():
    assert lateral_curves(points([0, 100], [0, 0]), 1.0) == ()
    assert lateral_curves(points([0, 100, 90, 200], [0, 0, 0, 0]), 1.0) == ()
    assert lateral_curves(points([0, 100, 100], [0, 5, 0]), 1.0) == ()
    assert largest(()) is None


def test_out_of_order_points_are_a_reason():
    person, camera = Stick(curve_m=0.02), Camera()
    shuffled = person.spine_seen(camera)
    shuffled.xy_px[[SpinePoint.T8, SpinePoint.T3]] = shuffled.xy_px[[SpinePoint.T3, SpinePoint.T8]]
    found = measure(person.seen(camera), BodyView.BACK, camera.setup, SIZE_PX, shuffled).by_id["C14"]
    assert found.value is None
    assert "one above the other" in found.reason


def test_the_apex_is_named_by_its_level():
    person, camera = Stick(curve_m=0.03), Camera()
    seen = person.spine_seen(camera)
    midline = [tuple(seen.xy_px[point]) for point in MIDLINE]
    curve = largest(lateral_curves(midline, 1.0))
    middle = min(MIDLINE, key=lambda point: abs(HEIGHT_OF[point] - 1.2))
    assert level_at(curve.apex, midline, [point.name for point in MIDLINE]) == middle.name
    assert level_at(0.5, [], []) is None


def test_the_measured_curve_of_a_person_does_not_depend_on_uncertainty_beyond_a_tenth():
    person, camera = Stick(curve_m=0.02), Camera()
    sure = person.spine_seen(camera)
    doubted = spine_points(sure.xy_px, sd_px=1.5)
    one, other = (
        measure(person.seen(camera), BodyView.BACK, camera.setup, SIZE_PX, spine).by_id for spine in (sure, doubted)
    )
    for row in ("C14", "C14_all"):
        assert other[row].value >= 0.85 * one[row].value > 0
    assert one["C14_apex"].value == pytest.approx(50, abs=2)
    assert NINE[6] is SpinePoint.C7
