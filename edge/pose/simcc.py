"""Points from networks that answer along x and along y apart (SimCC): RTMPose and SpinePose as a site supplies them."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from edge.engine.engine import Engine
from edge.errors import ModelError
from edge.pose.fit import PADDING, Box, Fit, fit_contain
from edge.pose.network_card import ADOPT, SIMCC, NetworkCard
from edge.pose.picture_points import PicturePoints
from edge.pose.point_layout import BODY17, BODY26, SPINETRACK37, PointLayout

LAYOUTS: Mapping[str, PointLayout] = {layout.name: layout for layout in (BODY17, BODY26, SPINETRACK37)}
"""What such networks give."""
X, Y = "simcc_x", "simcc_y"


def decode(
    along_x: NDArray[np.floating], along_y: NDArray[np.floating], *, fine: bool = False
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """
    Read one person's answers.

    To the step they are read as SpinePose's and rtmlib's programs do: the highest step along each axis, of several
    alike the first; the score is the mean of both heights, and where it is not above 0 there is no point. In between,
    the top of the parabola through the highest step and its neighbours counts, at most half a step away.

    Args:
        along_x: (n, steps), how likely each place along x is, any unit.
        along_y: (n, steps), the same along y.
        fine: read between the steps.

    Returns:
        (n, 2) float64, steps, NaN where there is no point; (n,) float64, the score, 0 where there is no point.
    """
    x, y = (_highest(values, fine=fine) for values in (along_x, along_y))
    score = (along_x.max(axis=1).astype(np.float64) + along_y.max(axis=1)) / 2
    found = score > 0
    return np.where(found[:, None], np.stack([x, y], axis=1), np.nan), np.where(found, score, 0.0)


def _highest(values: NDArray[np.floating], *, fine: bool) -> NDArray[np.float64]:
    place: NDArray[np.float64] = values.argmax(axis=1).astype(np.float64)
    if not fine:
        return place
    rows, last = np.arange(len(values)), values.shape[1] - 1
    around = [(place.astype(np.intp) + step).clip(0, last) for step in (-1, 0, 1)]
    left, top, right = (values[rows, steps].astype(np.float64) for steps in around)
    bend = left - 2 * top + right
    hill = (bend < 0) & (place > 0) & (place < last)
    offset: NDArray[np.float64] = np.divide(left - right, 2 * bend, out=np.zeros(len(values)), where=hill)
    return place + offset


class SimccPose:
    """
    Reads the points of the person in a box.

        points = SimccPose(engine, read_card(artefact)).read(frame.image, box)
    """

    def __init__(self, engine: Engine, card: NetworkCard) -> None:
        """
        Args:
            engine: the network.
            card: what it takes and gives.

        Raises:
            ModelError: the card does not describe a SimCC network this reader knows.
        """
        self.layout = card.layout_of(LAYOUTS)
        self._engine = engine
        self._card = card
        _check(card, len(self.layout.points))

    def read(self, image: NDArray[np.uint8], box: Box, *, padding: float = PADDING) -> PicturePoints:
        """
        Read the points.

        Args:
            image: (H, W, 3) uint8, BGR, upright.
            box: around the person.
            padding: how much wider and taller than the box the network's view is.

        Raises:
            ModelError: the network gave something else than its card says.
        """
        card, fit = self._card, fit_contain(box.padded(padding), self._card.size_px)
        outputs = card.ask(self._engine, card.tensor(fit.cut(image, black_outside=card.black_outside)))
        steps, score = decode(outputs[X][0], outputs[Y][0], fine=card.decoding.fine)
        ratio = card.decoding.split_ratio
        return PicturePoints(self.layout, fit.to_picture(steps / ratio), score, _step_px(fit, ratio), box)


def _step_px(fit: Fit, ratio: float) -> tuple[float, float]:
    return 1 / (ratio * fit.scale[0]), 1 / (ratio * fit.scale[1])


def _check(card: NetworkCard, count: int) -> None:
    if card.decoding.kind != SIMCC:
        raise ModelError(f"{card.name} is a {card.decoding.kind} network, not {SIMCC}; {ADOPT}")
    for name, side_px in zip((X, Y), card.size_px, strict=True):
        expected = (1, count, round(side_px * card.decoding.split_ratio))
        if card.outputs.get(name) != expected:
            raise ModelError(
                f"{card.name} gives {name} as {card.outputs.get(name)}, but {count} points in an input of "
                f"{card.size_px[0]} x {card.size_px[1]} pixels need {expected}; {ADOPT}"
            )
