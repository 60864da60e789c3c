"""
Which side of a person the spine network saw: it has learnt left from right of backs, fronts and sides.

The landmark network decides back or front first and names left and right by it; some backs it takes for fronts whole.
The spine network answers in the person's own left and right and says how uncertain each point is. In 120 rendered backs
and 20 fronts shoulders, hips, armpits and waist lie in order by 17 of its standard deviations and more. Of 365
photographs of people who seem to show their front one came out as a back beyond 7 of them: a batter in his swing, at 9.
"""

import numpy as np

from edge.pose.spine_answer import SpineAnswer
from edge.pose.spine_layout import SPINETRACK, SPINETRACK_COUNT
from edge.pose.spine_points import SpinePoint

CERTAIN = 12.0
"""
From so many standard deviations on the order of a pair across the picture is certain. They are the network's own:
another network has to be looked at anew.
"""

PAIRS = (
    *((SPINETRACK.index(f"left_{part}"), SPINETRACK.index(f"right_{part}")) for part in ("shoulder", "hip")),
    (SPINETRACK_COUNT + SpinePoint.AXILLA_LEFT, SPINETRACK_COUNT + SpinePoint.AXILLA_RIGHT),
    (SPINETRACK_COUNT + SpinePoint.WAIST_LEFT, SPINETRACK_COUNT + SpinePoint.WAIST_RIGHT),
)
"""Left and right of the trunk, from the shoulders down."""


def facing_of(answer: SpineAnswer) -> int:
    """
    +1 for a back, -1 for a front; 0 unless every pair of the trunk lies in the crop and says the same with certainty.

    Whether a point is covered makes no difference: its standard deviation says how well it is known.

    Args:
        answer: of the crop of the torso.
    """
    left, right = np.array(PAIRS).T
    if (answer.score[[*left, *right]] <= 0.0).any():
        return 0
    across = (answer.xy[right, 0] - answer.xy[left, 0]) / np.hypot(answer.sd[left, 0], answer.sd[right, 0])
    if (across >= CERTAIN).all():
        return 1
    return -1 if (across <= -CERTAIN).all() else 0
