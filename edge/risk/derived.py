"""
Sixty-one features that say what coordinates alone say only together.

Each is a plain function of one `Body` and, where it is a speed, of the one before. Signs: right higher, leaning to the
right, right side backwards, left minus right. Angles of lines across the body are cut off at 60 degrees and those of
turns at 90: beyond, the line points at the camera and its angle is noise. Unknown joints make a feature NaN.

| group | features | where from |
|---|---|---|
| tilts | 1-6 | picture |
| lean, shift and widths of the trunk | 7-13 | picture |
| shoulders against the head: what blades leave visible | 14-19, 51, 52 | picture, space |
| heights left against right | 20-24 | picture |
| pitch, turns and their difference | 25-30 | space |
| joint angles and their differences | 31-45 | space |
| arms and legs forwards | 46-50 | space |
| speeds | 53-61 | picture, space |
"""

import numpy as np

from edge.pose.landmarks import Joint
from edge.risk.body import Array, Body, pair_rows

TILT_LIMIT_DEG, TURN_LIMIT_DEG, RATIO_LIMIT = 60.0, 90.0, 4.0
SMALL = 1e-6
SHOULDERS, HIPS, EARS = pair_rows("SHOULDER"), pair_rows("HIP"), pair_rows("EAR")

ANGLES: tuple[tuple[str, str, str, str], ...] = (
    ("elbow", "SHOULDER", "ELBOW", "WRIST"),
    ("knee", "HIP", "KNEE", "ANKLE"),
    ("hip", "SHOULDER", "HIP", "KNEE"),
    ("shoulder", "ELBOW", "SHOULDER", "HIP"),
    ("ankle", "KNEE", "ANKLE", "FOOT_INDEX"),
)
"""Name, and the three joints whose middle one bends."""
_ENDS = np.array([[Joint[f"{side}_{a}"], Joint[f"{side}_{c}"]] for side in ("LEFT", "RIGHT") for _, a, _, c in ANGLES])
_MIDDLES = np.array([Joint[f"{side}_{b}"] for side in ("LEFT", "RIGHT") for _, _, b, _ in ANGLES])
_TILTED = np.array([SHOULDERS, HIPS, EARS, pair_rows("KNEE"), pair_rows("ANKLE")])
_LEVELLED = np.array([pair_rows(name) for name in ("WRIST", "ELBOW", "KNEE", "ANKLE", "HEEL")])
_TURNED = np.array([SHOULDERS, HIPS, EARS])
_WRISTS = list(pair_rows("WRIST"))

PICTURE = (
    *("shoulder_tilt_deg", "pelvis_tilt_deg", "head_tilt_deg", "knee_tilt_deg", "ankle_tilt_deg"),
    *("shoulder_against_pelvis_tilt_deg", "trunk_lean_deg", "trunk_shift", "head_shift", "trunk_side_difference"),
    *("shoulder_width", "hip_width", "shoulder_to_hip_width"),
    *("left_ear_to_shoulder", "right_ear_to_shoulder", "ear_to_shoulder_difference"),
    *("left_shoulder_spread", "right_shoulder_spread", "shoulder_spread_difference"),
    *(f"{name}_height_difference" for name in ("wrist", "elbow", "knee", "ankle", "heel")),
)
SPACE = (
    *("trunk_pitch_deg", "trunk_lean_in_space_deg", "shoulder_turn_deg", "pelvis_turn_deg", "axial_turn_deg"),
    *("head_turn_deg", *(f"{side}_{name}_deg" for side in ("left", "right") for name, *_ in ANGLES)),
    *(f"{name}_difference_deg" for name, *_ in ANGLES),
    *("left_wrist_forward", "right_wrist_forward", "wrist_forward_difference", "ankle_forward_difference"),
    *("knee_forward_difference", "left_shoulder_forward", "right_shoulder_forward"),
)
SPEEDS = (
    *("hip_across_per_s", "hip_down_per_s", "shoulder_across_per_s", "shoulder_down_per_s", "trunk_pitch_deg_per_s"),
    *("axial_turn_deg_per_s", "left_wrist_per_s", "right_wrist_per_s", "ankle_forward_difference_per_s"),
)


def derived(now: Body, before: tuple[Body, Array], step_s: float) -> Array:
    """
    (..., 61) float64 of one moment, NaN where unknown.

    Args:
        now: the body.
        before: the body one sample earlier and what this function gave for it; of NaN when there is none.
        step_s: between both.
    """
    space = _space(now)
    earlier, row = before
    changes = (space[..., _CHANGING] - row[..., len(PICTURE) :][..., _CHANGING]) / step_s
    return np.concatenate([_picture(now), space, _speeds(now, earlier, changes, step_s)], axis=-1)


def _picture(body: Body) -> Array:
    plane = body.plane
    across = plane[..., _TILTED[:, 0], :] - plane[..., _TILTED[:, 1], :]
    tilts = _cut(np.degrees(np.arctan2(across[..., 1], across[..., 0])), TILT_LIMIT_DEG)
    shoulders, ears = _middle(plane, SHOULDERS), _middle(plane, EARS)
    lean = _cut(np.degrees(np.arctan2(-shoulders[..., 0], -shoulders[..., 1])), TILT_LIMIT_DEG)
    sides = np.sqrt(np.square(plane[..., SHOULDERS, :] - plane[..., HIPS, :]).sum(axis=-1))
    widths = np.sqrt(np.square(across[..., :2, :]).sum(axis=-1))
    ratio = np.minimum(widths[..., 0] / (widths[..., 1] + SMALL), RATIO_LIMIT)
    raised = plane[..., SHOULDERS, 1] - plane[..., EARS, 1]
    spread = np.abs(plane[..., SHOULDERS, 0] - 0.5 * ears[..., None, 0])
    levels = plane[..., _LEVELLED[:, 0], 1] - plane[..., _LEVELLED[:, 1], 1]
    singles = [
        tilts[..., 0] - tilts[..., 1], lean, -shoulders[..., 0], shoulders[..., 0] - ears[..., 0],
        sides[..., 0] - sides[..., 1], widths[..., 0], widths[..., 1], ratio,
        raised[..., 0], raised[..., 1], raised[..., 0] - raised[..., 1],
        spread[..., 0], spread[..., 1], spread[..., 0] - spread[..., 1],
    ]  # fmt: skip
    return np.concatenate([tilts, np.stack(singles, axis=-1), levels], axis=-1)


def _space(body: Body) -> Array:
    space = body.space
    shoulders, ears = _middle(space, SHOULDERS), _middle(space, EARS)
    pitch = np.degrees(np.arctan2(-shoulders[..., 2], -shoulders[..., 1]))
    lean = _cut(np.degrees(np.arctan2(-shoulders[..., 0], -shoulders[..., 1])), TILT_LIMIT_DEG)
    across = space[..., _TURNED[:, 0], :] - space[..., _TURNED[:, 1], :]
    turns = _cut(np.degrees(np.arctan2(-across[..., 2], across[..., 0])), TURN_LIMIT_DEG)
    angles = _angles(space)
    forward = -space[..., 2]
    wrists = forward[..., _WRISTS]
    ankles = forward[..., Joint.LEFT_ANKLE] - forward[..., Joint.RIGHT_ANKLE]
    knees = forward[..., Joint.LEFT_KNEE] - forward[..., Joint.RIGHT_KNEE]
    rounded = forward[..., SHOULDERS] + ears[..., None, 2]
    first = [pitch, lean, turns[..., 0], turns[..., 1], turns[..., 0] - turns[..., 1], turns[..., 2]]
    last = [
        wrists[..., 0],
        wrists[..., 1],
        wrists[..., 0] - wrists[..., 1],
        ankles,
        knees,
        *np.moveaxis(rounded, -1, 0),
    ]
    half = len(ANGLES)
    differences = angles[..., :half] - angles[..., half:]
    return np.concatenate([np.stack(first, axis=-1), angles, differences, np.stack(last, axis=-1)], axis=-1)


def _angles(space: Array) -> Array:
    """(..., 10) degrees, 180 stretched: left side, then right, in the order of `ANGLES`."""
    middles = space[..., _MIDDLES, :]
    first, second = space[..., _ENDS[:, 0], :] - middles, space[..., _ENDS[:, 1], :] - middles
    along = (first * second).sum(axis=-1)
    lengths = np.sqrt(np.square(first).sum(axis=-1) * np.square(second).sum(axis=-1)) + SMALL
    return np.asarray(np.degrees(np.arccos(_cut(along / lengths, 1.0))), np.float64)


def _speeds(now: Body, before: Body, changes: Array, step_s: float) -> Array:
    hip = (now.hip_px - before.hip_px) / (now.length_px[..., None] * step_s)
    trunk = (_middle(now.plane, SHOULDERS) - _middle(before.plane, SHOULDERS)) / step_s
    moved = (now.space[..., _WRISTS, :] - before.space[..., _WRISTS, :]) / step_s
    wrists = np.sqrt(np.square(moved).sum(axis=-1))
    return np.concatenate([hip, trunk, changes[..., :2], wrists, changes[..., 2:]], axis=-1)


def _middle(points: Array, rows: tuple[int, int]) -> Array:
    return 0.5 * (points[..., rows[0], :] + points[..., rows[1], :])


def _cut(values: Array, limit: float) -> Array:
    """Held within plus or minus a limit; NaN stays NaN."""
    return np.asarray(np.minimum(np.maximum(values, -limit), limit), np.float64)


_CHANGING = [SPACE.index(name) for name in ("trunk_pitch_deg", "axial_turn_deg", "ankle_forward_difference")]
DERIVED = PICTURE + SPACE + SPEEDS
"""Their names, in order."""
