"""
Faults of known size, and the formula that makes a label of them.

    severity = 1 - product over faults (1 - weight x grade)

A grade is 0 (none) to 1; signed grades name a side, right positive, and count by their size. At grade 1:

| fault | what happens | weight |
|---|---|---|
| lean | trunk and head lean 10 degrees to a side about the hips, all the time | 0.9 |
| rotation | neither pelvis nor thorax turns while walking, the arms they drive swing 60 per cent less | 0.7 |
| blades | one shoulder 35 mm higher and turned 18 degrees forwards around the chest (adult) | 0.7 |
| asymmetry | one arm swings 70, one leg 35 per cent less; the trunk leans 4 and, bent, twists 12 degrees | 0.8 |
| stiffness | all ranges of motion are 45 per cent smaller | 0.8 |
| guarding | trunk held 10 degrees forwards, arms still by half, a fifth slower | 0.8 |
| sway | the body sways sideways about the ankles by 22 mm (sd at the neck) | 0.7 |
| slowness | half the speed | 0.8 |

Labels of the parts: lean = |grade|, blades = |grade|, rotation = grade / 0.55, at most 1 (half the turning missing is
0.91). Rotation exists in walking only.
"""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.risk.motion import ARMS, HIPS, LEGS, SHOULDERS, UPPER, Array, Motion, middle, stature_m

Rows = NDArray[np.signedinteger[Any]]
LEAN_DEG, BLADES_M, BLADES_DEG, AXIAL_ARMS = 10.0, 0.035, 18.0, 0.6
ARM_LESS, LEG_LESS, ASYMMETRIC_LEAN_DEG, ASYMMETRIC_TWIST_DEG = 0.7, 0.35, 4.0, 12.0
STIFFER, GUARDED_DEG, GUARDED_ARMS, GUARDED_SLOWER = 0.45, 10.0, 0.5, 0.2
SWAY_M, SWAY_HZ, SLOWER = 0.022, (0.23, 0.41, 0.73), 0.5
NECK_HEIGHT = 0.85
ROTATION_FULL = 0.55
BENT_DEG = 60.0
WEIGHTS = {
    "lean": 0.9, "rotation": 0.7, "blades": 0.7, "asymmetry": 0.8,
    "stiffness": 0.8, "guarding": 0.8, "sway": 0.7, "slowness": 0.8,
}  # fmt: skip
SIGNED = ("lean", "blades", "asymmetry")
ALONE_SHARE, ROTATION_SHARE = 0.5, 1 / 3
STRIDE_S = 1.1
"""What turns more slowly than this is the way that is walked."""


@dataclass(frozen=True, slots=True)
class Faults:
    """Grades, 0 to 1; lean, blades and asymmetry -1 to 1, right positive."""

    lean: float = 0.0
    rotation: float = 0.0
    blades: float = 0.0
    asymmetry: float = 0.0
    stiffness: float = 0.0
    guarding: float = 0.0
    sway: float = 0.0
    slowness: float = 0.0

    def __post_init__(self) -> None:
        for field in fields(self):
            grade = getattr(self, field.name)
            if not (-1.0 if field.name in SIGNED else 0.0) <= grade <= 1.0:
                raise ValueError(f"the grade of {field.name} lies between 0 and 1 (sides: -1), got {grade}")

    @property
    def severity(self) -> float:
        """0 none to 1: the index a perfect network would give."""
        spared = [1.0 - weight * abs(getattr(self, name)) for name, weight in WEIGHTS.items()]
        return 1.0 - float(np.prod(spared))

    @property
    def grades(self) -> tuple[float, ...]:
        """The size of each fault in the order of `WEIGHTS`."""
        return tuple(abs(getattr(self, name)) for name in WEIGHTS)

    @property
    def labels(self) -> tuple[float, float, float, float]:
        """Severity, lean, rotation, blades."""
        return self.severity, abs(self.lean), min(1.0, self.rotation / ROTATION_FULL), abs(self.blades)


def draw_faults(rng: np.random.Generator, task: str) -> Faults:
    """One to four faults of about the same grade; rotation only where somebody walks."""
    names = [name for name in WEIGHTS if name != "rotation" or task == "walk"]
    weights = np.array([2.0 if name in ("lean", "rotation", "blades") else 1.0 for name in names])
    count = int(rng.integers(1, 5))
    chosen = rng.choice(names, size=count, replace=False, p=weights / weights.sum())
    level = float(rng.uniform(0.0, 1.0))
    grades = {str(name): float(np.clip(level + rng.normal(0, 0.12), 0.0, 1.0)) for name in chosen}
    return Faults(**{n: g * (float(rng.choice((-1, 1))) if n in SIGNED else 1.0) for n, g in grades.items()})


def draw_for_learning(rng: np.random.Generator, task: str) -> Faults:
    """
    Half of the time one fault alone and of any grade, else as `draw_faults`: of faults that come together only the
    plainest would be learned. In walking every third single one is rotation, which shows least.
    """
    if rng.random() >= ALONE_SHARE:
        return draw_faults(rng, task)
    name = str(rng.choice([name for name in WEIGHTS if name != "rotation"]))
    if task == "walk" and rng.random() < ROTATION_SHARE:
        name = "rotation"
    return Faults(**{name: float(rng.uniform(0.0, 1.0)) * (float(rng.choice((-1, 1))) if name in SIGNED else 1.0)})


def insert(motion: Motion, faults: Faults, rng: np.random.Generator) -> Motion:
    """The movement with its faults; sway takes its phases from `rng`. Works on any source's joints."""
    points = motion.points_m.copy()
    if motion.task == "walk" and faults.rotation:
        points = _less_turning(points, faults.rotation, motion.rate_hz)
    if faults.stiffness:
        points = _smaller(points, 1.0 - STIFFER * faults.stiffness)
    if faults.asymmetry:
        points = _uneven(points, faults.asymmetry)
    if faults.guarding:
        points = _pitched(_arms_less(points, (GUARDED_ARMS * faults.guarding,) * 2), GUARDED_DEG * faults.guarding)
    if faults.blades:
        points = _raised(points, faults.blades, stature_m(points) / 1.7)
    if faults.lean:
        points = about_hips(points, 1, np.full(len(points), LEAN_DEG * faults.lean), UPPER)
    if faults.sway:
        points = _swaying(points, SWAY_M * faults.sway, motion.rate_hz, rng)
    return _slowed(motion.moved(points), (1.0 - SLOWER * faults.slowness) * (1.0 - GUARDED_SLOWER * faults.guarding))


def about_hips(points: Array, axis: int, angle_deg: Array, rows: Rows) -> Array:
    """Turn some joints about an axis of the world through mid-hip: 0 pitches forwards, 1 leans right, 2 turns left."""
    centre = middle(points, HIPS)[:, None]
    angle = np.radians(angle_deg)[:, None]
    first, second = {0: (2, 1), 1: (2, 0), 2: (0, 1)}[axis]
    turned: Array = points.copy()
    part = points[:, rows] - centre
    cos, sin = np.cos(angle), np.sin(angle)
    turned[:, rows, first] = centre[..., first] + cos * part[..., first] - sin * part[..., second]
    turned[:, rows, second] = centre[..., second] + sin * part[..., first] + cos * part[..., second]
    return turned


def turn_deg(points: Array, pair: tuple[int, int]) -> Array:
    """(F,) how far a pair of joints is turned about the vertical, left turn positive."""
    across = points[:, pair[1]] - points[:, pair[0]]
    return np.asarray(np.degrees(np.unwrap(np.arctan2(across[:, 1], across[:, 0]))), np.float64)


def pitch_deg(points: Array) -> Array:
    """(F,) how far the trunk is bent forwards."""
    trunk = middle(points, SHOULDERS) - middle(points, HIPS)
    return np.asarray(np.degrees(np.unwrap(np.arctan2(trunk[:, 1], trunk[:, 2]))), np.float64)


def _less_turning(points: Array, grade: float, rate_hz: float) -> Array:
    """Pelvis and thorax turn less about the vertical; who walks looks ahead, so the head keeps still as it was."""
    turned = points
    for pair, rows in ((HIPS, np.array(HIPS)), (SHOULDERS, np.array([*SHOULDERS, *ARMS[0], *ARMS[1]]))):
        turn = turn_deg(points, pair)
        turned = about_hips(turned, 2, -grade * (turn - _slow(turn, STRIDE_S * rate_hz)), rows)
    return _arms_less(turned, (AXIAL_ARMS * grade,) * 2)


def _slow(values: Array, samples: float) -> Array:
    """(F,) running mean over so many samples, the ends continued."""
    half = max(1, round(samples / 2.0))
    longer = np.pad(values, half, mode="edge")
    return np.asarray(np.convolve(longer, np.ones(2 * half + 1) / (2 * half + 1), mode="valid"), np.float64)


def _arms_less(points: Array, less: tuple[float, float]) -> Array:
    """Both arms swing less about their own mean, as they hang from the shoulder."""
    calmer: Array = points.copy()
    for arm, shoulder, share in zip(ARMS, SHOULDERS, less, strict=True):
        hanging = points[:, arm] - points[:, [shoulder]]
        calmer[:, arm] = points[:, [shoulder]] + hanging + share * (hanging.mean(axis=0) - hanging)
    return calmer


def _smaller(points: Array, share: float) -> Array:
    """Bends by rotation, everything else towards the median pose."""
    pitch = pitch_deg(points)
    if np.ptp(pitch) > BENT_DEG:
        return about_hips(points, 0, -(1.0 - share) * (pitch - np.percentile(pitch, 10)), UPPER)
    hips = middle(points, HIPS)[:, None]
    body = points - hips
    rest_m = np.median(hips[..., 2])
    height = hips.copy()
    height[..., 2] = rest_m + share * (hips[..., 2] - rest_m)
    return np.asarray(height + np.median(body, axis=0) + share * (body - np.median(body, axis=0)), np.float64)


def _uneven(points: Array, grade: float) -> Array:
    side, size = int(grade > 0), abs(grade)
    uneven = _arms_less(points, (0.0, ARM_LESS * size) if side else (ARM_LESS * size, 0.0))
    leg, hip = LEGS[side], HIPS[side]
    reach = uneven[:, leg, 1] - uneven[:, [hip], 1]
    uneven[:, leg, 1] += LEG_LESS * size * (np.median(reach, axis=0) - reach)
    bent = np.clip((pitch_deg(points) - 10.0) / BENT_DEG, 0.0, 1.0)
    uneven = about_hips(uneven, 2, -ASYMMETRIC_TWIST_DEG * grade * bent, UPPER)
    return about_hips(uneven, 1, np.full(len(points), ASYMMETRIC_LEAN_DEG * grade), UPPER)


def _pitched(points: Array, angle_deg: float) -> Array:
    upright = 1.0 - np.clip(pitch_deg(points) / BENT_DEG, 0.0, 1.0)
    return about_hips(points, 0, angle_deg * upright, UPPER)


def _raised(points: Array, grade: float, scale: float) -> Array:
    """One shoulder and its arm along the trunk and forwards around the chest."""
    side, size = int(grade > 0), abs(grade)
    rows = np.array([SHOULDERS[side], *ARMS[side]])
    trunk = middle(points, SHOULDERS) - middle(points, HIPS)
    up = trunk / np.linalg.norm(trunk, axis=-1, keepdims=True)
    across = points[:, SHOULDERS[1]] - points[:, SHOULDERS[0]]
    half = 0.5 * np.linalg.norm(across, axis=-1, keepdims=True)
    right = across / (2.0 * half)
    ahead = np.cross(up, right)
    angle = np.radians(BLADES_DEG * size)
    inwards = -right if side else right
    shift = BLADES_M * scale * size * up + half * (np.sin(angle) * ahead + (1.0 - np.cos(angle)) * inwards)
    raised: Array = points.copy()
    raised[:, rows] += shift[:, None]
    return raised


def _swaying(points: Array, sd_m: float, rate_hz: float, rng: np.random.Generator) -> Array:
    times = np.arange(len(points)) / rate_hz
    phases = rng.uniform(0.0, 2.0 * np.pi, len(SWAY_HZ))
    wave = sum(np.sin(2.0 * np.pi * hz * times + phase) for hz, phase in zip(SWAY_HZ, phases, strict=True))
    aside = sd_m * np.sqrt(2.0 / len(SWAY_HZ)) * np.asarray(wave)
    floor, neck = points[..., 2].min(), NECK_HEIGHT * stature_m(points)
    swaying: Array = points.copy()
    swaying[..., 0] += aside[:, None] * (points[..., 2] - floor) / neck
    return swaying


def _slowed(motion: Motion, speed: float) -> Motion:
    if speed == 1.0:
        return motion
    count = int((len(motion.points_m) - 1) / speed) + 1
    return motion.moved(motion.at(np.asarray(np.arange(count) * speed / motion.rate_hz, np.float64)))
