import numpy as np
import pytest

from edge.pose.detector import ANCHORS, Detection, Detector, decode, each_once, merge
from tests.pose.markers import MarkerDetector, detector_outputs, drawn


def found(*people):
    outputs = detector_outputs(people)
    return decode(outputs["boxes"], outputs["scores"])


def test_anchors_cover_the_three_grids_in_the_networks_order():
    assert ANCHORS.shape == (2254, 2)
    assert ANCHORS[0] == pytest.approx([0.5 / 28, 0.5 / 28])
    assert ANCHORS[1] == pytest.approx(ANCHORS[0])  # two a cell
    assert ANCHORS[2] == pytest.approx([1.5 / 28, 0.5 / 28])  # x runs first
    assert ANCHORS[28 * 28 * 2] == pytest.approx([0.5 / 14, 0.5 / 14])
    assert ANCHORS[28 * 28 * 2 + 14 * 14 * 2 + 5] == pytest.approx([0.5 / 7, 0.5 / 7])  # six a cell
    assert ANCHORS[-1] == pytest.approx([6.5 / 7, 6.5 / 7])


def in_pixels(finds, side=640):
    return [Detection(find.score, find.keypoints * side, find.box * side) for find in finds]


def test_decoding_gives_back_what_was_encoded():
    (one,) = found(((0.4, 0.6), (0.45, 0.2), (0.44, 0.25, 0.1), 0.8))
    assert one.score == pytest.approx(0.8)
    assert one.keypoints[0] == pytest.approx([0.4, 0.6], abs=1e-6)
    assert one.keypoints[1] == pytest.approx([0.45, 0.2], abs=1e-6)
    assert one.box == pytest.approx([0.39, 0.2, 0.49, 0.3], abs=1e-6)


def test_half_certain_counts_and_less_does_not():
    face = (0.5, 0.2, 0.1)
    assert len(found(((0.5, 0.5), (0.5, 0.2), face, 0.5))) == 1
    assert found(((0.5, 0.5), (0.5, 0.2), face, 0.499)) == []


def test_nothing_found_merges_to_nobody():
    assert merge(found()) == []


def test_overlapping_finds_become_one_weighted_by_score():
    strong = ((0.40, 0.6), (0.4, 0.2), (0.40, 0.25, 0.1), 0.9)
    weak = ((0.43, 0.6), (0.4, 0.2), (0.41, 0.25, 0.1), 0.6)
    (one,) = merge(found(strong, weak))
    assert one.score == pytest.approx(0.9)
    assert one.keypoints[0, 0] == pytest.approx((0.9 * 0.40 + 0.6 * 0.43) / 1.5, abs=1e-6)


def test_boxes_that_share_less_than_three_tenths_stay_apart():
    left = ((0.3, 0.6), (0.3, 0.2), (0.30, 0.25, 0.1), 0.9)
    right = ((0.5, 0.6), (0.5, 0.2), (0.36, 0.25, 0.1), 0.8)  # overlap 0.04 of 0.16: a quarter
    assert [one.score for one in merge(found(left, right))] == pytest.approx([0.9, 0.8])


def test_a_box_without_area_is_still_one_find():
    assert len(merge(found(((0.5, 0.5), (0.5, 0.2), (0.5, 0.2, 0.0), 0.9)))) == 1


def test_a_second_find_on_the_same_hips_is_the_same_person():
    upright = ((0.50, 0.6), (0.50, 0.2), (0.50, 0.25, 0.1), 0.9)
    lying = ((0.52, 0.6), (0.15, 0.6), (0.20, 0.60, 0.1), 0.7)
    people = in_pixels(merge(found(upright, lying)))
    assert len(people) == 2
    assert [one.score for one in each_once(people)] == pytest.approx([0.9])


def test_a_find_whose_points_coincide_is_nobody():
    assert each_once(in_pixels(merge(found(((0.5, 0.5), (0.5, 0.5), (0.5, 0.2, 0.1), 0.9))))) == []


@pytest.mark.parametrize("size_px", [(640, 480), (480, 640), (160, 120), (3840, 2160), (500, 500)])
def test_people_are_found_where_they_are_in_a_picture_of_any_shape(size_px):
    width, height = size_px
    hip, top = (round(width * 0.6), round(height * 0.6)), (round(width * 0.6), round(height * 0.2))
    frame = drawn((hip, top), size_px=size_px, radius_px=max(2, max(size_px) // 100))
    (one,) = Detector(MarkerDetector()).detect(frame.image)
    pixel_of_network = max(size_px) / 224
    assert one.keypoints[0] == pytest.approx(hip, abs=pixel_of_network)
    assert one.keypoints[1] == pytest.approx(top, abs=pixel_of_network)


def test_everyone_is_found_best_first():
    people = Detector(MarkerDetector()).detect(drawn(((150, 300), (150, 150)), ((450, 300), (450, 150))).image)
    assert sorted(round(one.keypoints[0, 0] / 10) for one in people) == [15, 45]


@pytest.mark.parametrize("grey", [0, 255])
def test_a_black_or_white_picture_holds_nobody(grey):
    class NobodyThere(MarkerDetector):
        def run(self, inputs):
            assert inputs["image"].max() == pytest.approx(1.0 if grey else -1.0)
            return detector_outputs([])

    assert Detector(NobodyThere()).detect(np.full((120, 160, 3), grey, np.uint8)) == []
