"""The trained network as ONNX: matrix products, sums, layer norms and softmax, nothing that depends on the input."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray

from edge.occlusion.window import BODY, INPUTS, OUTPUTS, SAMPLES
from edge.pose.landmarks import COUNT
from models.conversion.writer import Writer
from models.occlusion.camera import MIRRORED

Weights = Mapping[str, NDArray[np.float32]]
PARTS, CANDIDATES, SEEN_AT = len(BODY), 4, 12
WAYS = 2
"""The window as it is, and in a mirror."""
SIGNS: Mapping[str, tuple[float, ...]] = {
    "tokens": (-1.0, 1.0, -1.0, 1.0, 1.0, 1.0, 1.0, 1.0),
    "poses": (-1.0, 1.0, 1.0),
    "pose_frames": (1.0, -1.0, 1.0, 1.0),
}
"""What a mirror does to the last axis of an input."""
LANDMARKS = {"tokens": 2, "held_from": 1, "poses": 2}
"""Which axis of an input holds the landmarks, whose left and right change places."""


def build_graph(weights: Weights, heads: int, parent: NDArray[np.int64]) -> onnx.ModelProto:
    """
    Write the graph that answers for the newest sample of one window.

    It looks at the window and at its mirror image and gives the mean of both: a mirrored person is told the mirrored
    answer, always, and errors that do not agree cancel out.

    Args:
        weights: the state of `network.Network`, name -> values.
        heads: of its attention.
        parent: (33,) which of the 13 tokens each landmark hangs on.
    """
    return _Graph(weights, heads, parent).model()


class _Graph:
    def __init__(self, weights: Weights, heads: int, parent: NDArray[np.int64]) -> None:
        self._weights, self._heads, self._parent = weights, heads, parent
        self._writer = Writer()
        self._width = weights["part"].shape[-1]
        self._layers = 1 + max(int(name.split(".")[1]) for name in weights if name.startswith("blocks."))

    def model(self) -> onnx.ModelProto:
        for name in INPUTS:
            self._both_ways(name)
        fill = self._slice("tokens_both", 3, 0, 2)
        away, kept = self._completions(fill)
        seen_at = self._do("Concat", "tokens_both", away, kept, axis=3)
        x = self._tokens(seen_at)
        for layer in range(self._layers - 1):
            x = self._block(x, layer, newest=False)
        pool = np.full((1, SAMPLES * PARTS), 1.0 / (SAMPLES * PARTS), np.float32)
        mean = self._do("MatMul", self._constant(pool[None]), x)
        self._do("ReduceMean", self._reshape(mean, WAYS, self._width), axes=[0], keepdims=1, output="features")
        x = self._norm(self._block(x, self._layers - 1, newest=True), "norm")
        self._decoder(x, seen_at, self._newest(fill), self._newest(away), self._newest(kept))
        return self._writer.model(INPUTS, OUTPUTS)

    def _both_ways(self, name: str) -> None:
        """An input beside its mirror image, as a batch of two, under its name with `_both`."""
        other = name
        if name in LANDMARKS:
            other = self._do("Gather", other, self._constant(MIRRORED), axis=LANDMARKS[name])
        if name in SIGNS:
            other = self._do("Mul", other, self._constant(np.array(SIGNS[name], np.float32)))
        self._do("Concat", name, other, axis=0, output=f"{name}_both")

    def _mean_of_ways(self, values: str, output: str, sign: tuple[float, ...]) -> None:
        """(2, 33, n) -> (1, 33, n): the mean of both, the other one mirrored back."""
        other = self._do("Gather", self._slice(values, 0, 1, 2), self._constant(MIRRORED), axis=1)
        other = self._do("Mul", other, self._constant(0.5 * np.array(sign, np.float32)))
        half = self._do("Mul", self._slice(values, 0, 0, 1), self._constant(np.array([0.5], np.float32)))
        total = self._do("Add", half, other, output=output if len(sign) > 1 else None)
        if len(sign) == 1:
            self._writer.node("Reshape", [total, self._constant(np.array([1, COUNT], np.int64))], output)

    def _completions(self, fill: str) -> tuple[str, str]:
        """Where the completion puts every landmark, and where it would with the residual of its last sight."""
        flat = self._reshape("poses_both", WAYS * SAMPLES, 3 * COUNT)
        bent = self._relu(self._linear(self._relu(self._linear(flat, "completion.first")), "completion.second"))
        both = self._do("Add", self._linear(flat, "completion.straight"), self._linear(bent, "completion.last"))
        frames = self._reshape("pose_frames_both", WAYS, SAMPLES, 1, 4)
        placed = self._do("Mul", self._reshape(both, WAYS, SAMPLES, COUNT, 2), self._slice(frames, 3, 0, 1))
        placed = self._do("Add", placed, self._slice(frames, 3, 1, 3))
        away = self._do("Mul", self._do("Sub", placed, fill), self._slice(frames, 3, 3, 4))
        by_landmark = self._do("Transpose", away, perm=[0, 2, 1, 3])
        was_off = self._do("MatMul", "held_from_both", by_landmark)
        kept = self._do("Sub", by_landmark, was_off)
        return away, self._do("Transpose", kept, perm=[0, 2, 1, 3])

    def _tokens(self, seen_at: str) -> str:
        """(2, 208, width)."""
        code = self._relu(self._linear(self._reshape(seen_at, WAYS * SAMPLES, COUNT * SEEN_AT), "code"))
        spread = self._reshape(self._linear(code, "spread"), WAYS, SAMPLES, PARTS, self._width)
        body = self._constant(np.array(BODY, np.int64))
        own = self._linear(self._do("Gather", seen_at, body, axis=2), "own")
        hidden = self._slice(self._do("Gather", "tokens_both", body, axis=2), 3, 4, 5)
        masked = self._do("Mul", hidden, self._constant(self._weights["mask"].reshape(1, 1, 1, -1)))
        place = self._constant(self._weights["part"] + self._weights["time"])
        x = self._do("Add", self._do("Add", own, spread), self._do("Add", place, masked))
        return self._reshape(x, WAYS, SAMPLES * PARTS, self._width)

    def _block(self, x: str, layer: int, *, newest: bool) -> str:
        name = f"blocks.{layer}"
        normed = self._norm(x, f"{name}.norm1")
        asking, rest, count = normed, x, SAMPLES * PARTS
        if newest:
            asking, rest, count = (self._slice(y, 1, count - PARTS, count) for y in (normed, x, x))  # type: ignore[assignment]
            count = PARTS
        depth = self._width // self._heads
        query = self._split(self._linear(asking, f"{name}.query", scale=depth**-0.5), count, [0, 2, 1, 3])
        key = self._split(self._linear(normed, f"{name}.key"), SAMPLES * PARTS, [0, 2, 3, 1])
        value = self._split(self._linear(normed, f"{name}.value"), SAMPLES * PARTS, [0, 2, 1, 3])
        share = self._do("Softmax", self._do("MatMul", query, key), axis=-1)
        mixed = self._do("Transpose", self._do("MatMul", share, value), perm=[0, 2, 1, 3])
        x = self._do("Add", rest, self._linear(self._reshape(mixed, WAYS, count, self._width), f"{name}.out"))
        wide = self._relu(self._linear(self._norm(x, f"{name}.norm2"), f"{name}.up"))
        return self._do("Add", x, self._linear(wide, f"{name}.down"))

    def _decoder(self, x: str, seen_at: str, fill: str, away: str, kept: str) -> None:
        """What is said of the newest sample's landmarks."""
        parts = self._linear(x, "decode")
        mine = self._do("Gather", parts, self._constant(self._parent), axis=1)
        here = self._linear(self._reshape(self._newest(seen_at), WAYS, COUNT, SEEN_AT), "here")
        hidden = self._do("Add", self._do("Add", mine, here), self._constant(self._weights["landmark"][None]))
        raw = self._linear(self._relu(hidden), "head")
        weights = self._do("Softmax", self._slice(raw, 2, 0, CANDIDATES), axis=-1)
        glide = self._reshape(self._slice(self._newest("tokens_both"), 3, 2, 4), WAYS, COUNT, 2)
        moves = [glide, *(self._reshape(y, WAYS, COUNT, 2) for y in (away, kept))]
        position = self._do("Add", self._reshape(fill, WAYS, COUNT, 2), self._slice(raw, 2, CANDIDATES, CANDIDATES + 2))
        for place, move in enumerate(moves, start=1):
            share = self._slice(weights, 2, place, place + 1)
            position = self._do("Add", position, self._do("Mul", share, move))
        self._mean_of_ways(position, "position", (-1.0, 1.0))
        table = self._weights["calibration"]
        held = self._slice("held_from_both", 2, SAMPLES - 1, SAMPLES)
        by_sight = self._do("MatMul", held, self._constant((table[:-1] - table[-1]).reshape(SAMPLES, 1)))
        doubt = self._do("Add", self._slice(raw, 2, CANDIDATES + 2, CANDIDATES + 3), self._constant(table[-1:]))
        doubt = self._do("Add", doubt, self._reshape(by_sight, WAYS, COUNT, 1))
        self._mean_of_ways(doubt, "log_sd", (1.0,))

    # ---- small things

    def _newest(self, name: str) -> str:
        return self._slice(name, 1, SAMPLES - 1, SAMPLES)

    def _linear(self, x: str, name: str, scale: float = 1.0) -> str:
        weight = self._constant(scale * self._weights[f"{name}.weight"].T, f"{name}.weight")
        bias = self._constant(scale * self._weights[f"{name}.bias"], f"{name}.bias")
        return self._do("Add", self._do("MatMul", x, weight), bias)

    def _norm(self, x: str, name: str) -> str:
        parts = (self._constant(self._weights[f"{name}.{part}"], f"{name}.{part}") for part in ("weight", "bias"))
        return self._do("LayerNormalization", x, *parts, axis=-1, epsilon=1e-5)

    def _split(self, x: str, count: int, order: list[int]) -> str:
        return self._do("Transpose", self._reshape(x, WAYS, count, self._heads, self._width // self._heads), perm=order)

    def _relu(self, x: str) -> str:
        return self._do("Relu", x)

    def _reshape(self, x: str, *shape: int) -> str:
        return self._do("Reshape", x, self._constant(np.array(shape, np.int64)))

    def _slice(self, x: str, axis: int, start: int, stop: int) -> str:
        limits = (self._constant(np.array([value], np.int64)) for value in (start, stop, axis))
        return self._do("Slice", x, *limits)

    def _constant(self, values: NDArray[Any], name: str | None = None) -> str:
        return self._writer.constant(values.astype(np.float32) if values.dtype.kind == "f" else values, name)

    def _do(self, kind: str, *inputs: str, output: str | None = None, **attributes: object) -> str:
        output = output or f"x{len(self._writer.nodes)}"
        self._writer.node(kind, inputs, output, **attributes)
        return output
