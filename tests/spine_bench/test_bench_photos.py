"""Photographs: whose sides nobody is sure of, and backs of which nobody knows the spine."""

import json
from dataclasses import replace

import cv2
import numpy as np
import pytest
from rich.console import Console

from edge.errors import PictureError
from edge.pose.landmarks import Joint
from edge.pose.spine_answer import SpineAnswer
from edge.pose.spine_crop import Box
from edge.pose.spine_reading import Trend
from models.spine.bench.photo_rows import hits, line_error_deg, photo_rows
from models.spine.bench.photo_section import photo_section, side_views
from models.spine.bench.photos import JOINTS, Photo, PhotoLook, read_photos
from models.spine.bench.pictures import write_photos
from models.spine.bench.real_backs import Readings, back_view_rows, is_back, relit, stands, turned
from tests.spine_bench.backs import case, landmarks

TRUNK = np.array([[0.0, 0.0], [40.0, 0.0], [-5.0, 100.0], [45.0, 100.0]])
"""Left and right shoulder, left and right hip; the crossed torso is 109.7 px, a fifth of it 21.9."""


def photo_look(off_px=0.0, turned_px=0.0, subset="standing", sd=0.01, refused=None):
    one = case()
    coarse = landmarks(one)
    truth = coarse.xyz_px[[11, 12, 23, 24], :2].astype(np.float64)
    xy = np.zeros((74, 2))
    box = Box(200.0, 250.0, 2.0)
    for number, joint in JOINTS.items():
        xy[number] = box.to_crop(one.joints_px[joint] + np.array([off_px, 0.0]))
    answer = SpineAnswer(xy, np.full((74, 2), sd), np.ones(74), Trend(0.0, np.zeros(7)), box)
    answer.xy[6, 1] += turned_px / box.scale
    photo = Photo(None, subset, truth)
    return PhotoLook(photo, np.full((1280, 720, 3), 90, np.uint8), coarse, None, answer, refused)


def test_points_within_a_fifth_of_the_torso_count_and_exchanged_sides_are_forgiven_as_a_whole():
    assert hits(TRUNK, TRUNK) == [True] * 4
    assert hits(TRUNK[[1, 0, 3, 2]], TRUNK) == [True] * 4
    assert hits(TRUNK + np.array([21.8, 0.0]), TRUNK) == [True] * 4
    assert hits(TRUNK + np.array([0.0, 22.1]), TRUNK) == [False] * 4
    # Shoulders alone exchanged are no person seen from behind.
    assert sum(hits(TRUNK[[1, 0, 2, 3]], TRUNK)) == 2


def test_points_nobody_annotated_do_not_count():
    part = TRUNK.copy()
    part[1] = np.nan
    assert hits(TRUNK, part) == [True] * 3
    assert hits(None, TRUNK) == []
    assert hits(TRUNK, np.full((4, 2), np.nan)) == []


def test_a_line_has_no_direction():
    flat, steep = np.array([[0.0, 0.0], [10.0, 0.0]]), np.array([[0.0, 0.0], [10.0, 10.0]])
    assert line_error_deg(flat, steep, (0, 1)) == pytest.approx(45.0)
    assert line_error_deg(flat, steep[::-1], (0, 1)) == pytest.approx(45.0)
    assert line_error_deg(flat, flat[::-1], (0, 1)) == pytest.approx(0.0)
    assert line_error_deg(flat, np.full((2, 2), np.nan), (0, 1)) is None


def test_a_network_as_good_as_blazepose_meets_every_row_of_photographs():
    assert [row.id for row in photo_rows([photo_look() for _ in range(5)]) if row.target and not row.ok] == []


def test_points_that_miss_more_often_than_blazepose_s_fail():
    rows = {row.id: row for row in photo_rows([photo_look(off_px=350.0) for _ in range(5)])}
    assert rows["photo_pck20_trunk"].value == 0.0
    assert rows["photo_pck20_trunk_blazepose"].value == 100.0
    assert rows["photo_pck20_trunk_against_blazepose"].value == -100.0
    assert not rows["photo_pck20_trunk_against_blazepose"].ok


def test_lines_that_are_turned_more_than_blazepose_s_fail_by_the_whole_interval():
    rows = {row.id: row for row in photo_rows([photo_look(turned_px=20.0) for _ in range(5)])}
    low = rows["photo_shoulder_line_against_blazepose_low_deg"]
    assert low.value == pytest.approx(np.degrees(np.arctan2(20.0, 200.0)), abs=0.1)
    assert not low.ok
    assert rows["photo_hip_line_against_blazepose_low_deg"].ok


def test_where_the_station_refuses_the_reading_it_is_judged_by_the_landmarks_it_goes_on_with():
    looks = [photo_look(off_px=350.0, turned_px=20.0, refused="the two networks disagree") for _ in range(5)]
    rows = {row.id: row for row in photo_rows(looks)}
    assert rows["photo_pck20_trunk_against_blazepose"].value == 0.0
    assert rows["photo_pck20_trunk_alone_against_blazepose"].value == -100.0
    assert rows["photo_shoulder_line_against_blazepose_deg"].value == 0.0
    assert rows["photo_shoulder_line_alone_against_blazepose_deg"].value > 5.0
    assert rows["photo_refused_share"].value == 1.0


def test_a_shoulder_the_spine_network_does_not_see_is_judged_by_the_landmarks_as_the_station_does():
    looks = [photo_look(turned_px=20.0) for _ in range(5)]
    for look in looks:
        look.answer.score[5] = 0.2
    rows = {row.id: row for row in photo_rows(looks)}
    assert rows["photo_shoulder_line_against_blazepose_deg"].value == pytest.approx(0.0, abs=1e-6)


def test_an_answer_that_is_unsure_of_itself_is_moved_towards_blazepose():
    sure, unsure = (
        {row.id: row.value for row in photo_rows([photo_look(turned_px=20.0, sd=sd) for _ in range(5)])}
        for sd in (0.01, 20.0)
    )
    line = "photo_shoulder_line_against_blazepose_deg"
    assert unsure[line] < 0.3 * sure[line]
    assert unsure[line.replace("line", "line_alone")] == sure[line.replace("line", "line_alone")]


def test_nobody_found_on_any_photograph_is_no_result():
    nobody = PhotoLook(Photo(None, "standing", TRUNK), np.zeros((4, 4, 3), np.uint8), None, None, None, "nobody found")
    rows = photo_rows([nobody])
    assert {row.value for row in rows} == {None}
    assert not any(row.ok for row in rows if row.target)


def test_backs_whose_readings_stay_and_turn_their_sign_pass():
    steady = [Readings(10.0, -11.0, (9.0, 10.5)), Readings(-4.0, 3.0, (-5.0,), stands=True)]
    rows = {row.id: row for row in back_view_rows(steady)}
    assert rows["real_back_read_median_deg"].value == 7.0
    assert rows["real_back_standing_read_median_deg"].value == 4.0
    assert rows["real_back_spread_deg"].ok
    assert rows["real_back_sign_flips_share"].value == 1.0


def test_backs_whose_readings_ignore_the_mirror_fail():
    rows = {row.id: row for row in back_view_rows([Readings(20.0, 20.0, (20.0,)), Readings(5.0, None, ())])}
    assert rows["real_back_spread_deg"].value == pytest.approx(np.std([20.0, -20.0, 20.0]) / 2)
    assert not rows["real_back_spread_deg"].ok
    assert rows["real_back_sign_flips_share"].value == 0.0
    assert not rows["real_back_sign_flips_share"].ok


def test_whoever_is_bent_or_refused_is_no_back_view():
    assert not is_back(photo_look(subset="bent"))
    assert not is_back(PhotoLook(Photo(None, "standing", TRUNK), np.zeros((4, 4, 3), np.uint8), None, None, None, "x"))


def test_whoever_jumps_leans_or_lifts_an_arm_does_not_stand():
    upright = landmarks(case())
    assert stands(upright)
    moves = {Joint.LEFT_KNEE: (150.0, -100.0), Joint.LEFT_ELBOW: (0.0, -300.0), Joint.RIGHT_HIP: (0.0, 400.0)}
    for joint, by in moves.items():
        xyz = upright.xyz_px.copy()
        xyz[joint, :2] += by
        assert not stands(replace(upright, xyz_px=xyz)), joint


def test_a_photograph_is_drawn_close_up_beside_its_other_precision(tmp_path):
    looks = [photo_look(), photo_look(off_px=5.0)]
    (path,) = write_photos(tmp_path, "standing", {"int8": looks, "float": looks})
    assert cv2.imread(str(path)).shape[0] == 384


def test_changed_copies_keep_their_size():
    image = np.random.default_rng(0).integers(0, 256, (40, 30, 3)).astype(np.uint8)
    assert turned(image, 5.0).shape == image.shape
    assert relit(image, 0.5).mean() > image.mean() > relit(image, 2.0).mean()
    assert turned(image, 0.0).tolist() == image.tolist()


def test_without_photographs_the_bench_says_so_and_goes_on(tmp_path, capsys):
    console = Console(width=200)
    assert photo_section(None, [], None, console) == []
    assert photo_section(tmp_path, [], None, console) == []
    said = capsys.readouterr().out
    assert "--photos" in said
    assert "none in" in said


def test_annotations_are_read_by_the_names_of_their_joints(tmp_path):
    (tmp_path / "lspet").mkdir()
    order = ["r_hip", "l_hip", "r_shoulder", "l_shoulder"]
    entry = {"file": "a.jpg", "subset": "standing", "joints": [[1, 2, 1], [3, 4, 1], [5, 6, 0], [7, 8, 1]]}
    path = tmp_path / "lspet_annotations.json"
    path.write_text(json.dumps({"joint_order": order, "images": [entry]}), encoding="utf-8")
    (photo,) = read_photos(tmp_path)
    assert photo.trunk_px[[0, 2, 3]].tolist() == [[7, 8], [3, 4], [1, 2]]
    assert np.isnan(photo.trunk_px[1]).all()
    with pytest.raises(PictureError, match="--photos"):
        photo.image()
    path.write_text(json.dumps({"joint_order": order[:2], "images": [entry]}), encoding="utf-8")
    with pytest.raises(PictureError, match="--photos"):
        read_photos(tmp_path)


def test_side_views_are_looked_at_where_there_are_some(tmp_path):
    assert side_views(tmp_path) == []
    (tmp_path / "side_view").mkdir()
    cv2.imwrite(str(tmp_path / "side_view" / "1.jpg"), np.zeros((20, 10, 3), np.uint8))
    assert [photo.path.name for photo in side_views(tmp_path)] == ["1.jpg"]
