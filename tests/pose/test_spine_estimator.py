from dataclasses import replace

import numpy as np
import pytest

from edge.camera.frame import Frame
from edge.errors import ModelError
from edge.pose.facing import PAIRS
from edge.pose.landmarks import Joint, Landmarks
from edge.pose.sides import WHOLE, exchange
from edge.pose.silhouette import SIDE, Silhouette
from edge.pose.spine_answer import HELD
from edge.pose.spine_crop import GREY, TORSO_WIDER, box_about, torso_box
from edge.pose.spine_estimator import LEGS, SpineEstimator, read_finely
from edge.pose.spine_layout import JOINTS, POINTS, SPINETRACK_COUNT
from edge.pose.spine_mirror import OTHER_SIDES
from edge.pose.spine_points import SpinePoint
from edge.pose.spine_reading import SpineReading
from tests.pose.spine_parts import KnowingEngine, stick_person
from tests.stick import SIZE_PX

NUMBER = {joint: number for number, joint in JOINTS.items()}


def frame(value=60):
    return Frame(np.full((SIZE_PX[1], SIZE_PX[0], 3), value, np.uint8), 0.0, 0)


def off(landmarks, seed=1, sd_px=4.0):
    """The same person as a coarser network sees them."""
    noise = np.random.default_rng(seed).normal(0, sd_px, landmarks.xyz_px.shape).astype(np.float32)
    return Landmarks(landmarks.xyz_px + noise, landmarks.world_m, landmarks.score, landmarks.recovered, 3.5)


def read(px, landmarks, *, legs=False, silhouette=None, image=60, **engine):
    known = KnowingEngine(landmarks, px, **engine)
    return SpineEstimator(known).estimate(frame(image), landmarks, silhouette, legs=legs), known


def test_joints_and_spine_points_are_where_the_finer_network_reads_them():
    truth, spine, px = stick_person(shoulder_tilt_deg=4.0, curve_m=0.02)
    reading, _ = read(px, off(truth), sd=0.01)
    for joint in (Joint.LEFT_SHOULDER, Joint.RIGHT_HIP, Joint.LEFT_EAR):
        assert reading.landmarks.xyz_px[joint, :2] == pytest.approx(truth.xyz_px[joint, :2], abs=0.01)
    assert np.abs(reading.spine.xy_px - spine.xy_px).max() < 0.01
    assert reading.spine.time_s == reading.landmarks.time_s == 3.5
    assert reading.reason is None


def own_box(px):
    return box_about(px[HELD], TORSO_WIDER)


def test_a_first_look_puts_the_box_where_the_person_is_whatever_the_landmarks_say():
    truth, spine, px = stick_person(shoulder_tilt_deg=4.0)
    coarse = off(truth, sd_px=12.0)
    first, engine = KnowingEngine(coarse, px), KnowingEngine(coarse, px)
    engine.boxes = [own_box(px)]
    assert engine.boxes[0] != torso_box(coarse)
    reading = SpineEstimator(engine, first).estimate(frame(), coarse)
    assert len(first.asked) == len(engine.asked) == 1
    assert np.abs(reading.spine.xy_px - spine.xy_px).max() < 0.01


@pytest.mark.parametrize("where", ["all on one spot", "somewhere else", "not sure where"])
def test_a_first_look_that_sees_nobody_for_sure_leaves_the_landmarks_box(where):
    truth, spine, px = stick_person()
    seen = {
        "all on one spot": np.full_like(px, 300.0),
        "somewhere else": px + np.array([400.0, 0.0]),
        "not sure where": px + np.array([30.0, 0.0]),
    }[where]
    engine, first = KnowingEngine(truth, px), KnowingEngine(truth, seen, sd=6.0 if where == "not sure where" else 1.0)
    reading = SpineEstimator(engine, first).estimate(frame(), truth)
    assert np.abs(reading.spine.xy_px - spine.xy_px).max() < 0.01


def test_uncertainty_is_in_pixels_of_the_picture_and_across_is_not_down():
    truth, _, px = stick_person()
    coarse = off(truth)
    reading, _ = read(px, coarse, sd=np.array([1.0, 2.0]))
    scale = torso_box(coarse).scale
    covariance = reading.spine.covariance_px2[SpinePoint.T8]
    assert np.sqrt(np.diag(covariance)) == pytest.approx([scale, 2 * scale], rel=1e-4)
    assert covariance[0, 1] == covariance[1, 0] == 0
    assert reading.landmarks.sd_px[Joint.LEFT_HIP] == pytest.approx(scale * np.sqrt(2.5), rel=1e-4)


def test_what_the_finer_network_does_not_read_stays_and_has_no_uncertainty():
    truth, _, px = stick_person()
    coarse = off(truth)
    reading, _ = read(px, coarse)
    for joint in (Joint.MOUTH_LEFT, Joint.LEFT_INDEX, *LEGS):
        assert np.array_equal(reading.landmarks.xyz_px[joint], coarse.xyz_px[joint])
        assert np.isnan(reading.landmarks.sd_px[joint])
    assert read_finely(reading.landmarks).sum() == 13
    assert not read_finely(coarse).any()


def test_legs_are_read_in_the_whole_body_s_crop_when_they_are_asked_for():
    truth, _, px = stick_person()
    coarse = off(truth)
    assert len(read(px, coarse)[1].asked) == 1
    reading, engine = read(px, coarse, legs=True)
    assert len(engine.asked) == 2
    for joint in (Joint.LEFT_KNEE, Joint.RIGHT_ANKLE, Joint.RIGHT_FOOT_INDEX):
        assert reading.landmarks.xyz_px[joint, :2] == pytest.approx(truth.xyz_px[joint, :2], abs=0.01)
    assert reading.landmarks.sd_px[Joint.LEFT_KNEE] > reading.landmarks.sd_px[Joint.LEFT_HIP]


def test_a_pair_is_replaced_together_or_not_at_all():
    truth, _, px = stick_person()
    coarse = off(truth)
    reading, _ = read(px, coarse, hidden=[NUMBER[Joint.LEFT_EAR], SPINETRACK_COUNT + SpinePoint.C7])
    assert np.array_equal(reading.landmarks.xyz_px[Joint.RIGHT_EAR], coarse.xyz_px[Joint.RIGHT_EAR])
    assert read_finely(reading.landmarks)[Joint.LEFT_SHOULDER]
    assert not reading.spine.known[SpinePoint.C7]
    assert reading.spine.known[SpinePoint.T8]


def test_a_joint_beyond_the_crop_is_not_read_there():
    truth, _, px = stick_person()
    px[NUMBER[Joint.LEFT_WRIST]] = [2.0, 1200.0]
    reading, _ = read(px, truth)
    assert not read_finely(reading.landmarks)[Joint.LEFT_WRIST]


@pytest.mark.parametrize("joint", [Joint.LEFT_SHOULDER, Joint.RIGHT_HIP])
def test_two_networks_that_disagree_about_the_trunk_are_refused(joint):
    truth, _, px = stick_person()
    px[NUMBER[joint]] += [0.0, 0.35 * 0.47 * 600 * (-1 if joint is Joint.RIGHT_HIP else 1)]
    reading, _ = read(px, truth)
    assert (reading.landmarks, reading.spine, reading.trend) == (None, None, None)
    assert joint.name.split("_")[1].lower() in reading.reason


def test_exchanged_sides_are_refused():
    truth, _, px = stick_person()
    for left, right in ((Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER), (Joint.LEFT_HIP, Joint.RIGHT_HIP)):
        px[[NUMBER[left], NUMBER[right]]] = px[[NUMBER[right], NUMBER[left]]]
    assert "shoulders and hips" in read(px, truth)[0].reason


def test_a_spine_out_of_order_is_refused():
    truth, _, px = stick_person()
    t8, t3 = SPINETRACK_COUNT + SpinePoint.T8, SPINETRACK_COUNT + SpinePoint.T3
    px[[t8, t3]] = px[[t3, t8]]
    assert "out of order" in read(px, truth)[0].reason


def test_a_spine_outside_the_crop_is_refused():
    truth, _, px = stick_person()
    px[SPINETRACK_COUNT + SpinePoint.SACRUM] = [700.0, 1270.0]
    assert "outside the crop" in read(px, truth)[0].reason


def test_without_a_hip_the_network_is_not_even_asked():
    truth, _, px = stick_person()
    engine = KnowingEngine(truth, px)
    score = truth.score.copy()
    score[Joint.LEFT_HIP] = 0.1
    hidden = Landmarks(truth.xyz_px, truth.world_m, score, truth.recovered, 0.0)
    assert SpineEstimator(engine).estimate(frame(), hidden).reason == "shoulders or hips not seen"
    assert engine.asked == []


def test_with_a_silhouette_the_network_sees_the_person_alone():
    truth, _, px = stick_person()
    mask = np.zeros((SIDE, SIDE), np.bool_)
    mask[:, 100:156] = True
    silhouette = Silhouette(mask, np.array([[5.0, 0, 360 - 640], [0, 5.0, 0]]))
    shown = read(px, truth, silhouette=silhouette, image=200)[1].asked[0][0, 0]
    assert shown[128, 96] == pytest.approx(200 / 255, abs=1e-5)
    assert shown[128, 3] == pytest.approx(GREY / 255, abs=1e-5)


def test_with_a_silhouette_the_mean_is_taken_of_the_person_alone_and_of_all_that_is_there():
    truth, spine, px = stick_person()
    scale = torso_box(truth).scale

    class Torn(KnowingEngine):
        """Sees everything lower where the surroundings are grey, and higher where they are not; surer of the grey."""

        def run(self, inputs):
            self.boxes = [torso_box(truth)] * 2
            grey = abs(inputs["image"][0, 0, 128, 3] - GREY / 255) < 0.01
            self.px, self.sd = px + np.array([0.0, 3.0 if grey else -1.0]), 1.0 if grey else 3.0
            return super().run(inputs)

    silhouette = Silhouette(np.zeros((SIDE, SIDE), np.bool_), np.array([[5.0, 0, 360 - 640], [0, 5.0, 0]]))
    engine = Torn(truth, px)
    both = SpineEstimator(engine).estimate(frame(200), truth, silhouette)
    assert len(engine.asked) == 2
    assert both.spine.xy_px[SpinePoint.T8] - spine.xy_px[SpinePoint.T8] == pytest.approx([0.0, 1.0], abs=0.01)
    assert both.trend.largest == pytest.approx(15.0)
    assert np.sqrt(both.spine.covariance_px2[SpinePoint.T8, 0, 0]) == pytest.approx(2.0 * scale, rel=1e-3)
    bare = SpineEstimator(Torn(truth, px)).estimate(frame(200), truth)
    assert bare.spine.xy_px[SpinePoint.T8] - spine.xy_px[SpinePoint.T8] == pytest.approx([0.0, -1.0], abs=0.01)


def test_live_frames_are_seen_with_and_without_what_is_around_in_turn():
    truth, _, px = stick_person()
    silhouette = Silhouette(np.zeros((SIDE, SIDE), np.bool_), np.array([[5.0, 0, 360 - 640], [0, 5.0, 0]]))
    engine = KnowingEngine(truth, px)
    engine.boxes = [torso_box(truth)] * 2
    live = SpineEstimator(engine, in_turn=True)
    for index in range(4):
        live.estimate(replace(frame(200), index=index), truth, silhouette)
    assert [shown[0, 0, 128, 3] for shown in engine.asked] == pytest.approx([200 / 255, GREY / 255] * 2, abs=1e-5)
    live.estimate(replace(frame(200), index=5), truth, None)
    assert engine.asked[-1][0, 0, 128, 3] == pytest.approx(200 / 255, abs=1e-5)


def test_the_trend_stays_apart_from_what_is_measured():
    truth, _, px = stick_person()
    trend = read(px, truth)[0].trend
    assert trend.largest == pytest.approx(15.0)
    assert trend.deviation == pytest.approx([0, 1, 2, 3, 2, 1, 0])


def test_noise_of_the_stated_size_moves_points_by_as_much():
    truth, spine, px = stick_person()
    scale, off_px = torso_box(truth).scale, []
    for seed in range(60):
        reading, _ = read(px, truth, noise=0.8, sd=0.8, seed=seed)
        off_px.append(reading.spine.xy_px[SpinePoint.L5 : SpinePoint.T8] - spine.xy_px[SpinePoint.L5 : SpinePoint.T8])
    assert np.std(off_px) == pytest.approx(0.8 * scale, rel=0.1)


def test_a_network_that_fails_is_not_hidden():
    truth, _, px = stick_person()

    class Broken(KnowingEngine):
        def run(self, inputs):
            raise ModelError("the accelerator is gone")

    with pytest.raises(ModelError):
        SpineEstimator(Broken(truth, px)).estimate(frame(), truth)


def test_a_reading_has_points_or_a_reason():
    with pytest.raises(ValueError, match="or a reason"):
        SpineReading(None, None, None)
    assert POINTS == 74


def test_the_network_tells_a_back_whatever_the_landmarks_take_it_for():
    truth, _, px = stick_person()
    for left, right in PAIRS:  # a stick has neither armpits nor a waist
        px[left, 0], px[right, 0] = 330.0, 390.0
    mistaken = exchange(truth, WHOLE)
    assert SpineEstimator(KnowingEngine(truth, px)).facing(frame(), truth) == 1
    assert SpineEstimator(KnowingEngine(mistaken, px)).facing(frame(), mistaken) == 1
    mirror = px[OTHER_SIDES]  # every left where its right was
    assert SpineEstimator(KnowingEngine(truth, mirror)).facing(frame(), truth) == -1
    assert SpineEstimator(KnowingEngine(truth, px, sd=20.0)).facing(frame(), truth) == 0


def test_without_a_trunk_nothing_is_said_about_sides_and_wrists():
    truth, _, px = stick_person()
    hidden = replace(truth, score=np.zeros_like(truth.score))
    engine = KnowingEngine(truth, px)
    assert SpineEstimator(engine).facing(frame(), hidden) == 0
    assert SpineEstimator(engine).wrists(frame(), hidden) is None
    assert engine.asked == []


def test_wrists_are_read_in_the_whole_body_s_crop_and_only_where_they_are_seen():
    truth, _, px = stick_person()
    engine = KnowingEngine(truth, px, hidden=[NUMBER[Joint.RIGHT_WRIST]])
    engine.boxes.reverse()
    left, right = SpineEstimator(engine).wrists(frame(), truth)
    assert left == pytest.approx(truth.xyz_px[Joint.LEFT_WRIST, :2], abs=0.01)
    assert np.isnan(right).all()
