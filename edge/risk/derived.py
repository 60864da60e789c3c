"""
Twenty-five features that say of one moment what coordinates alone say only together.

Each is a plain function of one `Body`. Signs: right higher, leaning to the right, right side backwards, left minus
right. Angles of lines across the body are cut off at 60 degrees and those of turns at 90: beyond, the line points at
the camera and its angle is noise. Unknown joints make a feature NaN. Sums and differences of other features are left
out: the network makes those by itself.

| group | features | where from |
|---|---|---|
| tilts | 1-3 | picture |
| lean, shift and widths of the trunk | 4-10 | picture |
| shoulders against the head: what blades leave visible | 11-14 | picture |
| heights left against right | 15-17 | picture |
| pitch and turns | 18-21 | space |
| elbows and knees | 22-25 | space |
"""

import numpy as np

from edge.pose.landmarks import Joint
from edge.risk.body import Array, Body, pair_rows
from edge.risk.swing import ANGLES as SWINGING

TILT_LIMIT_DEG, TURN_LIMIT_DEG, RATIO_LIMIT = 60.0, 90.0, 4.0
SMALL = 1e-6
SHOULDERS, HIPS, EARS = pair_rows("SHOULDER"), pair_rows("HIP"), pair_rows("EAR")

ANGLES: tuple[tuple[str, str, str, str], ...] = (
    ("elbow", "SHOULDER", "ELBOW", "WRIST"),
    ("knee", "HIP", "KNEE", "ANKLE"),
)
"""Name, and the three joints whose middle one bends."""
_ENDS = np.array([[Joint[f"{side}_{a}"], Joint[f"{side}_{c}"]] for side in ("LEFT", "RIGHT") for _, a, _, c in ANGLES])
_MIDDLES = np.array([Joint[f"{side}_{b}"] for side in ("LEFT", "RIGHT") for _, _, b, _ in ANGLES])
_TILTED = np.array([SHOULDERS, HIPS, EARS])
_LEVELLED = np.array([pair_rows(name) for name in ("WRIST", "ELBOW", "ANKLE")])

PICTURE = (
    *("shoulder_tilt_deg", "pelvis_tilt_deg", "head_tilt_deg"),
    *("trunk_lean_deg", "trunk_shift", "head_shift", "trunk_side_difference"),
    *("shoulder_width", "hip_width", "shoulder_to_hip_width"),
    *("left_ear_to_shoulder", "right_ear_to_shoulder", "left_shoulder_spread", "right_shoulder_spread"),
    *(f"{name}_height_difference" for name in ("wrist", "elbow", "ankle")),
)
SPACE = (
    *("trunk_pitch_deg", "shoulder_turn_deg", "pelvis_turn_deg", "head_turn_deg"),
    *(f"{side}_{name}_deg" for side in ("left", "right") for name, *_ in ANGLES),
)
DERIVED = PICTURE + SPACE
"""Their names, in order."""
_SWINGING = [DERIVED.index(name) for name in SWINGING]


def derived(body: Body) -> Array:
    """(..., 25) float64 of one moment, NaN where unknown."""
    return np.concatenate([_picture(body), _space(body)], axis=-1)


def swinging_deg(row: Array) -> Array:
    """(..., 6) of what `derived` gave: the angles whose swing over time is followed, see `Swing.add`."""
    return row[..., _SWINGING]


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
        lean, -shoulders[..., 0], shoulders[..., 0] - ears[..., 0], sides[..., 0] - sides[..., 1],
        widths[..., 0], widths[..., 1], ratio,
    ]  # fmt: skip
    return np.concatenate([tilts, np.stack(singles, axis=-1), raised, spread, levels], axis=-1)


def _space(body: Body) -> Array:
    space = body.space
    shoulders = _middle(space, SHOULDERS)
    pitch = np.degrees(np.arctan2(-shoulders[..., 2], -shoulders[..., 1]))
    across = space[..., _TILTED[:, 0], :] - space[..., _TILTED[:, 1], :]
    turns = _cut(np.degrees(np.arctan2(-across[..., 2], across[..., 0])), TURN_LIMIT_DEG)
    return np.concatenate([pitch[..., None], turns, _angles(space)], axis=-1)


def _angles(space: Array) -> Array:
    """(..., 4) degrees, 180 stretched: left side, then right, in the order of `ANGLES`."""
    middles = space[..., _MIDDLES, :]
    first, second = space[..., _ENDS[:, 0], :] - middles, space[..., _ENDS[:, 1], :] - middles
    along = (first * second).sum(axis=-1)
    lengths = np.sqrt(np.square(first).sum(axis=-1) * np.square(second).sum(axis=-1)) + SMALL
    return np.asarray(np.degrees(np.arccos(_cut(along / lengths, 1.0))), np.float64)


def _middle(points: Array, rows: tuple[int, int]) -> Array:
    return 0.5 * (points[..., rows[0], :] + points[..., rows[1], :])


def _cut(values: Array, limit: float) -> Array:
    """Held within plus or minus a limit; NaN stays NaN."""
    return np.asarray(np.minimum(np.maximum(values, -limit), limit), np.float64)
