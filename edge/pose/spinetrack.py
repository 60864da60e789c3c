"""What the 37 points of the SpineTrack layout are among the project's own."""

import math

import numpy as np
from numpy.typing import NDArray

from edge.pose.landmarks import COUNT, Joint
from edge.pose.picture_points import PicturePoints
from edge.pose.spine_layout import SPINE_IDS, SPINETRACK
from edge.pose.spine_points import NINE, SPINE_COUNT, SpinePoint, SpinePoints

SPINE = {SPINETRACK[number]: level.name for number, level in zip(SPINE_IDS, NINE, strict=True)}
"""The nine spine points from the sacrum up: SpineTrack's name -> our level; ids 19, 26-30, 18, 35, 36."""

JOINTS = {
    **{joint.name.lower(): joint for joint in Joint},
    "left_big_toe": Joint.LEFT_FOOT_INDEX,
    "right_big_toe": Joint.RIGHT_FOOT_INDEX,
}
"""Name in any of the layouts -> our landmark."""

OF_THE_BOX = 0.53
"""Share of a person's box the person fills, as mmpose takes it where no outline is known."""


def spine_points(points: PicturePoints, time_s: float, *, on_skin: bool = False) -> SpinePoints:
    """
    The spine points among the points of a SpineTrack network.

    SpineTrack's labels lie inside the body, so they are the centres of the vertebrae; from straight behind the skin
    over them lies on the same line. What the layout does not have stays unknown: score 0, position NaN. Such a network
    states no uncertainty, so each point gets that of the people whose labels it learnt from: its published sigma times
    the root of the person's area, along either axis.

    Args:
        points: in the layout `spinetrack37`.
        time_s: capture time of the frame, seconds on CLOCK_MONOTONIC.
        on_skin: count them as points of the skin instead.

    Raises:
        ValueError: the layout has no spine, or the points come without sigmas.
    """
    names, sigmas = points.layout.points, points.layout.sigmas
    if sigmas is None or not set(SPINE) <= set(names):
        raise ValueError(f"{points.layout.name} has no spine points, take a network in the layout spinetrack37")
    levels = {name: level if on_skin else f"CENTRE_{level}" for name, level in SPINE.items()} | {"head": "HEAD_TOP"}
    rows, places = [names.index(name) for name in levels], [SpinePoint[level] for level in levels.values()]
    xy_px, score = np.full((SPINE_COUNT, 2), np.nan, np.float32), np.zeros(SPINE_COUNT, np.float32)
    xy_px[places], score[places] = points.xy_px[rows], points.score[rows].clip(0.0, 1.0)
    sd_px = np.array(sigmas)[rows] * math.sqrt(OF_THE_BOX * points.box.area_px2)
    covariance_px2 = np.full((SPINE_COUNT, 2, 2), np.nan, np.float32)
    covariance_px2[places] = np.square(sd_px)[:, None, None] * np.eye(2)
    return SpinePoints(xy_px, covariance_px2, score, np.zeros(SPINE_COUNT, np.bool_), time_s)


def joints_of(points: PicturePoints) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """
    The points that are landmarks of ours, under the numbers of `Joint`.

    Such a network knows no depth, so this is no whole `Landmarks`.

    Returns:
        (33, 2) float32, pixels of the upright frame, NaN where there is none; (33,) float32, the score, 0 to 1, 0 where
        there is none.
    """
    xy_px, score = np.full((COUNT, 2), np.nan, np.float32), np.zeros(COUNT, np.float32)
    for row, name in enumerate(points.layout.points):
        if name in JOINTS:
            xy_px[JOINTS[name]], score[JOINTS[name]] = points.xy_px[row], points.score[row].clip(0.0, 1.0)
    return xy_px, score
