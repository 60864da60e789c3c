"""People as the bench sees them, drawn from formulas: nothing is rendered."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from edge.accuracy.shot import Shot
from edge.pose.body_view import BodyView
from edge.pose.landmarks import COUNT, Joint, Landmarks
from edge.pose.spine_points import MIDLINE, SPINE_COUNT, SpinePoint, SpinePoints
from edge.pose.spine_reading import SpineReading, Trend
from edge.selftest.known_person import perfect
from edge.spine.setup import Setup
from models.spine.bench.case import Case
from models.spine.bench.look import Look

TRUNK_PX, TRUNK_MM, LOW, MIDDLE = 400.0, 450.0, 700.0, 360.0
CENTRES = [SpinePoint(number) for number in range(SpinePoint.CENTRE_SACRUM, SpinePoint.CENTRE_C7 + 1)]
PAIRS = {"AXILLA": (110, 0.72), "WAIST": (80, 0.3), "PSIS": (25, 0.02), "SCAPULA_INFERIOR": (60, 0.62),
         "ACROMION": (105, 0.97)}  # fmt: skip
JOINTS = {"EAR": (40, 1.35), "SHOULDER": (100, 0.93), "ELBOW": (130, 0.5), "WRIST": (140, 0.1), "HIP": (50, -0.02),
          "KNEE": (55, -0.7), "ANKLE": (55, -1.4), "HEEL": (55, -1.5), "FOOT_INDEX": (60, -1.52)}  # fmt: skip


LINE = (*MIDLINE, SpinePoint.T12_L1, SpinePoint.C3_C4, SpinePoint.C1)
HEIGHTS = np.append(np.linspace(0.0, 1.0, len(MIDLINE)), [5.5 / 16, 1.1, 1.2])
"""Of the points of the midline above the sacrum, as shares of the way to C7."""


def bow(curve_deg: float, height: np.ndarray) -> np.ndarray:
    """Half a sine whose tangents at its ends lie so far apart; to the right for a positive curve."""
    deep = TRUNK_PX / np.pi * np.tan(np.radians(curve_deg) / 2)
    return deep * np.sin(np.pi * np.clip(height, 0, 1))


def case(  # noqa: PLR0913 - one value each of what a test may want different
    curve_deg: float = 0.0, seed: int = 1, *, single: bool = True, number: int = 0, tilt_deg: float = 0.0,
    strata: dict[str, str] | None = None, picture: Path = Path("nowhere.jpg"), view: BodyView = BodyView.BACK,
) -> Case:  # fmt: skip
    spine = np.full((SPINE_COUNT, 2), (MIDDLE, LOW))
    spine[list(LINE)] = np.stack([MIDDLE + bow(curve_deg, HEIGHTS), LOW - TRUNK_PX * HEIGHTS], axis=1)
    centres = np.linspace(0.0, 1.0, len(CENTRES))
    spine[CENTRES] = np.stack([MIDDLE + 1.3 * bow(curve_deg, centres), LOW - TRUNK_PX * centres], axis=1)
    for name, (aside, up) in PAIRS.items():
        for way, side in (("LEFT", -1), ("RIGHT", 1)):
            lean = bow(curve_deg, np.array(up))
            spine[SpinePoint[f"{name}_{way}"]] = (MIDDLE + side * aside + lean, LOW - TRUNK_PX * up)
    five = {
        "SIDE_S5": (0, -0.1),
        "SIDE_L4": (40, 0.15),
        "SIDE_T8": (-10, 0.6),
        "SIDE_T6": (5, 0.7),
        "SIDE_C4": (60, 1.1),
    }
    for name, (ahead, up) in five.items():
        spine[SpinePoint[name]] = (MIDDLE + ahead, LOW - TRUNK_PX * up)
    joints = np.full((COUNT, 2), (MIDDLE, LOW - 1.3 * TRUNK_PX))
    for name, (aside, up) in JOINTS.items():
        for way, side in (("LEFT", -1), ("RIGHT", 1)):
            tilt = side * aside * np.tan(np.radians(tilt_deg)) if name == "SHOULDER" else 0.0
            joints[Joint[f"{way}_{name}"]] = (MIDDLE + side * aside, LOW - TRUNK_PX * up - tilt)
    shot = Shot(
        seed=seed, distribution="S1", take=0, number=number, time_s=0.4 * number, picture=picture, size_px=(720, 1280),
        view=view, joints_px=joints, measures={}, atr_deg={}, yaw_deg=0.0, setup=Setup(roll_deg=0.0),
        strata=strata or {"clothing": "bare back", "skin": "light"}, rig_px=joints, spine_px=spine,
    )  # fmt: skip
    return Case(shot, joints, spine, np.ones(SPINE_COUNT, np.bool_), curve_deg, single, TRUNK_MM, (curve_deg, 0.0))


def moved(found: SpinePoints, by_px: np.ndarray | tuple[float, float], sd_px: float = 2.0) -> SpinePoints:
    """The same points somewhere else, with an uncertainty."""
    covariance = np.broadcast_to(np.eye(2, dtype=np.float32) * sd_px**2, (SPINE_COUNT, 2, 2)).copy()
    return replace(found, xy_px=(found.xy_px + np.float32(by_px)).astype(np.float32), covariance_px2=covariance)


def landmarks(one: Case, *, swapped: bool = False) -> Landmarks:
    joints = one.joints_px
    if swapped:
        order = [Joint[_other(joint.name)] for joint in Joint]
        joints = joints[order]
    return perfect(joints, one.shot.time_s)


def look(
    one: Case, *, by_px: np.ndarray | tuple[float, float] = (0.0, 0.0), factor: float = 1.0, sd_px: float = 2.0,
    swapped: bool = False, tilted_px: float = 0.0,
) -> Look:  # fmt: skip
    """
    A reading by a network that errs in a known way: points moved, the curve head's answer times a factor, left for
    right, the right shoulder placed higher.
    """
    coarse, fine = landmarks(one), landmarks(one, swapped=swapped)
    xyz = fine.xyz_px.copy()
    xyz[Joint.RIGHT_SHOULDER, 1] -= tilted_px
    fine = Landmarks(xyz, fine.world_m, fine.score, fine.recovered, fine.time_s, np.full(COUNT, sd_px, np.float32))
    trend = Trend(factor * one.curve_deg, np.zeros(7))
    return Look(one, coarse, None, SpineReading(fine, moved(one.spine_points(), by_px, sd_px), trend))


def refused(one: Case, why: str = "points of the trunk lie outside the crop") -> Look:
    return Look(one, landmarks(one), None, SpineReading(None, None, None, why))


def crowd(curves_deg: list[float], **about: object) -> list[Case]:
    """One person for each curve, two frames of each."""
    return [case(curve, seed, number=number, **about) for seed, curve in enumerate(curves_deg) for number in range(2)]


def _other(name: str) -> str:
    if "LEFT" in name:
        return name.replace("LEFT", "RIGHT")
    return name.replace("RIGHT", "LEFT")
