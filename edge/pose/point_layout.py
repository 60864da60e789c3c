"""Which points a network gives, in which order, and how exactly people can place them."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class PointLayout:
    """
    The points of one network family.

    Attributes:
        name: what a `model.toml` calls it.
        points: names in the order of the outputs; left and right are the person's own.
        sigmas: for each point the spread of people who placed it twice, in shares of the root of the person's area;
            None where none was published.
    """

    name: str
    points: tuple[str, ...]
    sigmas: tuple[float, ...] | None = None

    def __post_init__(self) -> None:
        if self.sigmas is not None and len(self.sigmas) != len(self.points):
            raise ValueError(f"{self.name} has {len(self.points)} points and {len(self.sigmas)} sigmas")

    @cached_property
    def twins(self) -> NDArray[np.intp]:
        """(n,) intp, for each point the number of its twin on the other side, its own on the midline."""
        return np.array([self.points.index(_other_side(name)) for name in self.points], np.intp)


def _other_side(name: str) -> str:
    side, _, rest = name.partition("_")
    other = {"left": "right", "right": "left"}.get(side)
    return f"{other}_{rest}" if other else name


_BODY17 = (
    *("nose", "left_eye", "right_eye", "left_ear", "right_ear", "left_shoulder", "right_shoulder"),
    *("left_elbow", "right_elbow", "left_wrist", "right_wrist", "left_hip", "right_hip"),
    *("left_knee", "right_knee", "left_ankle", "right_ankle"),
)
_FEET = tuple(f"{side}_{part}" for part in ("big_toe", "small_toe", "heel") for side in ("left", "right"))
_BODY17_SIGMAS = (
    *(0.026, 0.025, 0.025, 0.035, 0.035, 0.079, 0.079, 0.072, 0.072),
    *(0.062, 0.062, 0.107, 0.107, 0.087, 0.087, 0.089, 0.089),
)
_FEET_SIGMA = 0.079

BODY17 = PointLayout("body17", _BODY17, _BODY17_SIGMAS)
"""COCO's 17, sigmas as in its evaluation."""

BODY26 = PointLayout(
    "body26", (*_BODY17, "head", "neck", "hip", *_FEET), (*_BODY17_SIGMAS, 0.026, 0.026, 0.066, *[_FEET_SIGMA] * 6)
)
"""Halpe's 26 with head top, base of the neck, hip and feet; sigmas as in Halpe-FullBody's evaluation and mmpose's."""

SPINETRACK37 = PointLayout(
    "spinetrack37",
    (
        *(*BODY26.points, "spine_01", "spine_02", "spine_03", "spine_04", "spine_05"),
        *("left_latissimus", "right_latissimus", "left_clavicle", "right_clavicle", "neck_02", "neck_03"),
    ),
    (
        *(*_BODY17_SIGMAS, 0.026, 0.04, 0.07, *[_FEET_SIGMA] * 6),
        *(0.10, 0.10, 0.10, 0.08, 0.08, 0.12, 0.12, 0.07, 0.07, 0.07, 0.06),
    ),
)
"""SpineTrack's 37, sigmas as published with it (Khan et al., Towards unconstrained 2D pose estimation of the human
spine, CVPRW 2025, dataset configuration): 18 is C7, 19 the sacrum, 26-30 L5, L3, T12/L1, T8, T3, 35 C3/C4, 36 C1."""
