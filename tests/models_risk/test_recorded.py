import numpy as np
import pytest

from edge.errors import ConfigError
from edge.pose.landmarks import Joint
from models.people.posture import Posture
from models.risk.motion import Motion, facing, stature_m
from models.risk.recorded import CMU, MSR, MSR_ROWS, recorded_cmu, recorded_msr, recorded_stoop
from models.risk.synthetic import joints_m

CMU_NAMES = [
    *("Head", "Hips"),
    *(
        f"{side}{part}"
        for side in ("Left", "Right")
        for part in ("Shoulder", "Arm", "ForeArm", "UpLeg", "Leg", "Foot", "Toe")
    ),
    *(f"{side}{part}" for side in "LR" for part in ("FingerEnd", "Thumb")),
]
CMU_PLACES = {
    "Shoulder": "SHOULDER",
    "Arm": "ELBOW",
    "ForeArm": "WRIST",
    "UpLeg": "HIP",
    "Leg": "KNEE",
    "Foot": "ANKLE",
}


def standing():
    """One of our own people, so that every joint is known."""
    return joints_m(3, Posture())


def write_cmu(folder, heading_deg=0.0, frames=40):
    body, rows = standing(), {}
    for side in ("Left", "Right"):
        for name, part in CMU_PLACES.items():
            rows[f"{side}{name}"] = body[Joint[f"{side.upper()}_{part}"]]
        rows[f"{side}Toe"] = body[Joint[f"{side.upper()}_FOOT_INDEX"]]
        rows[f"{side[0]}FingerEnd"] = rows[f"{side[0]}Thumb"] = body[Joint[f"{side.upper()}_INDEX"]]
    rows["Head"] = 0.5 * (body[Joint.LEFT_EAR] + body[Joint.RIGHT_EAR])
    rows["Hips"] = body[Joint.LEFT_HIP]
    points = np.array([rows[name] for name in CMU_NAMES])
    angle = np.radians(heading_deg)
    turn = np.array([[np.cos(angle), -np.sin(angle), 0], [np.sin(angle), np.cos(angle), 0], [0, 0, 1]])
    points = points @ turn.T
    data = np.stack([-points[:, 0], points[:, 2], points[:, 1]], axis=-1)
    both = np.tile(data, (2 * frames, 1, 1)).astype(np.float16)
    np.savez(
        folder / CMU, data=both, lengths=np.array([frames, frames]), label=np.array(["walking", "running"]),
        source_file=np.array(["walking_1.txt", "running_1.txt"]), joint_names=np.array(CMU_NAMES),
    )  # fmt: skip


def test_a_walk_of_cmu_faces_forward_with_left_on_the_left_and_runs_are_left_out(tmp_path):
    write_cmu(tmp_path, heading_deg=70.0)
    (motion,) = recorded_cmu(tmp_path)
    body = motion.points_m[0]
    assert (motion.task, motion.source, motion.person) == ("walk", "cmu", "walking_1")
    assert body[Joint.RIGHT_SHOULDER, 0] > body[Joint.LEFT_SHOULDER, 0] + 0.2
    assert body[Joint.NOSE, 1] > body[Joint.LEFT_EAR, 1]
    assert body[Joint.LEFT_FOOT_INDEX, 1] > body[Joint.LEFT_HEEL, 1]
    assert body[Joint.LEFT_ELBOW] - body[Joint.LEFT_SHOULDER] == pytest.approx(
        standing()[Joint.LEFT_ELBOW] - standing()[Joint.LEFT_SHOULDER], abs=0.05
    )


def test_a_bend_seen_by_a_depth_camera_is_turned_to_our_axes_and_a_lost_one_left_out(tmp_path):
    body = standing()
    frame = np.zeros((20, 4))
    for part, (left, right) in MSR_ROWS.items():
        for side, row in (("LEFT", left), ("RIGHT", right)):
            x, y, z = body[Joint[f"{side}_{part}"]]
            frame[row, :3] = -x, z - 1.0, 2.6 - y
    frame[19, :3] = frame[2, :3] = -body[Joint.NOSE, 0], body[Joint.NOSE, 2] - 1.0, 2.6 - body[Joint.NOSE, 1]
    frame[2, 1] -= 0.3
    frames = np.tile(frame, (24, 1, 1))
    lost = frames.copy()
    lost[5] = 0.0
    np.savez(
        tmp_path / MSR, data=np.concatenate([frames, lost, frames]), lengths=np.array([24, 24, 24]), fps=15,
        label=np.array(["bend", "bend", "hammer"]), subject=np.array([1, 3, 1]), trial=np.array([1, 1, 1]),
    )  # fmt: skip
    (motion,) = recorded_msr(tmp_path)
    assert (motion.source, motion.rate_hz, motion.person) == ("msr", 15.0, "s1t1")
    assert motion.points_m[0, Joint.RIGHT_HIP, 0] > motion.points_m[0, Joint.LEFT_HIP, 0]
    assert motion.points_m[0, Joint.LEFT_FOOT_INDEX, 1] > motion.points_m[0, Joint.LEFT_ANKLE, 1]


@pytest.mark.parametrize("read", [recorded_cmu, recorded_stoop, recorded_msr])
def test_a_folder_without_the_file_is_named_in_one_sentence(tmp_path, read):
    with pytest.raises(ConfigError, match=r"--data: .* name the folder"):
        read(tmp_path)


def test_a_motion_with_a_joint_that_is_nowhere_is_refused():
    points = np.zeros((5, 33, 3))
    points[2, 4, 1] = np.nan
    with pytest.raises(ValueError, match="not finite"):
        Motion("walk", "cmu", "x", 30.0, points)
    with pytest.raises(ValueError, match="joints"):
        Motion("walk", "cmu", "x", 30.0, np.zeros((5, 12, 3)))


def test_a_motion_is_interpolated_between_samples_and_stands_still_outside():
    points = np.zeros((3, 33, 3))
    points[:, :, 1] = np.array([0.0, 1.0, 2.0])[:, None]
    motion = Motion("walk", "cmu", "x", 10.0, points)
    assert motion.at(np.array([-1.0, 0.05, 0.15, 9.0]))[:, 0, 1] == pytest.approx([0.0, 0.5, 1.5, 2.0])


def test_the_stature_of_our_own_people_is_right_within_five_per_cent():
    from models.risk.synthetic import person

    points = np.tile(standing(), (2, 1, 1))
    assert stature_m(points) == pytest.approx(person(3).height_m, rel=0.06)
    assert facing(points) == pytest.approx(points, abs=0.02)
