"""Every row of the bench on people drawn from formulas: a perfect network meets it, a wrong one does not."""

import numpy as np
import pytest

from edge.bench.row import Row
from edge.pose.body_view import BodyView
from edge.pose.spine_crop import HEIGHT, WIDTH, Box
from edge.pose.spine_points import MIDLINE, SPINE_COUNT, SpinePoint
from edge.spine.curve import LateralCurve
from models.spine.bench.agreement_rows import apart, jittered, precision_rows
from models.spine.bench.angle_rows import side_rows, standing_rows
from models.spine.bench.curve_rows import curve_rows, uneven_rows
from models.spine.bench.point_rows import apex_rows, back_rows, errors_pct, side_point_row
from models.spine.bench.strata_rows import strata_rows
from models.spine.bench.surface_rows import same_bow_deg, surface_rows
from tests.spine_bench.backs import HEIGHTS, LINE, TRUNK_PX, bow, case, crowd, look, refused

CURVES = [0.0, 2.0, -4.0, 6.0, 25.0, -30.0, 40.0, -45.0, 18.0, -16.0]


def by_id(rows: list[Row]) -> dict[str, Row]:
    assert len({row.id for row in rows}) == len(rows)
    return {row.id: row for row in rows}


def noisy(cases, px: float):
    dice = np.random.default_rng(0)
    return [look(one, by_px=dice.normal(0, px, (SPINE_COUNT, 2)), sd_px=max(px, 0.1)) for one in cases]


def test_a_perfect_network_meets_every_target_of_backs():
    looks = [look(one, sd_px=0.1) for one in crowd(CURVES)]
    rows = back_rows(looks) + surface_rows(looks) + apex_rows(looks) + curve_rows(looks) + standing_rows(looks)
    assert [row.id for row in rows if row.target and not row.ok] == []


def test_points_a_few_percent_off_fail_their_targets():
    rows = by_id(back_rows([look(one, by_px=(0.03 * TRUNK_PX, 0.0)) for one in crowd(CURVES)]))
    assert rows["midline_points_median_pct_trunk"].value == pytest.approx(3.0, abs=0.01)
    assert not any(rows[f"{name}_points_median_pct_trunk"].ok for name in ("midline", "waist", "axilla", "psis"))


def test_a_point_s_error_is_counted_across_the_trunk_alone_when_asked():
    one = look(case(0.0), by_px=(4.0, 3.0))
    assert errors_pct(one, (SpinePoint.T8,)) == pytest.approx([5.0 / TRUNK_PX * 100])
    assert errors_pct(one, (SpinePoint.T8,), across=True) == pytest.approx([4.0 / TRUNK_PX * 100])


def test_points_nobody_can_see_and_frames_that_were_refused_count_nothing():
    hidden = case()
    hidden.visible[SpinePoint.WAIST_LEFT] = False
    assert len(errors_pct(look(hidden), (SpinePoint.WAIST_LEFT, SpinePoint.WAIST_RIGHT))) == 1
    assert errors_pct(refused(case()), MIDLINE) == []


def test_a_mirrored_curve_keeps_the_auc_and_loses_the_side():
    rows = by_id(curve_rows([look(one, factor=-1.0) for one in crowd(CURVES)]))
    assert rows["curve_auc"].value == 1.0
    assert rows["curve_side_right_share"].value == 0.0
    assert not rows["curve_side_right_share"].ok


def test_the_curve_auc_leaves_out_what_is_neither_curved_nor_straight():
    # Built 12 is read as 90: it counts on neither side.
    looks = [look(one) for one in crowd([0.0, 25.0])] + [look(case(12.0, 9), factor=7.5)]
    assert by_id(curve_rows(looks))["curve_auc"].value == 1.0


def test_a_reading_that_says_nothing_has_an_auc_of_one_half():
    rows = by_id(curve_rows([look(one, factor=0.0) for one in crowd(CURVES)]))
    assert rows["curve_auc"].value == 0.5
    assert not rows["curve_auc"].ok


def test_sides_of_double_and_of_small_curves_do_not_count():
    looks = [look(case(30.0, 1)), look(case(30.0, 2, single=False), factor=-1.0), look(case(9.0, 3), factor=-1.0)]
    assert by_id(curve_rows(looks))["curve_side_right_share"].value == 1.0


def test_the_worst_clothing_is_named_and_clothing_of_too_few_left_out():
    bare = [look(one) for one in crowd([0.0, 1.0, 30.0, 40.0])]
    shirt = [look(case(curve, 10 + place, strata={"clothing": "t-shirt"}), factor=0.0)
             for place, curve in enumerate([0.0, 2.0, 30.0, 40.0])]  # fmt: skip
    lonely = [look(case(30.0, 99, strata={"clothing": "tank top"}))]
    row = by_id(curve_rows(bare + shirt + lonely))["curve_auc_worst_clothing"]
    assert row.value == 0.5
    assert not row.ok
    assert "too few in tank top" in row.note


def test_straight_spines_read_as_curved_fail():
    straight = crowd([0.0] * 10)
    good = [look(one) for one in straight]
    assert by_id(uneven_rows(good))["uneven_read_as_curve_share"].ok
    # Two frames of twenty are read as 20: that is more than one of twenty.
    one = look(case(20.0, 50))
    row = by_id(uneven_rows([*good[:18], one, one]))["uneven_read_as_curve_share"]
    assert row.value == pytest.approx(0.1)
    assert not row.ok


def test_the_surface_angle_of_exact_points_is_the_true_one_and_noise_scatters_it():
    cases = crowd(CURVES)
    exact = by_id(surface_rows([look(one, sd_px=0.01) for one in cases]))
    assert exact["surface_curve_slope"].value == pytest.approx(1.0, abs=0.02)
    assert exact["surface_curve_residual_sd_deg"].value < 0.5
    rough = by_id(surface_rows(noisy(cases, 0.03 * TRUNK_PX)))
    assert rough["surface_curve_residual_sd_deg"].value > 3.0
    assert not rough["surface_curve_residual_sd_deg"].ok


def bow_of(angle_deg: float, low: float, high: float) -> LateralCurve:
    return LateralCurve(angle_deg, (low + high) / 2, low, high, 0.0)


def test_a_bow_is_compared_with_the_same_bow_though_another_one_is_larger():
    true = (bow_of(-20.0, 0.0, 0.5), bow_of(21.0, 0.5, 1.0))
    assert same_bow_deg(bow_of(-22.0, 0.05, 0.55), true) == -20.0
    assert same_bow_deg(bow_of(19.0, 0.45, 1.0), true) == 21.0


def test_a_bow_to_the_wrong_side_is_compared_with_nothing():
    assert same_bow_deg(bow_of(20.0, 0.0, 0.5), (bow_of(-20.0, 0.0, 1.0),)) == 0.0
    assert same_bow_deg(bow_of(20.0, 0.0, 0.5), (bow_of(20.0, 0.6, 1.0),)) == 0.0
    assert same_bow_deg(bow_of(20.0, 0.0, 0.5), ()) == 0.0
    # Its neighbour begins where it ends: that is another part of the back.
    assert same_bow_deg(bow_of(10.0, 0.0, 0.52), (bow_of(-25.0, 0.0, 0.5), bow_of(24.0, 0.5, 1.0))) == 0.0


def test_curves_read_to_the_wrong_side_fail():
    def turned(one):
        off = np.zeros((SPINE_COUNT, 2))
        off[list(LINE), 0] = -2.0 * bow(one.curve_deg, HEIGHTS)
        return look(one, by_px=off, sd_px=0.1)

    rows = by_id(surface_rows([turned(one) for one in crowd(CURVES)]))
    assert not rows["surface_curve_slope"].ok
    assert rows["surface_curve_largest_slope"].value == pytest.approx(-1.0, abs=0.05)


def test_a_straightened_spine_fails_slope_and_apex():
    def straightened(one):
        off = np.zeros((SPINE_COUNT, 2))
        off[list(LINE), 0] = -0.4 * bow(one.curve_deg, HEIGHTS)
        return look(one, by_px=off, sd_px=0.1)

    looks = [straightened(one) for one in crowd([0.0, 12.0, -12.0, 14.0, -16.0, 15.0])]
    surface, apex = by_id(surface_rows(looks)), by_id(apex_rows(looks))
    assert surface["surface_curve_slope"].value == pytest.approx(0.6, abs=0.03)
    assert apex["apex_offset_kept"].value == pytest.approx(0.6, abs=0.01)
    assert not surface["surface_curve_slope"].ok
    assert not apex["apex_offset_kept"].ok
    assert apex["apex_offset_kept_centres"].value == pytest.approx(1.0, abs=0.01)


def test_only_apexes_of_fifteen_to_twenty_five_millimetres_are_looked_at():
    # Half a sine of 12 degrees is 15.0 mm deep on a trunk of 450 mm, one of 5 degrees 6 mm.
    row = by_id(apex_rows([look(case(5.0)), look(case(14.0)), look(case(45.0))]))["apex_offset_kept"]
    assert row.note.startswith("1 frames")


def test_a_shoulder_placed_higher_shows_as_tilt_and_as_bias_of_the_person():
    # Shoulders are 200 px apart: 3.5 px are one degree.
    one_deg = 200 * np.tan(np.radians(1.0))
    people = [[look(case(0.0, seed, number=n), tilted_px=sign * one_deg) for n in range(8)]
              for seed, sign in enumerate([1, -1, 1, -1])]  # fmt: skip
    rows = by_id(standing_rows([one for person in people for one in person]))
    assert rows["shoulder_tilt_back_median_deg"].value == pytest.approx(1.0, abs=0.01)
    assert not rows["shoulder_tilt_back_median_deg"].ok
    assert rows["shoulder_tilt_back_bias_sd_deg"].value == pytest.approx(np.std([1, -1, 1, -1], ddof=1), abs=0.02)
    assert rows["pelvis_tilt_back_median_deg"].value == pytest.approx(0.0, abs=1e-3)
    assert rows["not_measurable_share"].value == 0.0


def test_refused_frames_are_not_measurable_and_left_for_right_is_counted():
    looks = [look(case(0.0, 1)), look(case(0.0, 2), swapped=True), refused(case(0.0, 3)), refused(case(0.0, 4))]
    rows = by_id(standing_rows(looks))
    assert rows["not_measurable_share"].value == 0.5
    assert "outside the crop" in rows["not_measurable_share"].note
    assert "2 of 4 frames refused" in rows["not_measurable_share"].note
    assert rows["left_right_swapped_share"].value == 0.5
    assert not rows["left_right_swapped_share"].ok


def test_the_five_points_of_a_side_view_are_held_against_their_angles():
    good = [look(case(view=BodyView.RIGHT), sd_px=0.1)]
    assert side_point_row(good).ok
    rows = by_id(side_rows(good))
    assert rows["side_angles_every_median_deg"].value == pytest.approx(0.0, abs=0.01)
    off = np.zeros((SPINE_COUNT, 2))
    off[[SpinePoint.SIDE_T6, SpinePoint.SIDE_L4], 0] = 0.06 * TRUNK_PX
    bad = [look(case(view=BodyView.RIGHT), by_px=off, sd_px=0.1)]
    assert by_id(side_rows(bad))["side_angles_every_median_deg"].value > 2.0


def test_a_stratum_twice_as_bad_as_the_mean_fails():
    def person(seed, skin, degrees):
        return look(case(0.0, seed, strata={"skin": skin}), tilted_px=200 * np.tan(np.radians(degrees)))

    looks = [person(seed, "light", 0.2) for seed in range(9)] + [person(20 + seed, "dark", 2.0) for seed in range(3)]
    row = by_id(strata_rows(looks, []))["shoulder_tilt_back_worst_stratum_over_mean"]
    assert row.value == pytest.approx(2.0 / (0.75 * 0.2 + 0.25 * 2.0), rel=0.02)
    assert not row.ok
    assert "skin dark" in row.note


def test_a_stratum_of_two_people_says_nothing():
    looks = [look(case(0.0, seed, strata={"skin": "dark"}), tilted_px=3.0) for seed in range(2)]
    assert by_id(strata_rows(looks, []))["shoulder_tilt_back_worst_stratum_over_mean"].value is None


def test_int8_is_held_against_float_angle_by_angle_beside_noise():
    cases = [case(0.0, seed) for seed in range(5)]
    int8 = [look(one, tilted_px=200 * np.tan(np.radians(0.5))) for one in cases]
    rows = by_id(precision_rows(int8, [look(one) for one in cases], int8))
    row = rows["int8_minus_float_median_max_deg"]
    assert row.value == pytest.approx(0.5, abs=0.01)
    assert not row.ok
    assert "worst C1" in row.note
    assert rows["lsb_noise_median_max_deg"].value == 0.0
    assert by_id(precision_rows(int8, int8, int8))["int8_minus_float_median_max_deg"].ok


def test_readings_of_different_pictures_cannot_be_compared():
    with pytest.raises(ValueError, match="different pictures"):
        apart([look(case(seed=1))], [look(case(seed=2))])


def test_boxes_are_put_elsewhere_by_a_tenth_at_most():
    box = Box(100.0, 50.0, 2.0)
    middles = np.array([[one.left + WIDTH * one.scale / 2, one.top + HEIGHT * one.scale / 2]
                        for one in jittered(box, np.random.default_rng(0))])  # fmt: skip
    off = np.abs(middles - (100 + WIDTH, 50 + HEIGHT)) / (WIDTH * 2.0, HEIGHT * 2.0)
    assert off.max() <= 0.1 + 1e-9
    assert off.max() > 0.05
    scales = [one.scale for one in jittered(box, np.random.default_rng(1))]
    assert 1.8 <= min(scales) < max(scales) <= 2.2
