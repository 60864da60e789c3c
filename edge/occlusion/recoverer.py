"""Hidden joints recovered from the last second, frame by frame, at whatever rate frames come."""

import numpy as np
from numpy.typing import NDArray

from edge.engine.engine import Engine
from edge.occlusion.found import Found, completed
from edge.occlusion.past import Past
from edge.occlusion.support import supported
from edge.occlusion.window import decode, encode
from edge.pose.landmarks import Landmarks


class Recoverer:
    """
    Follows one person and says where the joints are that the newest frame does not show.

        recoverer = Recoverer(make_engine(load_artefact("models/built", "occlusion.int8"), config))
        landmarks = recoverer.recover(landmarks)

    Only capture times count; how long anything takes, or what the clock says, changes nothing.
    """

    def __init__(self, engine: Engine) -> None:
        """
        Args:
            engine: the occlusion network, inputs and outputs as in `edge.occlusion.window`.
        """
        self._engine = engine
        self._past = Past()

    def recover(self, landmarks: Landmarks, own_score: NDArray[np.floating] | None = None) -> Landmarks:
        """
        Fill in what can be known of the hidden joints of the next frame.

        Landmarks with a number that is not finite come back as they are and are not remembered: they are nonsense, and
        it is for vision to refuse them.

        Raises:
            ModelError: the network has failed.
        """
        if not _finite(landmarks):
            return landmarks
        self._past.add(landmarks, own_score)
        if landmarks.known.all():
            return landmarks
        window = self._past.window()
        encoded = encode(window)
        if not encoded.usable[0]:
            return landmarks
        xy_px, sd_px = decode(self._engine.run(encoded.inputs), encoded)
        joints = supported(window, sd_px[0], float(encoded.spread_px[0])) & np.isfinite(xy_px[0]).all(axis=1)
        return completed(landmarks, Found(joints, xy_px[0], sd_px[0]))

    def reset(self) -> None:
        """Forget the person."""
        self._past.clear()


def _finite(landmarks: Landmarks) -> bool:
    arrays = landmarks.xyz_px, landmarks.world_m, landmarks.score, np.array(landmarks.time_s)
    return all(bool(np.isfinite(array).all()) for array in arrays)
