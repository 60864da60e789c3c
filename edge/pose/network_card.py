"""What a site's own pose network takes and gives, as its `model.toml` says."""

import hashlib
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.engine.artefact import MANIFEST, Artefact
from edge.engine.engine import Engine
from edge.errors import ModelError
from edge.pose.point_layout import PointLayout

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ADOPT = "adopt the network again with python -m models.spine.evaluate.adopt"
HEAT_MAP, SIMCC = "heat_map", "simcc"


@dataclass(frozen=True, slots=True)
class Decoding:
    """
    How the outputs become points.

    Attributes:
        kind: `heat_map` or `simcc`.
        layout: name of the point layout.
        output: the heat maps' output, the last of them when empty; unused by `simcc`.
        split_ratio: steps of a `simcc` output in a pixel of the input.
        first_px: where the centre of the first heat-map cell lies in the input, pixels; None: in the middle of the
            pixels the cell covers.
        fine: read between the steps; else to the step, as the published programs do.
        flip: average heat maps with those of the mirror image.
        blur_cells: how far heat maps are blurred before they are read between cells, cells.
    """

    kind: str
    layout: str
    output: str = ""
    split_ratio: float = 2.0
    first_px: float | None = None
    fine: bool = True
    flip: bool = True
    blur_cells: float = 0.0

    def __post_init__(self) -> None:
        if self.kind not in (HEAT_MAP, SIMCC) or not self.split_ratio > 0 or not self.blur_cells >= 0:
            raise ValueError(f"decoding must be {HEAT_MAP} or {SIMCC} with lengths above 0, got {self}")


@dataclass(frozen=True, slots=True)
class NetworkCard:
    """
    One pose network.

    Attributes:
        name: of the artefact.
        inputs, outputs: name -> shape, NCHW.
        decoding: how the outputs become points.
        low, high: the values black and white become first.
        mean, std: taken away from and divided out of each channel afterwards, in the order of `colour`.
        colour: order of the channels, `RGB` or `BGR`.
        black_outside: what the network sees outside the picture; else the picture's edge goes on.
    """

    name: str
    inputs: Mapping[str, tuple[int, ...]]
    outputs: Mapping[str, tuple[int, ...]]
    decoding: Decoding
    low: float = 0.0
    high: float = 255.0
    mean: tuple[float, ...] = (0.0, 0.0, 0.0)
    std: tuple[float, ...] = (1.0, 1.0, 1.0)
    colour: str = "RGB"
    black_outside: bool = True

    def __post_init__(self) -> None:
        if self.colour not in ("RGB", "BGR") or len(self.mean) != 3 or len(self.std) != 3 or min(self.std) <= 0:
            raise ValueError("preprocessing needs colour RGB or BGR and three values of mean and of std, std above 0")

    @property
    def input_name(self) -> str:
        """The name of the only input."""
        (name,) = self.inputs
        return name

    @property
    def size_px(self) -> tuple[int, int]:
        """Width and height of the input."""
        shape = self.inputs[self.input_name]
        return shape[3], shape[2]

    def tensor(self, crop: NDArray[np.uint8]) -> NDArray[np.float32]:
        """
        Turn a crop into what the network takes.

        Args:
            crop: (height, width, 3) uint8, BGR.

        Returns:
            (1, 3, height, width) float32.
        """
        ordered = cv2.cvtColor(crop, cv2.COLOR_BGR2RGB) if self.colour == "RGB" else crop
        mean, std = np.array(self.mean), np.array(self.std)
        gain, shift = (self.high - self.low) / 255.0 / std, (self.low - mean) / std
        tensor = ordered * gain.astype(np.float32) + shift.astype(np.float32)
        return np.ascontiguousarray(tensor.transpose(2, 0, 1)[None], np.float32)

    def ask(self, engine: Engine, tensor: NDArray[np.float32]) -> dict[str, NDArray[np.float32]]:
        """
        Run the network once and hold its outputs against the card.

        Raises:
            ModelError: an output is missing, has another shape or is not finite.
        """
        outputs = engine.run({self.input_name: tensor})
        for name, shape in self.outputs.items():
            found = outputs.get(name)
            if found is None:
                raise ModelError(f"{self.name} gives no {name}, only {', '.join(outputs) or 'nothing'}; {ADOPT}")
            if found.shape != shape:
                raise ModelError(f"{self.name} gives {name} as {found.shape}, its card says {shape}; {ADOPT}")
            if not np.isfinite(found).all():
                raise ModelError(f"{self.name} gave {name} that is not finite; choose another engine or network")
        return outputs

    def layout_of(self, layouts: Mapping[str, PointLayout]) -> PointLayout:
        """
        The points it gives, held against its input.

        Raises:
            ModelError: its layout is none of these, or its input is no single colour picture.
        """
        shapes = list(self.inputs.values())
        if len(shapes) != 1 or len(shapes[0]) != 4 or shapes[0][:2] != (1, 3) or min(shapes[0]) < 1:
            raise ModelError(f"{self.name} takes {shapes}, not one colour picture (1, 3, height, width); {ADOPT}")
        if self.decoding.layout not in layouts:
            raise ModelError(
                f"{self.name} is said to give {self.decoding.layout!r}; name one of {', '.join(layouts)}, {ADOPT}"
            )
        return layouts[self.decoding.layout]


def read_card(artefact: Artefact) -> NetworkCard:
    """
    Read what the `model.toml` of a checked network says beyond what every network's says.

    Raises:
        ModelError: the file changed since it was checked, or does not describe a pose network.
    """
    path = artefact.path.with_name(f"{artefact.name}.model.toml")
    try:
        content = path.read_bytes()
        listed = json.loads((path.parent / MANIFEST).read_bytes())["sha256"][path.name]
        if hashlib.sha256(content).hexdigest() != listed:
            raise ModelError(f"{path} is not the file the manifest lists; {ADOPT}")
        return card_of(artefact, tomllib.loads(content.decode("utf-8")))
    except OSError as error:
        raise ModelError(f"{path} cannot be read ({error.strerror}); {ADOPT}") from error
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(f"{path} does not describe a pose network ({error}); {ADOPT}") from error


def card_of(artefact: Artefact, text: Mapping[str, Any]) -> NetworkCard:
    """A network and its parsed `model.toml` as one card; raises KeyError, TypeError or ValueError on nonsense."""
    picture, decoding = text["preprocessing"], dict(text["decoding"])
    return NetworkCard(
        name=artefact.name,
        inputs=artefact.inputs,
        outputs=artefact.outputs,
        decoding=Decoding(**decoding),
        low=artefact.low,
        high=artefact.high,
        mean=tuple(float(value) for value in picture.get("mean", (0, 0, 0))),
        std=tuple(float(value) for value in picture.get("std", (1, 1, 1))),
        colour=str(picture.get("colour", "RGB")),
        black_outside=picture.get("border", "zero") == "zero",
    )
