"""
The sets of recordings, read from a folder given by its owner; none of them ships.

CMU and the stoop lifts may train what ships. Penn, JHMDB and MSR only evaluate, and lend visibility patterns.
"""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edge.errors import ConfigError
from edge.pose.landmarks import COUNT, Joint
from models.occlusion.clips import Clips, Floats, body_flags, body_only, of_space

FILES = {
    "cmu": "cmu_walk_jump_30fps_train.npz",
    "stoop": "stoop_lift_pig_50Hz.npz",
    "penn": "penn_action_labels.npz",
    "jhmdb": "jhmdb_split1_train.npz",
    "msr": "msr_action3d_15fps.npz",
}
MAY_TRAIN = ("cmu", "stoop")
"""What weights that ship may be trained on, beside our own synthetic motion."""
NOWHERE_PX = 5.0
"""Penn writes joints that nobody labelled into the picture's corner."""
_JHMDB = (2, 4, 3, 8, 7, 12, 11, 6, 5, 10, 9, 14, 13)
_MSR = (19, 1, 0, 8, 7, 10, 9, 5, 4, 14, 13, 16, 15)
_CMU_LIMBS = {
    "shoulder": ("LeftShoulder", "RightShoulder"),
    "elbow": ("LeftArm", "RightArm"),
    "wrist": ("LeftForeArm", "RightForeArm"),
    "hip": ("LeftUpLeg", "RightUpLeg"),
    "knee": ("LeftLeg", "RightLeg"),
    "ankle": ("LeftFoot", "RightFoot"),
    "index": ("LFingerEnd", "RFingerEnd"),
    "thumb": ("LThumb", "RThumb"),
    "foot_index": ("LToeEnd", "RToeEnd"),
}
_FACE_M = {
    "nose": (0.0, 0.0, 0.105), "eye_inner": (0.016, 0.035, 0.085), "eye": (0.032, 0.036, 0.08),
    "eye_outer": (0.046, 0.035, 0.068), "ear": (0.075, 0.01, 0.0), "mouth": (0.024, -0.038, 0.085),
}  # fmt: skip
"""From the middle of the ears, of the left side: left, up, ahead."""


def read(name: str, folder: Path) -> Clips | None:
    """One set by its name in `FILES`; None where the folder does not hold it."""
    path = next((p for p in (folder / FILES[name], folder / "motion" / FILES[name]) if p.exists()), None)
    if path is None:
        return None
    try:
        with np.load(path, allow_pickle=False) as file:
            return _READERS[name]({key: file[key] for key in file.files})
    except (ValueError, KeyError, OSError) as error:
        raise ConfigError(f"{path} is not the set it is named after ({error}); fetch it again") from error


def _penn(file: dict[str, NDArray[Any]]) -> Clips:
    data = file["data"].astype(np.float32)
    seen = data[..., 2] > 0.5
    nowhere = ~seen & (data[..., :2] < NOWHERE_PX).all(axis=-1)
    return Clips(
        "penn", body_only(data[..., :2]), body_flags(seen), file["lengths"].astype(np.int64), 30.0, True,
        file["action"], body_flags(~nowhere),
    )  # fmt: skip


def _jhmdb(file: dict[str, NDArray[Any]]) -> Clips:
    # Written down in multiples of the body; pixels of the size Penn has keep every threshold meaningful.
    data = 100.0 * file["data"][:, _JHMDB].astype(np.float32)
    known = body_flags(np.isfinite(data).all(axis=-1))
    lengths = file["lengths"].astype(np.int64)
    return Clips("jhmdb", body_only(np.nan_to_num(data)), known, lengths, 30.0, True, file["label"], known)


def _msr(file: dict[str, NDArray[Any]]) -> Clips:
    data = file["data"][:, _MSR].astype(np.float32)
    known = body_flags(data[..., 3] > 0.5)
    # The camera's own view: x right, y up, z away. A left-handed look at the person becomes ours: x its left.
    xyz = data[..., :3] * np.array([1.0, 1.0, -1.0], np.float32)
    return Clips(
        "msr", body_only(xyz), known, file["lengths"].astype(np.int64), 15.0, False, file["label"], known
    )  # fmt: skip


def _cmu(file: dict[str, NDArray[Any]]) -> Clips:
    names = [str(one) for one in file["joint_names"]]
    data = file["data"].astype(np.float32)
    out = np.zeros((len(data), COUNT, 3), np.float32)
    for part, pair in _CMU_LIMBS.items():
        for side, name in zip(("LEFT", "RIGHT"), pair, strict=True):
            out[:, Joint[f"{side}_{part.upper()}"]] = data[:, names.index(name)]
    neck, head = data[:, names.index("Neck1")], data[:, names.index("Head")]
    _add_rest(out, head, head - neck)
    return of_space("cmu", out, file["lengths"].tolist(), 30.0, [str(one) for one in file["label"]])


def _stoop(file: dict[str, NDArray[Any]]) -> Clips:
    names = [str(one) for one in file["marker_names"]]
    data = _levelled(file["data"].astype(np.float32), names)

    def mean(*markers: str) -> Floats:
        middle: Floats = data[:, [names.index(one) for one in markers]].mean(axis=1)
        return middle

    out = np.zeros((len(data), COUNT, 3), np.float32)
    for side, s in (("LEFT", "L"), ("RIGHT", "R")):
        other = "R" if s == "L" else "L"
        for part, markers in (
            ("SHOULDER", (f"{s}SHO",)), ("ELBOW", (f"{s}ELB",)), ("WRIST", (f"{s}WRA", f"{s}WRB")),
            ("INDEX", (f"{s}FIN",)), ("KNEE", (f"{s}KNE",)), ("ANKLE", (f"{s}ANK",)), ("FOOT_INDEX", (f"{s}TOE",)),
        ):  # fmt: skip
            out[:, Joint[f"{side}_{part}"]] = mean(*markers)
        pelvis, aside = mean("LASI", "RASI", "LPSI", "RPSI"), mean(f"{s}ASI") - mean(f"{other}ASI")
        down = mean(f"{s}KNE") - pelvis
        out[:, Joint[f"{side}_HIP"]] = pelvis + 0.36 * aside + 0.18 * down
        out[:, Joint[f"{side}_THUMB"]] = mean(f"{s}WRA") + 0.6 * (mean(f"{s}FIN") - mean(f"{s}WRB"))
    head = mean("LFHD", "RFHD", "LBHD", "RBHD")
    _add_rest(out, head - 0.06 * _unit(head - mean("C7", "CLAV")), head - mean("C7", "CLAV"))
    return of_space("stoop", out, file["lengths"].tolist(), 50.0, ["lift"] * len(file["lengths"]))


def _levelled(data: Floats, names: list[str]) -> Floats:
    """Laboratory axes as ours: y up is the axis from heels to head in the first frame, x from right to left hip."""
    first = data[0]
    up = np.zeros(3, np.float32)
    rise = first[names.index("LFHD")] - first[names.index("LHEE")]
    up[np.abs(rise).argmax()] = np.sign(rise[np.abs(rise).argmax()])
    aside = first[names.index("LASI")] - first[names.index("RASI")]
    left = _unit(aside - up * (aside @ up))
    rotation = np.stack([left, up, np.cross(left, up)])
    turned: Floats = (data @ rotation.T).astype(np.float32)
    return turned


def _add_rest(out: Floats, head: Floats, up: Floats) -> None:
    """Face, little fingers, heels and missing thumbs: rigid parts put onto what was measured."""
    shoulders = out[:, Joint.LEFT_SHOULDER] - out[:, Joint.RIGHT_SHOULDER]
    y = _unit(up)
    x = _unit(shoulders - y * (shoulders * y).sum(axis=-1, keepdims=True))
    z = np.cross(x, y)
    for part, (left, high, ahead) in _FACE_M.items():
        for side, sign in (("LEFT", 1.0), ("RIGHT", -1.0)):
            name = "NOSE" if part == "nose" else f"MOUTH_{side}" if part == "mouth" else f"{side}_{part.upper()}"
            out[:, Joint[name]] = head + sign * left * x + high * y + ahead * z
    for side in ("LEFT", "RIGHT"):
        wrist, index = out[:, Joint[f"{side}_WRIST"]], out[:, Joint[f"{side}_INDEX"]]
        thumb = out[:, Joint[f"{side}_THUMB"]]
        along = index - wrist
        out[:, Joint[f"{side}_PINKY"]] = wrist + 0.85 * along - 0.5 * (thumb - wrist - 0.5 * along)
        ankle, toes = out[:, Joint[f"{side}_ANKLE"]], out[:, Joint[f"{side}_FOOT_INDEX"]]
        shin = _unit(ankle - out[:, Joint[f"{side}_KNEE"]])
        out[:, Joint[f"{side}_HEEL"]] = ankle - 0.25 * (toes - ankle) + 0.04 * shin


def _unit(vectors: NDArray[Any]) -> Floats:
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    unit: Floats = (vectors / np.maximum(length, 1e-9)).astype(np.float32)
    return unit


_READERS = {"penn": _penn, "jhmdb": _jhmdb, "msr": _msr, "cmu": _cmu, "stoop": _stoop}
