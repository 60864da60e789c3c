"""
Recorded motion from a folder of data: CMU walks and jumps, stoop lifts, and the bends of MSR Action3D.

CMU and the stoop lifts may train what ships, MSR may only evaluate. What a source has no joint for (face, hands, heels)
is put where an average body has it.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from edge.errors import ConfigError
from edge.pose.landmarks import COUNT, Joint
from models.risk.motion import HIPS, SHOULDERS, Array, Motion, facing, middle
from models.risk.synthetic import as_placed

CMU, STOOP, MSR = "cmu_walk_jump_30fps_train.npz", "stoop_lift_pig_50Hz.npz", "msr_action3d_15fps.npz"
STRAIGHT_DEG = 60.0
LONGEST_FRAMES = 400
# The file's names are those of bones; its points are where each bone ends.
CMU_JOINTS = {
    "SHOULDER": "{side}Shoulder", "ELBOW": "{side}Arm", "WRIST": "{side}ForeArm", "INDEX": "{s}FingerEnd",
    "PINKY": "{s}FingerEnd", "THUMB": "{s}Thumb", "HIP": "{side}UpLeg", "KNEE": "{side}Leg", "ANKLE": "{side}Foot",
    "FOOT_INDEX": "{side}Toe",
}  # fmt: skip
MSR_ROWS = {
    "SHOULDER": (1, 0), "ELBOW": (8, 7), "WRIST": (10, 9), "INDEX": (12, 11), "PINKY": (12, 11), "THUMB": (12, 11),
    "HIP": (5, 4), "KNEE": (14, 13), "ANKLE": (16, 15), "FOOT_INDEX": (18, 17),
}  # fmt: skip
"""Left, right; as they lie in the file, see `recorded_msr`."""
EAR_M, EYE_M, NOSE_M = (0.075, -0.01, 0.0), (0.033, 0.08, 0.03), (0.0, 0.11, -0.01)
"""Of an adult head from its middle: aside, ahead, up."""
HEEL_BACK_M, HEEL_DOWN_M = 0.05, 0.06


def recorded(folder: Path) -> list[Motion]:
    """Everything that may train what ships: CMU and the stoop lifts. Raises ConfigError when a file is missing."""
    return [*recorded_cmu(folder), *recorded_stoop(folder)]


def recorded_cmu(folder: Path) -> list[Motion]:
    """Walks and jumps that go straight on; running is no task here."""
    file = _open(folder / CMU)
    names = [str(name) for name in file["joint_names"]]
    columns = {part: _cmu_pair(pattern, names) for part, pattern in CMU_JOINTS.items()}
    motions = []
    for frames, label, source in zip(_split(file), file["label"], file["source_file"], strict=True):
        if str(label) == "running":
            continue
        points = np.stack([-frames[..., 0], frames[..., 2], frames[..., 1]], axis=-1)
        head = points[:, names.index("Head")]
        body = facing(_body(points, columns, head, middle(points, columns["SHOULDER"])))
        if _turns_deg(body) < STRAIGHT_DEG:
            task = "jump" if str(label) == "jumping" else "walk"
            motions.append(Motion(task, "cmu", str(source).removesuffix(".txt"), 30.0, as_placed(body)))
    return motions


def recorded_stoop(folder: Path) -> list[Motion]:
    """Two lifts of one person, trunk from upright to level: markers on the skin."""
    file = _open(folder / STOOP)
    names = [str(name) for name in file["marker_names"]]
    row = names.index
    motions = []
    for frames, trial in zip(_split(file), file["trial"], strict=True):
        points = frames.copy()
        points = _with_middles(points, names)
        count = len(names)
        columns = {
            "SHOULDER": (row("LSHO"), row("RSHO")), "ELBOW": (row("LELB"), row("RELB")), "WRIST": (count, count + 1),
            "INDEX": (row("LFIN"), row("RFIN")), "PINKY": (row("LFIN"), row("RFIN")),
            "THUMB": (row("LFIN"), row("RFIN")), "HIP": (count + 2, count + 3), "KNEE": (row("LKNE"), row("RKNE")),
            "ANKLE": (row("LANK"), row("RANK")), "FOOT_INDEX": (row("LTOE"), row("RTOE")),
        }  # fmt: skip
        head = points[:, [row(name) for name in ("LFHD", "RFHD", "LBHD", "RBHD")]].mean(axis=1)
        body = facing(_body(points, columns, head, points[:, row("C7")]))
        motions.append(Motion("bend", "stoop", str(trial), 50.0, body))
    return motions


def _with_middles(points: Array, names: list[str]) -> Array:
    """Wrists between their two markers; hip joints below and behind the front of the pelvis, by its width."""
    row = names.index
    wrists = [0.5 * (points[:, row(f"{side}WRA")] + points[:, row(f"{side}WRB")]) for side in "LR"]
    width = np.linalg.norm(points[:, row("LASI")] - points[:, row("RASI")], axis=-1).mean()
    hips = []
    for side in "LR":
        asis, psis = points[:, row(f"{side}ASI")], points[:, row(f"{side}PSI")]
        inner = 0.5 * (points[:, row("LASI")] + points[:, row("RASI")])
        knee = points[:, row(f"{side}KNE")]
        down = knee - asis
        down = down / np.linalg.norm(down, axis=-1, keepdims=True)
        hips.append(asis + 0.28 * (inner - asis) + 0.35 * (psis - asis) + 0.35 * width * down)
    return np.concatenate([points, np.stack([*wrists, *hips], axis=1)], axis=1)


def recorded_msr(folder: Path) -> list[Motion]:
    """Bends seen by a depth camera: its own noise is in them. Evaluation only."""
    file = _open(folder / MSR)
    motions = []
    for frames, label, subject, trial in zip(_split(file), file["label"], file["subject"], file["trial"], strict=True):
        lost = (np.abs(frames).sum(axis=(1, 2)) == 0.0).any()
        if str(label) != "bend" or len(frames) > LONGEST_FRAMES or lost:
            continue
        # A depth camera looks at the person: its x grows to the person's left, its z away from it.
        points = np.stack([-frames[..., 0], -frames[..., 2], frames[..., 1]], axis=-1)
        body = facing(_body(points, MSR_ROWS, points[:, 19], points[:, 2]))
        motions.append(Motion("bend", "msr", f"s{subject}t{trial}", float(file["fps"]), body))
    return motions


def _body(points: Array, columns: Mapping[str, tuple[int, int]], head: Array, neck: Array) -> Array:
    """(F, 33, 3) from a source's points (F, N, 3), the rows of its pairs, the middle of its head and its neck."""
    body = np.zeros((len(points), COUNT, 3))
    for part, pair in columns.items():
        for side, row in zip(("LEFT", "RIGHT"), pair, strict=True):
            body[:, Joint[f"{side}_{part}"]] = points[:, row]
    right = body[:, SHOULDERS[1]] - body[:, SHOULDERS[0]]
    right = right / np.linalg.norm(right, axis=-1, keepdims=True)
    up = head - neck
    up = up - right * (up * right).sum(axis=-1, keepdims=True)
    up = up / np.linalg.norm(up, axis=-1, keepdims=True)
    axes = np.stack([right, np.cross(up, right), up], axis=-1)
    _face(body, head, axes)
    for side in ("LEFT", "RIGHT"):
        ankle, toe = body[:, Joint[f"{side}_ANKLE"]], body[:, Joint[f"{side}_FOOT_INDEX"]]
        ahead = (toe - ankle) / np.linalg.norm(toe - ankle, axis=-1, keepdims=True)
        body[:, Joint[f"{side}_HEEL"]] = ankle - HEEL_BACK_M * ahead - np.array([0.0, 0.0, HEEL_DOWN_M])
    return body


def _face(body: Array, head: Array, axes: Array) -> None:
    for joint in (joint for joint in Joint if joint <= Joint.MOUTH_RIGHT):
        sign = 1.0 if "RIGHT" in joint.name else -1.0 if "LEFT" in joint.name else 0.0
        aside, ahead, up = EAR_M if "EAR" in joint.name else EYE_M
        if joint.name == "NOSE":
            aside, ahead, up = NOSE_M
        elif "MOUTH" in joint.name:
            aside, ahead, up = 0.02, 0.095, -0.05
        body[:, joint] = head + axes @ np.array([sign * aside, ahead, up])


def _cmu_pair(pattern: str, names: list[str]) -> tuple[int, int]:
    rows = []
    for side in ("Left", "Right"):
        name = pattern.format(side=side, s=side[0])
        rows.append(names.index(name))
    return rows[0], rows[1]


def _turns_deg(body: Array) -> float:
    across = body[:, HIPS[1]] - body[:, HIPS[0]]
    return float(np.degrees(np.ptp(np.unwrap(np.arctan2(across[:, 1], across[:, 0])))))


def _split(file: Mapping[str, Array]) -> list[Array]:
    return np.split(np.asarray(file["data"], np.float64)[..., :3], np.cumsum(file["lengths"])[:-1])


def _open(path: Path) -> Mapping[str, Array]:
    try:
        with np.load(path, allow_pickle=False) as file:
            return dict(file)
    except (OSError, ValueError) as error:
        raise ConfigError(f"--data: {path.name} cannot be read ({error}); name the folder that holds it") from error
