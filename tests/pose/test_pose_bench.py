import json

import cv2
import numpy as np
import pytest

from edge.errors import PictureError
from edge.pose.landmarks import COUNT
from models.pose.accuracy import LANDMARK_OF, MIRROR, hits, loss_points, torso
from models.pose.bench import What, main
from models.pose.parity import disagreements, distances_px
from models.pose.pictures import JOINTS, load_clip, load_photographs, save_frames
from models.pose.speed import ratio


def body():
    """Twelve joints of a person with a torso of 100 px."""
    joints = np.zeros((12, 2))
    for index, name in enumerate(JOINTS):
        side, joint = name.split("_")
        height = {"shoulder": 0, "elbow": 40, "wrist": 70, "hip": 80, "knee": 140, "ankle": 200}[joint]
        joints[index] = [200 + (30 if side == "left" else -30), 100 + height]
    return joints


def found(joints):
    landmarks = np.full((COUNT, 2), -1000.0)
    landmarks[LANDMARK_OF] = joints
    return landmarks


def test_the_torso_is_the_longest_shoulder_to_opposite_hip_distance():
    assert torso(body()) == pytest.approx(100.0)
    assert np.isnan(torso(np.full((12, 2), np.nan)))


def test_every_joint_in_place_is_a_hit_and_one_far_off_is_not():
    off = body()
    off[0] += [0, 21]  # a fifth of the torso is 20 px
    off[1] += [0, 19]
    assert hits(found(body()), body()) == (12, 12)
    assert hits(found(off), body()) == (11, 12)


def test_sides_that_are_swapped_all_over_count_as_found():
    assert hits(found(body()[MIRROR]), body()) == (12, 12)


def test_one_swapped_pair_is_two_misses():
    swapped = body()
    swapped[[0, 5]] = swapped[[5, 0]]
    assert hits(found(swapped), body()) == (10, 12)


def test_a_person_not_found_misses_every_annotated_joint():
    joints = body()
    joints[3] = np.nan
    assert hits(np.full((COUNT, 2), np.nan), joints) == (0, 11)


def test_people_without_an_annotated_torso_do_not_count():
    joints = body()
    joints[[JOINTS.index("left_hip"), JOINTS.index("right_hip")]] = np.nan
    assert hits(found(body()), joints) == (0, 0)


def test_the_loss_and_its_interval_are_those_of_the_people():
    before = np.array([[10, 10]] * 100)
    after = np.array([[9, 10]] * 50 + [[10, 10]] * 50)
    loss, low, high = loss_points(before, after)
    assert loss == pytest.approx(5.0)
    # the mean of 100 losses of 10 or 0 points has a standard error of half a point
    assert (low, high) == pytest.approx((4.0, 6.0), abs=0.2)


def test_no_difference_is_no_loss_and_a_gain_is_negative():
    counts = np.array([[5, 10], [10, 10]])
    assert loss_points(counts, counts) == (0.0, 0.0, 0.0)
    assert loss_points(counts, np.array([[6, 10], [10, 10]]))[0] == pytest.approx(-5.0)


def test_distances_leave_out_pictures_without_a_person_and_disagreements_count_them():
    ours, theirs = np.zeros((3, COUNT, 2)), np.zeros((3, COUNT, 4))
    theirs[0, :, :2] = [3.0, 4.0]
    ours[1] = theirs[1] = np.nan
    ours[2] = np.nan
    assert distances_px(ours, theirs) == pytest.approx(np.full((1, COUNT), 5.0))
    assert disagreements(ours, theirs) == 1


def test_the_ratio_is_the_median_of_the_rounds_after_the_first():
    def rounds(*milliseconds):
        return [{"cpu_ms": [value, value, 100 * value]} for value in milliseconds]

    assert ratio(rounds(1, 10, 12, 30), rounds(9, 5, 6, 5), "cpu_ms") == pytest.approx(2.0)


def test_frames_reach_the_reference_as_rgb_in_order(tmp_path):
    blue, red = np.zeros((4, 5, 3), np.uint8), np.zeros((6, 7, 3), np.uint8)
    blue[..., 0], red[..., 2] = 255, 255
    with np.load(save_frames([blue, red], tmp_path / "frames.npz")) as file:
        first, second = (file[name] for name in file.files)
    assert first[0, 0].tolist() == [0, 0, 255]
    assert second[0, 0].tolist() == [255, 0, 0]
    assert first.shape == (4, 5, 3)


def test_photographs_are_read_with_their_annotated_joints(tmp_path):
    (tmp_path / "lspet").mkdir()
    cv2.imwrite(str(tmp_path / "lspet" / "one.jpg"), np.zeros((20, 30, 3), np.uint8))
    joints = [[float(k), 2.0, int(k != 4)] for k in range(14)]
    (tmp_path / "lspet_annotations.json").write_text(json.dumps({"images": [{"file": "one.jpg", "joints": joints}]}))
    (photograph,) = load_photographs(tmp_path)
    assert photograph.image.shape == (20, 30, 3)
    assert photograph.joints.shape == (12, 2)
    assert photograph.joints[3].tolist() == [3.0, 2.0]
    assert np.isnan(photograph.joints[4]).all()


def test_a_photograph_that_is_gone_is_named(tmp_path):
    (tmp_path / "lspet_annotations.json").write_text('{"images": [{"file": "gone.jpg", "joints": [[0, 0, 1]]}]}')
    with pytest.raises(PictureError, match=r"gone\.jpg"):
        load_photographs(tmp_path)


@pytest.mark.parametrize("content", ["", "{", '{"pictures": []}'])
def test_annotations_that_are_none_are_named(tmp_path, content):
    (tmp_path / "lspet_annotations.json").write_text(content)
    with pytest.raises(PictureError, match="--photos"):
        load_photographs(tmp_path)


def test_a_clip_that_is_none_is_named(tmp_path):
    (tmp_path / "clip.mp4").write_bytes(b"no clip")
    with pytest.raises(PictureError, match="--clip"):
        load_clip(tmp_path / "clip.mp4")


def test_without_the_data_every_promised_figure_is_there_without_a_value(tmp_path, capsys):
    target = tmp_path / "figures.json"
    main(What.ALL, tmp_path / "photos", tmp_path / "clip.mp4", target)
    figures = {entry["id"]: entry for entry in json.loads(target.read_text())}
    assert {
        "parity_static_mean_px",
        "int8_pck_loss_upper_points",
        "track_full_ratio_mediapipe_0_10_21",
        "track_full_ratio_mediapipe_1_2_2",
    } <= set(figures)
    assert all(entry["value"] is None and entry["ok"] is False for entry in figures.values())
    assert capsys.readouterr().out.count("was not measured") == 3
