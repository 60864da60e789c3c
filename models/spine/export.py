"""From a trained network to ONNX: normalisation folded into the convolutions, heat maps read out in the graph."""

from collections.abc import Mapping

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from torch import nn

from models.conversion.writer import Writer
from models.spine.layout import COUNT, CURVE, INPUT_PX
from models.spine.network import STRIDE, Convolution, Hourglass, Residual, SpineNetwork
from models.spine.settle import ENDS, VIEWS

OUTPUTS: Mapping[str, tuple[int, ...]] = {
    "points": (1, COUNT, 2),
    "log_sd": (1, COUNT, 2),
    "visible": (1, COUNT),
    "curve": (1, CURVE),
    "mask": (1, 1, INPUT_PX[1] // STRIDE, INPUT_PX[0] // STRIDE),
}
"""Name -> shape; what they mean stands in `edge/pose/spine_answer.py`."""


class Export:
    """
    Writes one network.

        model = Export(network.eval(), wider).model()
    """

    def __init__(self, network: SpineNetwork, wider: NDArray[np.float32]) -> None:
        """
        Args:
            network: trained.
            wider: (74, 2) added to the logarithm of the standard deviations, so that 68 % of the errors of people
                the network has not learnt from lie within them.
        """
        self._network, self._wider, self._writer = network, wider, Writer()
        self.in_float: list[str] = []
        """
        Convolutions that stay in float in INT8: the first, since a picture in 256 steps that are not its own moves head
        tilt by a median of 0.39° instead of 0.31° and no time is won, and the one that gives the maps which are read.
        """

    def model(self) -> onnx.ModelProto:
        """The network from `image` to OUTPUTS."""
        write, network = self._writer, self._network
        write.node("Sub", ["image", write.constant(np.array(0.5, np.float32))], "centred")
        x, smaller = "centred", list[str]()
        for number, part in enumerate(network.stem):
            x = self._convolution(x, part, spared=number == 0)
        for number, (stack, head) in enumerate(zip(network.stacks, network.heads, strict=True)):
            out, *smaller = self._hourglass(x, stack)
            maps = self._plain(out, head, spared=number == len(network.back))
            if number < len(network.back):
                features, read = network.back[number]
                again = self._add(self._convolution(out, features), self._plain(maps, read))
                x = self._clipped(self._add(x, again))
        self._points(maps)
        self._summary(smaller[-1])
        self._curve(smaller[0])
        width, height = INPUT_PX
        return write.model({"image": (1, 3, height, width)}, OUTPUTS)

    def _new(self) -> str:
        return f"t{len(self._writer.nodes)}"

    def _clipped(self, x: str) -> str:
        out, write = self._new(), self._writer
        limits = [write.constant(np.array(edge, np.float32), f"relu6_{edge}") for edge in (0, 6)]
        write.node("Clip", [x, *limits], out)
        return out

    def _add(self, one: str, two: str) -> str:
        out = self._new()
        self._writer.node("Add", [one, two], out)
        return out

    def _convolution(self, x: str, part: nn.Module, *, spared: bool = False) -> str:
        assert isinstance(part, Convolution)
        convolution, norm = part[0], part[1]
        assert isinstance(convolution, nn.Conv2d)
        assert isinstance(norm, nn.BatchNorm2d)
        assert norm.running_var is not None
        assert norm.running_mean is not None
        gain = norm.weight / torch.sqrt(norm.running_var + norm.eps)
        weight, bias = convolution.weight * gain[:, None, None, None], norm.bias - norm.running_mean * gain
        out = self._conv(x, convolution, weight, bias, spared=spared)
        return self._clipped(out) if len(part) > 2 else out

    def _plain(self, x: str, part: nn.Module, *, spared: bool = False) -> str:
        assert isinstance(part, nn.Conv2d)
        assert part.bias is not None
        return self._conv(x, part, part.weight, part.bias, spared=spared)

    def _conv(self, x: str, like: nn.Conv2d, weight: torch.Tensor, bias: torch.Tensor, *, spared: bool = False) -> str:
        out, write = self._new(), self._writer
        side, step, pad = like.kernel_size[0], like.stride[0], like.kernel_size[0] // 2
        inputs = [x, write.constant(_numbers(weight)), write.constant(_numbers(bias))]
        write.node("Conv", inputs, out, kernel_shape=[side] * 2, strides=[step] * 2, pads=[pad] * 4)
        if spared:
            self.in_float.append(write.nodes[-1].name)
        return out

    def _residual(self, x: str, part: nn.Module) -> str:
        assert isinstance(part, Residual)
        return self._clipped(self._add(x, self._convolution(self._convolution(x, part.first), part.second)))

    def _hourglass(self, x: str, part: nn.Module) -> list[str]:
        assert isinstance(part, Hourglass)
        if part.bottom is not None:
            for one in part.bottom:
                x = self._residual(x, one)
            return [x]
        skip = self._residual(x, part.skip)
        smaller = self._hourglass(self._convolution(x, part.down), part.inner)
        up, out, write = self._convolution(smaller[0], part.up), self._new(), self._writer
        scales = write.constant(np.array([1, 1, 2, 2], np.float32), "twice")
        write.node(
            "Resize", [up, "", scales], out,
            mode="nearest", coordinate_transformation_mode="asymmetric", nearest_mode="floor",
        )  # fmt: skip
        return [self._residual(self._clipped(self._add(skip, out)), part.after), *smaller]

    def _points(self, maps: str) -> None:
        """Softmax over each heat map, times where its cells lie."""
        write, (width, height) = self._writer, (side // STRIDE for side in INPUT_PX)
        self._slice(maps, 1, COUNT, COUNT + 1, "mask")
        # The outline's map is read like a point's and left out: to cut it off first would copy all the others.
        write.node("Reshape", [maps, write.constant(np.array([1, COUNT + 1, height * width]))], "flat_maps")
        write.node("Softmax", ["flat_maps"], "likely", axis=2)
        y, x = (np.mgrid[:height, :width] + 0.5) * STRIDE
        cells = np.stack([x.reshape(-1), y.reshape(-1)], 1).astype(np.float32)
        write.node("MatMul", ["likely", write.constant(cells)], "middles")
        self._slice("middles", 1, 0, COUNT, "raw_points")
        self._settle()

    def _settle(self) -> None:
        """Each point moves by what the others say; see `Settle`."""
        write, settle = self._writer, self._network.settle
        flat = write.constant(np.array([1, -1]))
        write.node("Reshape", ["raw_points", flat], "flat_points")
        for name, number in zip(("sacrum", "c7"), ENDS, strict=True):
            self._slice("raw_points", 1, number, number + 1, f"{name}_point")
        write.node("Add", ["sacrum_point", "c7_point"], "twice_the_middle")
        write.node("Mul", ["twice_the_middle", write.constant(np.array(0.5, np.float32))], "middle")
        write.node("Sub", ["raw_points", "middle"], "points_about_middle")
        write.node("Reshape", ["points_about_middle", flat], "about_middle")
        self._affine("flat_points", _numbers(settle.gate), "gate_open")
        limits = [write.constant(np.array(edge, np.float32), f"gate_{edge}") for edge in (0, 1)]
        write.node("Clip", ["gate_open", *limits], "gates")
        for number, share in enumerate((*(f"seen_{view}" for view in VIEWS), "upright")):
            self._slice("gates", 1, number, number + 1, share)
        one = write.constant(np.array(1.0, np.float32))
        for view in ("back", "front"):
            write.node("Sub", [one, f"seen_{view}"], f"not_{view}")
        write.node("Mul", ["not_back", "not_front"], "aside")
        for view in VIEWS:
            self._affine("about_middle", _numbers(getattr(settle, view)), f"moved_{view}")
            write.node("Mul", [f"moved_{view}", f"seen_{view}"], f"moves_{view}")
        write.node("Add", ["moves_left", "moves_right"], "moves_sides")
        write.node("Mul", ["moves_sides", "aside"], "moves_aside")
        write.node("Add", ["moves_back", "moves_front"], "moves_along")
        write.node("Add", ["moves_along", "moves_aside"], "moves")
        write.node("Mul", ["moves", "upright"], "upright_moves")
        write.node("Add", ["flat_points", "upright_moves"], "settled")
        write.node("Reshape", ["settled", write.constant(np.array([1, COUNT, 2]))], "points")

    def _affine(self, x: str, matrix: NDArray[np.float32], out: str) -> None:
        """The matrix's last row counts whatever x is."""
        write, product = self._writer, f"{out}_product"
        write.node("MatMul", [x, write.constant(matrix[:-1])], product)
        write.node("Add", [product, write.constant(matrix[-1:])], out)

    def _summary(self, deepest: str) -> None:
        write, network = self._writer, self._network
        squeezed = self._convolution(deepest, network.squeeze)
        write.node("Reshape", [squeezed, write.constant(np.array([1, -1]))], "flat")
        hidden = self._clipped(self._linear("flat", network.hidden[0]))
        summary = self._linear(hidden, network.summary)
        write.node("Reshape", [summary, write.constant(np.array([1, COUNT, 3]))], "rest")
        self._slice("rest", 2, 0, 2, "raw_log_sd")
        limits = [write.constant(np.array(edge, np.float32), f"log_sd_{edge}") for edge in (-3, 4)]
        write.node("Clip", ["raw_log_sd", *limits], "held_log_sd")
        write.node("Add", ["held_log_sd", write.constant(self._wider[None].astype(np.float32))], "log_sd")
        self._slice("rest", 2, 2, 3, "visible_column")
        write.node("Reshape", ["visible_column", write.constant(np.array([1, COUNT]))], "visible")

    def _curve(self, features: str) -> None:
        """From the features, and from how uneven the points are."""
        write, head = self._writer, self._network.curve
        for part in head.down:
            features = self._convolution(features, part)
        write.node("Reshape", [features, write.constant(np.array([1, -1]))], "flat_features")
        write.node("MatMul", ["flat_points", write.constant(_numbers(head.uneven.T), "uneven")], "uneven_by")
        write.node("Concat", ["flat_features", "uneven_by"], "seen", axis=1)
        hidden = self._clipped(self._linear("seen", head.hidden))
        self._linear(hidden, head.out, "curve")

    def _linear(self, x: str, part: nn.Module, named: str | None = None) -> str:
        assert isinstance(part, nn.Linear)
        out, write = named or self._new(), self._writer
        numbers = [write.constant(_numbers(one)) for one in (part.weight, part.bias)]
        write.node("Gemm", [x, *numbers], out, transB=1)
        return out

    def _slice(self, x: str, axis: int, start: int, end: int, out: str) -> None:
        write = self._writer
        edges = [write.constant(np.array([number])) for number in (start, end, axis)]
        write.node("Slice", [x, *edges], out)


def _numbers(tensor: torch.Tensor) -> NDArray[np.float32]:
    return np.asarray(tensor.detach().to(torch.float32).numpy(), np.float32)
