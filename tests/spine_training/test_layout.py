import numpy as np

from edge.pose.spine_layout import JOINTS, POINTS, SPINETRACK_COUNT
from edge.pose.spine_mirror import OTHER_SIDES
from edge.pose.spine_points import SpinePoint
from models.people.sample import sample
from models.people.studio import studio
from models.people.training import training_shot
from models.spine import layout


def test_workshop_and_station_have_the_same_points_in_the_same_order():
    assert layout.COUNT == POINTS == 74
    assert layout.POINTS[SPINETRACK_COUNT + SpinePoint.WAIST_LEFT] == "WAIST_LEFT"
    for number, joint in JOINTS.items():
        assert layout.POINTS[number].upper().replace("BIG_TOE", "FOOT_INDEX") == joint.name


def test_mirroring_twice_changes_nothing_and_once_exchanges_the_sides():
    mirrored = OTHER_SIDES
    assert np.array_equal(mirrored[mirrored], np.arange(layout.COUNT))
    assert layout.POINTS[mirrored[layout.POINTS.index("left_hip")]] == "right_hip"
    assert layout.POINTS[mirrored[layout.SKIN + SpinePoint.AXILLA_LEFT]] == "AXILLA_RIGHT"
    assert mirrored[layout.MIDLINE[3]] == layout.MIDLINE[3]


def test_every_point_of_a_rendered_person_is_found_in_its_truth():
    image, truth = studio().crop(sample(5, "V1"), "torso", (60, 80), 1.5)
    points, visible = layout.points_of(truth)
    assert points.shape == (74, 2)
    assert np.isfinite(points).all()
    assert visible[layout.MIDLINE[0]]  # the sacrum, seen from behind
    centre = np.array(truth.groups["spine_centres"].px[truth.groups["spine_centres"].names.index("C7")])
    assert np.allclose(points[18], centre, atol=1e-3)
    heights = points[list(layout.MIDLINE), 1]
    assert (np.diff(heights) < 0).all()  # from the sacrum up
    assert image.shape == (80, 60, 3)


def test_nobody_of_the_shipped_bodies_is_learnt_from():
    bodies = (*((1.7, "m"),) * 12, (1.5, "f"), (1.6, "m"))
    drawn = {training_shot(32 * k, bodies).body for k in range(40)}
    assert drawn == {12, 13}
