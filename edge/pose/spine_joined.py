"""
Shoulders and hips as both networks see them together, the surer one weighing more.

The spine network learnt from rendered people, the landmark network from photographs. Of rendered backs the first is
far surer and is hardly moved; of photographs it is as unsure as the second, and neither is believed alone.
"""

import numpy as np
from numpy.typing import NDArray

from edge.pose.landmarks import Landmarks
from edge.pose.spine_answer import SpineAnswer
from edge.pose.spine_crop import HIPS, SHOULDERS
from edge.pose.spine_layout import JOINTS
from edge.pose.trunk_definition import anatomical, anatomical_trunk

COARSE_SD = 0.05
"""
Of the landmarks' shoulders and hips, as a share of the trunk: root of the mean square along either axis on 239 rendered
backs of nobody's hold-out (0.03 shoulders, 0.047 hips, their definition taken out), the larger of both.
"""

_TRUNK = list(SHOULDERS + HIPS)
_NUMBERS = [number for joint in _TRUNK for number, one in JOINTS.items() if one is joint]
_PAIRS = slice(0, 2), slice(2, 4)


def joined_px(answer: SpineAnswer, landmarks: Landmarks) -> NDArray[np.float64]:
    """
    The answer's points with shoulders and hips moved towards the landmarks', by the inverse of the variances.

    Left and right weigh alike, so that a line between them is of one kind. A pair the landmark network does not see
    itself stays where the spine network has it. What is stated of the uncertainty stays the spine network's: the two
    err in the same direction too often to call the mean surer.

    Args:
        answer: of the crop of the torso.
        landmarks: of the same person and frame.

    Returns:
        (74, 2) float64, pixels of the picture.
    """
    points_px = answer.xy_px
    fine, fine_sd = points_px[_NUMBERS], answer.sd_px[_NUMBERS]
    own = landmarks.xyz_px[_TRUNK, :2].astype(np.float64)
    coarse = anatomical(own, from_behind=bool(fine[0, 0] < fine[1, 0]))
    coarse_sd = COARSE_SD * float(np.linalg.norm(anatomical_trunk(own)))
    for pair in _PAIRS:
        if landmarks.seen[_TRUNK[pair]].all() and np.isfinite(coarse).all() and coarse_sd > 0:
            towards = 1 / (1 + (coarse_sd / fine_sd[pair].max()) ** 2)
            points_px[_NUMBERS[pair]] += towards * (coarse[pair] - fine[pair])
    return points_px
