"""The real networks on the project's own rendered clips: a back view of one standing person."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from edge.camera.frame import Frame
from edge.engine.artefact import load_artefact
from edge.engine.onnx import OnnxEngine
from edge.pose.body_view import BodyView
from edge.pose.estimator import PoseEstimator
from edge.pose.landmarks import Joint
from edge.pose.silhouette_estimator import SilhouetteEstimator
from edge.pose.view_check import seen_view

ROOT = Path(__file__).parents[2]
BUILT = ROOT / "models" / "built"
CLIP = ROOT / "edge" / "demo" / "stand_back_straight.mp4"

pytestmark = [
    pytest.mark.networks,
    pytest.mark.skipif(not (BUILT / "manifest.json").exists(), reason="run python -m models.build first"),
    pytest.mark.skipif(not CLIP.exists(), reason="the demo clips are missing"),
]


@pytest.fixture(scope="module")
def pictures():
    capture = cv2.VideoCapture(str(CLIP))
    return [capture.read()[1] for _ in range(12)]


@pytest.fixture(scope="module", params=["float", "int8"])
def precision(request):
    return request.param


@pytest.fixture(scope="module")
def engines(precision):
    return tuple(
        OnnxEngine(load_artefact(BUILT, f"{name}.{precision}"), threads=1) for name in ("pose_detector", "pose_full")
    )


def frames(pictures):
    return [Frame(picture, k / 30, k) for k, picture in enumerate(pictures)]


def torso_px(landmarks):
    xy = landmarks.xyz_px[:, :2]
    return float(np.linalg.norm(xy[Joint.LEFT_SHOULDER] - xy[Joint.RIGHT_HIP]))


def test_one_person_is_followed_from_behind(engines, pictures):
    pose = PoseEstimator(*engines)
    for frame in frames(pictures):
        estimate = pose.estimate(frame)
        assert estimate.people == 1
        assert seen_view(estimate.landmarks) is BodyView.BACK
    xy = estimate.landmarks.xyz_px[:, :2]
    assert xy[Joint.NOSE, 1] < xy[Joint.LEFT_SHOULDER, 1] < xy[Joint.LEFT_HIP, 1] < xy[Joint.LEFT_ANKLE, 1]
    assert (xy[:, 0] > 0).all()
    assert (xy[:, 0] < 720).all()


def test_following_agrees_with_searching_every_frame(engines, pictures):
    following, searching = PoseEstimator(*engines), PoseEstimator(*engines, tracking=False)
    apart = [
        following.estimate(frame).landmarks.xyz_px - searching.estimate(frame).landmarks.xyz_px
        for frame in frames(pictures)
    ]
    scale = torso_px(searching.estimate(frames(pictures)[0]).landmarks)
    assert np.linalg.norm(np.stack(apart)[..., :2], axis=-1).mean() < 0.05 * scale


@pytest.mark.parametrize("quarter_turns", [1, 2, 3])
def test_a_turned_picture_gives_turned_landmarks(engines, pictures, quarter_turns):
    upright = PoseEstimator(*engines, tracking=False).estimate(Frame(pictures[0], 0.0, 0)).landmarks
    turned = np.ascontiguousarray(np.rot90(pictures[0], quarter_turns))
    estimate = PoseEstimator(*engines, tracking=False).estimate(Frame(turned, 0.0, 0))
    joints = [Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER, Joint.LEFT_HIP, Joint.RIGHT_HIP]
    back = estimate.landmarks.xyz_px[joints, :2]
    for _ in range(quarter_turns):  # np.rot90 sends (x, y) to (y, width - 1 - x)
        back = np.stack([(turned.shape[0] - 1) - back[:, 1], back[:, 0]], axis=1)
        turned = np.rot90(turned, -1)
    apart_px = np.linalg.norm(back - upright.xyz_px[joints, :2], axis=1)
    assert apart_px.mean() < 0.1 * torso_px(upright)


@pytest.mark.parametrize("size_px", [(90, 160), (2160, 3840)])
def test_a_tiny_and_a_huge_picture_give_the_same_person(engines, pictures, size_px):
    usual = PoseEstimator(*engines, tracking=False).estimate(Frame(pictures[0], 0.0, 0)).landmarks
    resized = cv2.resize(pictures[0], size_px, interpolation=cv2.INTER_AREA)
    other = PoseEstimator(*engines, tracking=False).estimate(Frame(resized, 0.0, 0)).landmarks
    scale = size_px[0] / 720
    apart_px = np.linalg.norm(other.xyz_px[:, :2] / scale - usual.xyz_px[:, :2], axis=1)
    assert apart_px.mean() < 0.1 * torso_px(usual)


@pytest.mark.parametrize("size_px", [(160, 120), (3840, 2160)])
@pytest.mark.parametrize("grey", [0, 255])
def test_an_empty_picture_holds_nobody(engines, size_px, grey):
    image = np.full((size_px[1], size_px[0], 3), grey, np.uint8)
    estimate = PoseEstimator(*engines).estimate(Frame(image, 0.0, 0))
    assert estimate.landmarks is None
    assert estimate.people == 0


def test_noise_holds_nobody(engines):
    image = np.random.default_rng(0).integers(0, 256, (480, 640, 3), dtype=np.uint8)
    assert PoseEstimator(*engines).estimate(Frame(image, 0.0, 0)).landmarks is None


def test_two_people_are_counted_as_two(engines, pictures):
    side_by_side = np.concatenate([pictures[0], pictures[5]], axis=1)
    assert PoseEstimator(*engines).estimate(Frame(side_by_side, 0.0, 0)).people == 2


def test_a_second_person_is_noticed_within_half_a_second_and_the_first_one_kept(engines, pictures):
    pose = PoseEstimator(*engines)
    empty = np.full_like(pictures[0], 90)
    alone = np.concatenate([pictures[0], empty], axis=1)
    together = np.concatenate([pictures[0], pictures[5]], axis=1)
    counts = []
    for k in range(20):
        estimate = pose.estimate(Frame(alone if k < 3 else together, k / 30, k))
        counts.append(estimate.people)
        assert estimate.landmarks.xyz_px[Joint.LEFT_HIP, 0] < 720
    assert counts[0] == 1
    assert counts[-1] == 2


def test_a_person_who_leaves_is_gone_in_the_next_frame(engines, pictures):
    pose = PoseEstimator(*engines)
    pose.estimate(Frame(pictures[0], 0.0, 0))
    empty = np.full_like(pictures[0], 90)
    assert pose.estimate(Frame(empty, 1 / 30, 1)).landmarks is None
    assert pose.estimate(Frame(empty, 2 / 30, 2)).people == 0
    assert pose.estimate(Frame(pictures[0], 3 / 30, 3)).landmarks is not None


def test_a_still_person_hardly_jitters(engines, pictures):
    """The same person, fresh noise in every frame: hips and shoulders stay within a few thousandths of the torso."""
    noise = np.random.default_rng(3)
    pose, track = PoseEstimator(*engines), []
    for k in range(24):
        noisy = pictures[0] + noise.normal(0, 3, pictures[0].shape)
        landmarks = pose.estimate(Frame(noisy.clip(0, 255).astype(np.uint8), k / 30, k)).landmarks
        track.append(landmarks.xyz_px[[Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER, Joint.LEFT_HIP, Joint.RIGHT_HIP], :2])
    assert np.stack(track)[8:].std(axis=0).max() < 0.01 * torso_px(landmarks)


def test_the_outline_covers_the_trunk_and_not_the_wall(pictures):
    engines = [OnnxEngine(load_artefact(BUILT, name), threads=1) for name in ("pose_detector.float", "pose_full.float")]
    frame = Frame(pictures[0], 0.0, 0)
    landmarks = PoseEstimator(*engines).estimate(frame).landmarks
    outline = SilhouetteEstimator(OnnxEngine(load_artefact(BUILT, "silhouette"), threads=1)).estimate(frame, landmarks)
    picture = cv2.warpAffine(outline.mask.astype(np.uint8), outline.to_picture, frame.size_px, flags=cv2.INTER_NEAREST)
    shoulders = landmarks.xyz_px[[Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER], :2].mean(axis=0)
    hips = landmarks.xyz_px[[Joint.LEFT_HIP, Joint.RIGHT_HIP], :2].mean(axis=0)
    for share in (0.1, 0.3, 0.5, 0.7, 0.9):
        x, y = np.rint(shoulders + share * (hips - shoulders)).astype(int)
        assert picture[y, x] == 1
    assert not picture[:, :120].any()
    assert not picture[:, -120:].any()
