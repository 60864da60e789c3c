"""Seeds row 3.1: the layout's table, and that the rig writes its truth in the same order."""

import pytest

from edge.pose.landmarks import Joint
from edge.pose.spine_layout import CENTRES, JOINTS, POINTS, SPINE_IDS, SPINE_LEVELS, SPINETRACK, SPINETRACK_COUNT
from edge.pose.spine_points import NINE, SpinePoint
from models.people.truth import spinetrack as rig


def test_the_layout_has_37_points_each_with_its_own_name():
    assert SPINETRACK_COUNT == 37
    assert len(set(SPINETRACK)) == 37


def test_the_ids_of_the_layout_are_those_published():
    published = {0: "nose", 5: "left_shoulder", 12: "right_hip", 16: "right_ankle", 17: "head", 18: "neck", 19: "hip"}
    published |= {20: "left_big_toe", 24: "left_heel", 26: "spine_01", 30: "spine_05", 31: "left_latissimus"}
    published |= {33: "left_clavicle", 35: "neck_02", 36: "neck_03"}
    assert {number: SPINETRACK[number] for number in published} == published


def test_the_table_is_that_of_the_rig():
    assert (SPINETRACK, SPINE_IDS, SPINE_LEVELS) == (rig.SPINETRACK, rig.SPINE_IDS, rig.SPINE_LEVELS)


def test_the_nine_spine_points_are_the_centres_of_the_same_levels_from_the_sacrum_up():
    skin = [SpinePoint[point.name.removeprefix("CENTRE_")] for point in (CENTRES[number] for number in SPINE_IDS)]
    assert tuple(skin) == NINE
    assert CENTRES[18] is SpinePoint.CENTRE_C7
    assert CENTRES[19] is SpinePoint.CENTRE_SACRUM


def test_joints_keep_their_side_and_toes_are_the_ends_of_the_feet():
    assert len(JOINTS) == 17 + 4
    assert (JOINTS[5], JOINTS[12], JOINTS[25]) == (Joint.LEFT_SHOULDER, Joint.RIGHT_HIP, Joint.RIGHT_HEEL)
    assert (JOINTS[20], JOINTS[21]) == (Joint.LEFT_FOOT_INDEX, Joint.RIGHT_FOOT_INDEX)


def test_the_network_s_order_is_the_one_it_was_trained_with():
    trained = pytest.importorskip("models.spine.layout").POINTS
    ours = (*SPINETRACK, *(SpinePoint(k).name for k in range(POINTS - SPINETRACK_COUNT)))
    assert ours == trained
