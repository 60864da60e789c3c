"""Points from heat-map networks in the layouts of MPII and its kin, among them the stacked hourglass."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from edge.engine.engine import Engine
from edge.errors import ModelError
from edge.pose.fit import Box, Fit, fit_contain
from edge.pose.heat_map import Grid, centred_grid, coarse_peaks, fine_peaks, flip_averaged, flip_shift
from edge.pose.network_card import ADOPT, HEAT_MAP, NetworkCard
from edge.pose.picture_points import PicturePoints
from edge.pose.point_layout import PointLayout

_LEGS = ("right_ankle", "right_knee", "right_hip", "left_hip", "left_knee", "left_ankle")
_ARMS = ("right_wrist", "right_elbow", "right_shoulder", "left_shoulder", "left_elbow", "left_wrist")

MPII16 = PointLayout("mpii16", (*_LEGS, "pelvis", "spine", "neck", "head_top", *_ARMS))
"""MPII's 16; `spine` is its thorax, `neck` its upper neck (Andriluka et al., CVPR 2014)."""

LSP14 = PointLayout("lsp14", (*_LEGS, *_ARMS, "neck", "head_top"))
"""Leeds Sports Pose's 14 (Johnson and Everingham, BMVC 2010)."""

HEAD_FIRST14 = PointLayout(
    "head_first14",
    (
        *("head_top", "neck", "right_shoulder", "right_elbow", "right_wrist"),
        *("left_shoulder", "left_elbow", "left_wrist", "right_hip", "right_knee", "right_ankle"),
        *("left_hip", "left_knee", "left_ankle"),
    ),
)
"""The same 14 from the head down, right before left, as many networks for telephones have them."""

LAYOUTS: Mapping[str, PointLayout] = {layout.name: layout for layout in (MPII16, LSP14, HEAD_FIRST14)}
"""What such networks give."""


class HeatMapPose:
    """
    Reads the points of the person in a box.

        points = HeatMapPose(engine, read_card(artefact)).read(frame.image, whole(frame.image))
    """

    def __init__(self, engine: Engine, card: NetworkCard) -> None:
        """
        Args:
            engine: the network.
            card: what it takes and gives; of several stacks the named output counts, else the last.

        Raises:
            ModelError: the card does not describe a heat-map network this reader knows.
        """
        self.layout = card.layout_of(LAYOUTS)
        self._engine = engine
        self._card = card
        self._output = _output(card, len(self.layout.points))
        rows, columns = card.outputs[self._output][2:]
        self._grid = _grid(card, (columns, rows))

    def read(self, image: NDArray[np.uint8], box: Box) -> PicturePoints:
        """
        Read the points.

        Args:
            image: (H, W, 3) uint8, BGR, upright.
            box: what the network is to see, margin included; it is fitted in whole.

        Raises:
            ModelError: the network gave something else than its card says.
        """
        card, fit = self._card, fit_contain(box, self._card.size_px)
        maps = self._maps(card.tensor(fit.cut(image, black_outside=card.black_outside)))
        peaks = fine_peaks(maps, card.decoding.blur_cells) if card.decoding.fine else coarse_peaks(maps)
        found = peaks.score > 0
        xy_px = np.where(found[:, None], fit.to_picture(self._grid.to_input(peaks.xy)), np.nan)
        return PicturePoints(self.layout, xy_px, np.where(found, peaks.score, 0.0), _cell_px(fit, self._grid), box)

    def _maps(self, tensor: NDArray[np.float32]) -> NDArray[np.floating]:
        maps: NDArray[np.float32] = self._card.ask(self._engine, tensor)[self._output][0]
        if not self._card.decoding.flip:
            return maps
        mirrored = self._card.ask(self._engine, np.ascontiguousarray(tensor[..., ::-1]))[self._output][0]
        shift = flip_shift(self._grid, self._card.size_px[0], maps.shape[2])
        return flip_averaged(maps, mirrored, self.layout.twins, shift)


def _cell_px(fit: Fit, grid: Grid) -> tuple[float, float]:
    return grid.stride_px[0] / fit.scale[0], grid.stride_px[1] / fit.scale[1]


def _grid(card: NetworkCard, cells: tuple[int, int]) -> Grid:
    grid, first_px = centred_grid(card.size_px, cells), card.decoding.first_px
    return grid if first_px is None else Grid(grid.stride_px, (first_px, first_px))


def _output(card: NetworkCard, count: int) -> str:
    """The output that holds the heat maps."""
    if card.decoding.kind != HEAT_MAP:
        raise ModelError(f"{card.name} is a {card.decoding.kind} network, not {HEAT_MAP}; {ADOPT}")
    name = card.decoding.output or (list(card.outputs) or [""])[-1]
    shape = card.outputs.get(name)
    if shape is None or len(shape) != 4 or shape[:2] != (1, count) or min(shape) < 1:
        raise ModelError(
            f"{card.name} gives {name or 'nothing'} as {shape}, but {count} points need (1, {count}, rows, columns); "
            f"{ADOPT}"
        )
    return name
