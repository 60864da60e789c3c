"""
Shoulders and hips as the landmark network and the spine network see them together, the surer one weighing more.

The spine network learnt from rendered people, the landmark network from photographs. Of rendered backs the first is
three times as sure and is left alone; of photographs it is as unsure as the second, and neither is believed alone.
"""

import numpy as np
from numpy.typing import NDArray

from edge.pose.landmarks import Landmarks
from edge.pose.spine_answer import SpineAnswer
from edge.pose.spine_layout import TRUNK, TRUNK_IDS
from edge.pose.trunk_definition import anatomical, anatomical_trunk

COARSE_SD = 0.03, 0.047
"""
Of the landmarks' shoulders and hips, as a share of the anatomical trunk: root of the mean square along either axis on
239 rendered backs of no hold-out, INT8, one picture each, their definition taken out.
"""

LEFT_ALONE = 0.1
"""
So little weight is none: it belongs to an answer three times as sure. Tilts by landmarks come out at 0.6 (shoulders)
and 0.4 (hips) of the true ones: what of them is mixed in is not noise alone.
"""

TRUNKS_PER_WIDTH = 1.2
"""A trunk that leans towards the camera looks short; it is no shorter than so many widths between the shoulders."""

BROAD = 0.35
"""Trunks between the shoulders, from where on a person is seen from behind and not from the side."""

_PAIRS = slice(0, 2), slice(2, 4)


def joined_trunk(answer: SpineAnswer, landmarks: Landmarks) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """
    Left and right shoulder, left and right hip by both networks, weighted by the inverse of the variances.

    Left and right weigh alike, so that a line between them is of one kind. A pair the landmark network does not see
    itself, or has the other way round, stays where the spine network has it.

    Args:
        answer: of the crop of the torso.
        landmarks: of the same person and frame.

    Returns:
        (4, 2) float64 pixels of the picture; (4,) float64 their standard deviations: those of the answer, and how far
        it was moved. The two networks err in the same direction too often to call their mean surer.
    """
    fine, fine_sd = answer.xy_px[TRUNK_IDS], answer.sd_px[TRUNK_IDS]
    own = landmarks.xyz_px[TRUNK, :2].astype(np.float64)
    size = float(np.linalg.norm(anatomical_trunk(own)))
    coarse = anatomical(own, from_behind=bool(fine[1, 0] - fine[0, 0] > BROAD * size))
    size = max(size, TRUNKS_PER_WIDTH * float(np.linalg.norm(own[1] - own[0])))
    towards = np.zeros(4)
    for pair, share in zip(_PAIRS, COARSE_SD, strict=True):
        if landmarks.seen[TRUNK[pair]].all() and np.diff(fine[pair], axis=0)[0] @ np.diff(coarse[pair], axis=0)[0] > 0:
            towards[pair] = _towards(float(fine_sd[pair].max()), share * size)
    moved = np.where(towards[:, None] > 0, towards[:, None] * (coarse - fine), 0.0)
    return fine + moved, np.sqrt(fine_sd**2 + (moved**2).mean(axis=1))


def _towards(fine_sd: float, coarse_sd: float) -> float:
    """The landmarks' weight, 0 to 1; 0 too where either is unknown."""
    share = fine_sd**2 / (fine_sd**2 + coarse_sd**2) if fine_sd + coarse_sd > 0 else 0.0
    return max(0.0, (share - LEFT_ALONE) / (1 - LEFT_ALONE))  # not a number is not above 0
