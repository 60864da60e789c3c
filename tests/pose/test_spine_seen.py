"""What counts as seen among the points that something thin always covers."""

import numpy as np
import pytest

from edge.pose.spine_answer import read_answer
from edge.pose.spine_crop import Box
from edge.pose.spine_layout import POINTS, SPINETRACK, SPINETRACK_COUNT
from edge.pose.spine_points import SIDE_FIVE, SpinePoint

TRUNK = [k for k, name in enumerate(SPINETRACK) if name == "hip" or name.startswith(("spine_", "neck"))]


def scores(*hidden: str, covered: bool = False) -> np.ndarray:
    logits = np.full((1, POINTS), 4.0, np.float32)
    logits[0, [SPINETRACK.index(name) for name in hidden]] = -4.0
    logits[0, [SPINETRACK_COUNT + point for point in SIDE_FIVE]] = -4.0  # a shirt lies over the skin
    if covered:
        logits[0, TRUNK] = -4.0
    outputs = {
        "points": np.full((1, POINTS, 2), 100.0, np.float32), "log_sd": np.zeros((1, POINTS, 2), np.float32),
        "visible": logits, "curve": np.zeros((1, 8), np.float32),
    }  # fmt: skip
    return read_answer(outputs, Box(0.0, 0.0, 1.0)).spine_points(0.0).score[list(SIDE_FIVE)]


@pytest.mark.parametrize("far", ["left", "right"])
def test_a_hanging_arm_before_the_column_does_not_hide_the_skyline_of_the_back(far):
    assert (scores(f"{far}_shoulder", f"{far}_hip", covered=True) > 0.9).all()


def test_where_nobody_sees_the_hips_nobody_sees_the_lower_back():
    found = dict(zip(SIDE_FIVE, scores("left_hip", "right_hip"), strict=True))
    assert found[SpinePoint.SIDE_S5] < 0.1
    assert found[SpinePoint.SIDE_L4] < 0.1
    assert found[SpinePoint.SIDE_T6] > 0.9
