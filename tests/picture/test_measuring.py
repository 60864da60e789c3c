import json
import math
import os
import re
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from edge.errors import PictureError
from edge.guidance.position import Limits
from edge.picture.measuring import Bench, measure_picture
from edge.picture.report import PictureReport
from edge.pose.body_view import BodyView
from edge.pose.landmarks import Joint
from edge.pose.spine_points import SPINE_COUNT, SpinePoint
from edge.pose.spine_reading import SpineReading, Trend
from edge.session.summary import NOTICE, Network
from edge.spine.setup import Setup
from tests.people import Person
from tests.picture.photographs import BACK, NO_SETUP, PERSON, knows, noisy, save
from tests.stick import spine_points


def run(tmp_path, estimator=None, *, image=None, setup=NO_SETUP, view=BACK, networks=()):
    path = save(tmp_path / "child.jpg", image)
    return measure_picture(path, tmp_path / "out", Bench(estimator or knows(), setup, view, networks))


def written(tmp_path):
    report = PictureReport.model_validate_json((tmp_path / "out" / "child.json").read_text())
    return report, cv2.imread(str(tmp_path / "out" / report.overlay))


def by_id(report):
    return {one.id: one for one in report.measures}


def test_joints_come_out_in_pixels_of_the_picture(tmp_path):
    run(tmp_path)
    report, _ = written(tmp_path)
    truth = PERSON.landmarks()
    assert len(report.joints) == 33
    for joint, one in zip(Joint, report.joints, strict=True):
        assert one.name == joint.name.lower()
        assert (one.x_px, one.y_px) == pytest.approx(tuple(truth.xyz_px[joint, :2]), abs=0.01)
        assert one.score == pytest.approx(0.98)


def test_the_report_returned_is_the_report_written(tmp_path):
    assert run(tmp_path) == written(tmp_path)[0]


def test_measures_come_with_words_uncertainty_and_reasons(tmp_path):
    found = by_id(run(tmp_path))
    assert found["C1"].value == pytest.approx(6.0, abs=0.05)
    assert found["C1"].words == "right shoulder higher by 6.0°"
    assert found["C1"].uncertainty == 3.2
    assert found["C1mm"].value is None
    assert "no scale" in found["C1mm"].reason
    assert found["C6b"].surrogate
    assert not found["C1"].surrogate


def test_a_known_scale_gives_millimetres(tmp_path):
    report = run(tmp_path, setup=Setup(px_per_m=600.0))
    assert by_id(report)["C1mm"].value is not None
    assert (report.px_per_m, report.scale_origin) == (600.0, "setting")


def test_what_one_pixel_is_worth_stands_beside_the_angles(tmp_path):
    landmarks = PERSON.landmarks()
    width = float(
        np.linalg.norm(landmarks.xyz_px[Joint.LEFT_SHOULDER, :2] - landmarks.xyz_px[Joint.RIGHT_SHOULDER, :2])
    )
    assert run(tmp_path).tilt_of_one_px_deg == pytest.approx(math.degrees(math.atan(1 / width)), abs=0.001)


def test_the_overlay_is_the_picture_with_drawing_and_a_caption_below(tmp_path):
    run(tmp_path)
    report, overlay = written(tmp_path)
    plain = cv2.imread(str(tmp_path / "child.jpg"))
    assert report.overlay_scale == 1
    assert overlay.shape[1] == 720
    assert overlay.shape[0] > 1280
    changed = np.abs(overlay[:1280].astype(int) - plain).max(axis=2) > 3
    assert 0.005 < changed.mean() < 0.2
    x, y = (round(float(v)) for v in PERSON.landmarks().xyz_px[Joint.RIGHT_KNEE, :2])
    assert changed[y - 2 : y + 3, x - 2 : x + 3].all()
    assert not changed[:40, :40].any()
    assert (overlay[1280:] > 150).any()


@pytest.mark.parametrize("size_px", [(120, 160), (160, 120)])
def test_a_small_picture_is_refused_and_shown_enlarged(tmp_path, size_px):
    person = Person(shoulder_tilt_deg=6.0, px_per_m=65.0, size_px=size_px, feet_px=6.0)
    with pytest.raises(PictureError, match=r"too small to measure on: at about \d+ pixels per metre"):
        run(tmp_path, knows(person), image=noisy(*size_px))
    report, overlay = written(tmp_path)
    assert {one.value for one in report.measures} == {None}
    assert report.overlay_scale == 6
    assert overlay.shape[1] == 6 * size_px[0]


def test_how_small_is_too_small_follows_the_settings(tmp_path):
    person = Person(shoulder_tilt_deg=6.0, px_per_m=330.0, size_px=(480, 640), feet_px=6.0)
    path = save(tmp_path / "child.jpg", noisy(480, 640))
    with pytest.raises(PictureError, match="too small"):
        measure_picture(path, tmp_path / "out", Bench(knows(person), NO_SETUP, BACK))
    report = measure_picture(path, tmp_path / "out", Bench(knows(person), NO_SETUP, BACK, (), Limits(min_px_per_m=300)))
    assert by_id(report)["C1"].value == pytest.approx(6.0, abs=0.05)


def test_a_four_k_picture_is_measured(tmp_path):
    person = Person(shoulder_tilt_deg=6.0, px_per_m=1100.0, size_px=(3840, 2160))
    report = run(tmp_path, knows(person), image=noisy(3840, 2160))
    assert (report.width_px, report.height_px) == (3840, 2160)
    assert by_id(report)["C1"].value == pytest.approx(6.0, abs=0.05)


def test_a_picture_without_anybody_is_one_sentence_and_writes_nothing(tmp_path):
    with pytest.raises(PictureError, match="nobody was found"):
        run(tmp_path, knows(None, people=0))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("estimator", "sentence"),
    [
        (knows(people=2), "2 people are in the picture, show one person at a time"),
        (knows(Person(camera_roll_deg=80.0)), "leans 80° out of the upright, turn the picture"),
        (knows(Person(yaw_deg=60.0)), "left and right cannot be told apart, show the person square to the camera"),
        (
            knows(replace(PERSON, hidden=(Joint.LEFT_HIP, Joint.RIGHT_HIP))),
            r"left and right cannot be told apart \(left hip, right hip not seen\)",
        ),
        (knows(Person(view=BodyView.FRONT)), "shows the person's front, not the back: measure it with --view front"),
    ],
)
def test_a_refusal_is_drawn_written_and_said_and_carries_no_number(tmp_path, estimator, sentence):
    with pytest.raises(PictureError, match=sentence) as refused:
        run(tmp_path, estimator)
    report, overlay = written(tmp_path)
    assert str(tmp_path / "out" / "child.overlay.png") in str(refused.value)
    assert re.search(sentence, report.refusal)
    assert all(one.value is None and one.reason == report.refusal for one in report.measures)
    assert report.remarks == []
    assert overlay is not None


def test_a_front_view_is_measured_when_asked_for(tmp_path):
    person = Person(shoulder_tilt_deg=6.0, view=BodyView.FRONT)
    report = run(tmp_path, knows(person), view=BodyView.FRONT)
    assert report.seen_view == "front"
    assert by_id(report)["C1"].value == pytest.approx(6.0, abs=0.05)


def test_a_hidden_ear_is_a_reason_not_a_number(tmp_path):
    report = run(tmp_path, knows(replace(PERSON, hidden=(Joint.LEFT_EAR,))))
    assert by_id(report)["C7"].value is None
    assert "left ear not seen" in by_id(report)["C7"].reason
    assert by_id(report)["C4"].value is not None


def test_joints_outside_the_picture_are_guesses_and_give_no_number(tmp_path):
    report = run(tmp_path, knows(replace(PERSON, feet_px=-500.0)))  # cut off above the hips
    found = by_id(report)
    assert found["C1"].value == pytest.approx(6.0, abs=0.05)
    assert found["C4"].value is None
    assert found["C4"].reason == "left hip and right hip outside the picture"
    assert [row for row in found if found[row].value is not None] == ["C1", "C7", "C8b"]


def test_a_scale_from_a_body_that_is_cut_off_gives_no_millimetres(tmp_path):
    report = run(tmp_path, knows(replace(PERSON, feet_px=-100.0)), setup=Setup(person_height_m=1.6))
    assert by_id(report)["C1"].value is not None
    assert by_id(report)["C1mm"].reason == "left ankle and right ankle outside the picture"


def test_the_networks_and_the_notice_are_on_record(tmp_path):
    network = Network(name="pose_full.int8", sha256="ab" * 32, engine="simulated")
    report = run(tmp_path, networks=[network])
    assert report.networks == [network]
    assert report.notice == NOTICE


def test_no_folder_name_leaves_with_the_report(tmp_path):
    run(tmp_path)
    assert str(tmp_path) not in (tmp_path / "out" / "child.json").read_text()


def test_measuring_again_replaces_what_was_written(tmp_path):
    run(tmp_path)
    first = written(tmp_path)[0]
    run(tmp_path, knows(replace(PERSON, shoulder_tilt_deg=-6.0)))
    second = written(tmp_path)[0]
    assert by_id(first)["C1"].value > 0 > by_id(second)["C1"].value
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["child.json", "child.overlay.png"]


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "out").write_text("a file where the folder should be")
    with pytest.raises(PictureError, match=r"cannot be written .* name another folder with --out"):
        run(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_write_permission_is_one_sentence(tmp_path):
    (tmp_path / "out").mkdir(mode=0o500)
    with pytest.raises(PictureError, match="Permission denied"):
        run(tmp_path)


def test_the_estimator_sees_the_picture_upright_and_whole(tmp_path):
    estimator = knows()
    run(tmp_path, estimator)
    (frame,) = estimator.frames
    assert frame.size_px == (720, 1280)


def test_the_json_can_be_read_without_this_project(tmp_path):
    run(tmp_path)
    content = json.loads(Path(tmp_path / "out" / "child.json").read_text())
    assert content["schema_id"] == "plumbline.picture/1"
    assert {"picture", "width_px", "joints", "measures", "networks", "people", "view", "refusal"} <= set(content)


def closer(tilt_deg=5.0, sd_px=1.0, c7_px=None, reason=None):
    """A spine network that reads another shoulder tilt, and C7 a little to the right of the sacrum."""

    def look(frame, person):
        if reason is not None:
            return SpineReading(None, None, None, reason)
        finer = replace(replace(PERSON, shoulder_tilt_deg=tilt_deg).landmarks(), sd_px=np.full(33, sd_px, np.float32))
        spine = spine_points(np.tile(person.xyz_px[Joint.LEFT_HIP, :2], (SPINE_COUNT, 1)), sd_px=sd_px)
        spine.xy_px[SpinePoint.C7] = spine.xy_px[SpinePoint.SACRUM] + [6.0, -250.0] if c7_px is None else c7_px
        return SpineReading(finer, spine, Trend(20.0, np.zeros(7)))

    return look


def measured_closely(tmp_path, look, setup=NO_SETUP):
    path = save(tmp_path / "child.jpg", None)
    return measure_picture(path, tmp_path / "out", Bench(knows(), setup, BACK, (), spine=look))


def test_with_a_spine_network_its_joints_are_measured_and_each_value_says_how_uncertain_it_is(tmp_path):
    found = by_id(measured_closely(tmp_path, closer(), Setup(px_per_m=600.0)))
    assert found["C1"].value == pytest.approx(5.0, abs=0.05)
    alone_deg = math.degrees(math.sqrt(2) / (0.18 * 1.6 * 600))  # less what both shoulders err by together
    assert 0.7 * alone_deg < found["C1"].stated_sd < alone_deg
    assert found["C5"].words == "trunk shifted to the right by 10 mm"
    assert found["C6"].stated_sd > 0
    assert not [row for row in found if row.startswith("C14")]


def test_a_refused_reading_leaves_everything_as_without_that_network(tmp_path):
    with_it = measured_closely(tmp_path, closer(reason="out of order"))
    assert with_it == run(tmp_path)
    assert by_id(with_it)["C1"].stated_sd is None


def test_a_value_that_is_too_uncertain_says_so_instead(tmp_path):
    one = by_id(measured_closely(tmp_path, closer(sd_px=12.0)))["C1"]
    assert (one.value, one.stated_sd) == (None, None)
    assert one.reason.startswith("too uncertain: ±")


def test_a_point_of_the_spine_outside_the_picture_is_not_measured_on(tmp_path):
    one = by_id(measured_closely(tmp_path, closer(c7_px=[300.0, -4.0])))["C6"]
    assert one.reason == "C7 outside the picture"
