"""Which hidden joints enough is known about to say where they are."""

import numpy as np
from numpy.typing import NDArray

from edge.occlusion.window import Window
from edge.pose.landmarks import BONES, COUNT, Joint

WHOLE_SAMPLES = 4
"""So long may the whole person be hidden: a quarter of a second."""
MOST_SD = 0.5
"""A joint that may be anywhere within this share of the body's spread, about 25 cm on an adult, is not known."""

_FACE = tuple(joint for joint in Joint if joint <= Joint.MOUTH_RIGHT)
_HANDS = tuple(
    (Joint[f"{side}_WRIST"], Joint[f"{side}_{finger}"])
    for side in ("LEFT", "RIGHT")
    for finger in ("PINKY", "INDEX", "THUMB")
)
_HEAD = tuple((one, other) for one in _FACE for other in _FACE if one < other)
NEIGHBOURS = np.zeros((COUNT, COUNT), np.bool_)
"""(33, 33) joints that hang on each other: by a bone, in a hand or in a face."""
for _one, _other in (*BONES, *_HANDS, *_HEAD):
    NEIGHBOURS[_one, _other] = NEIGHBOURS[_other, _one] = True


def supported(window: Window, sd_px: NDArray[np.float64], spread_px: float) -> NDArray[np.bool_]:
    """
    (33,) bool: joints that may be recovered in the newest sample of a window.

    A joint that was never seen in the window must hang on one that is seen now; and where a whole person has been
    hidden for longer than `WHOLE_SAMPLES` nothing is known any more.

    Args:
        window: of one person.
        sd_px: (33,) pixels, how uncertain the network is.
        spread_px: of the body, pixels.
    """
    seen = window.seen[0]
    if not seen[-1 - WHOLE_SAMPLES :].any():
        return np.zeros(COUNT, np.bool_)
    hangs_on_seen = (NEIGHBOURS & seen[-1]).any(axis=1)
    sure = np.isfinite(sd_px) & (sd_px <= MOST_SD * spread_px)
    known: NDArray[np.bool_] = (seen.any(axis=0) | hangs_on_seen) & sure
    return known
