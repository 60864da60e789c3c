"""A network as it comes, in float32 ONNX."""

from dataclasses import dataclass
from pathlib import Path

import onnx

from edge.errors import ModelError
from models.conversion.convert import convert
from models.recipes import Network, Origin
from models.sources import extract, fetch
from models.tflite.graph import read_graph


@dataclass(frozen=True, slots=True, eq=False)
class FloatNetwork:
    """
    One converted network.

    Attributes:
        network: which.
        model: float32 ONNX, NCHW, only the outputs kept and what leads to them.
        origin: where its TFLite file was taken from.
    """

    network: Network
    model: onnx.ModelProto
    origin: Origin

    @property
    def tflite_sha256(self) -> str:
        """The hash of the TFLite file."""
        return self.origin.sha256


def float_network(network: Network, cache: Path) -> FloatNetwork:
    """
    Take a network out of the first archive that can be had and convert it.

    Raises:
        ModelError: no archive can be had, or what was found is not what was pinned.
    """
    # An archive that already lies in the cache comes before one that has to be downloaded.
    origins = sorted(network.origins, key=lambda origin: not (cache / origin.archive.file).exists())
    reasons = []
    for origin in origins:
        try:
            content = extract(fetch(origin.archive, cache), origin.member, origin.sha256)
        except ModelError as error:
            reasons.append(str(error))
            continue
        return FloatNetwork(network, convert(read_graph(content), network.outputs), origin)
    raise ModelError("; ".join(reasons))
