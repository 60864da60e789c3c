"""
The same INT8 network with unsigned activations, as ONNX Runtime wants it on a PC.

The artefact's activations are signed, because TensorRT takes nothing else. ONNX Runtime on x86 fuses only unsigned
ones; run as it stands, the file is 2.3 times slower than the float network. So the zero points (and, where a ReLU
makes the signed half useless, the scales) are rewritten in memory: same-sized values, no byte moves, and no ONNX
package is needed. Every scale stays the network's own, or a finer one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from struct import pack_into, unpack_from

from edge.engine.wire import LENGTH_DELIMITED, VARINT, Field, fields
from edge.errors import ModelError

GRAPH, NODES, CONSTANTS = 7, 1, 5
NODE_INPUT, NODE_OUTPUT, NODE_KIND = 1, 2, 4
TENSOR_DTYPE, TENSOR_NAME, TENSOR_BYTES = 2, 8, 9
UINT8, INT8 = 2, 3
MIDDLE = 128
SIGNED_LEVELS, UNSIGNED_LEVELS = 127.0, 255.0
NEVER_NEGATIVE = ("Clip", "Relu")
KEEPS_SIGN = ("MaxPool", "Resize")


@dataclass(frozen=True, slots=True)
class _Node:
    kind: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Constant:
    """Where a constant's type and its raw bytes lie in the file."""

    dtype: Field
    values: Field


def unsigned_view(content: bytes) -> bytes:
    """
    Give the network with unsigned INT8 activations; bytes without QuantizeLinear come back as they are.

    Args:
        content: an ONNX file with explicit INT8 nodes, symmetric, one scale an activation.

    Raises:
        ModelError: the bytes are not such a file.
    """
    graphs = [field for field in fields(content, 0, len(content)) if field.number == GRAPH]
    if len(graphs) != 1:
        raise ModelError("the network's file holds no graph; run python -m models.build")
    nodes = list(_nodes(content, graphs[0]))
    constants = dict(_constants(content, graphs[0]))
    producers = {name: node for node in nodes for name in node.outputs}
    patched = bytearray(content)
    for node in nodes:
        if node.kind == "QuantizeLinear":
            _patch(patched, node, constants, positive=_never_negative(node.inputs[0], producers))
    return bytes(patched)


def _patch(content: bytearray, node: _Node, constants: dict[str, _Constant], *, positive: bool) -> None:
    try:
        scale, zero = (constants[name] for name in node.inputs[1:3])
    except (KeyError, ValueError) as error:
        raise ModelError(
            f"{node.outputs[0]} has no constant scale and zero point; run python -m models.build"
        ) from error
    if zero.dtype.value != INT8 or zero.values.size != 1 or content[zero.values.start] != 0 or scale.values.size != 4:
        raise ModelError(f"{node.outputs[0]} is not symmetric int8 with one scale; run python -m models.build")
    content[zero.dtype.start] = UINT8
    content[zero.values.start] = 0 if positive else MIDDLE
    if positive:
        (value,) = unpack_from("<f", content, scale.values.start)
        pack_into("<f", content, scale.values.start, value * (SIGNED_LEVELS / UNSIGNED_LEVELS))


def _never_negative(tensor: str, producers: dict[str, _Node]) -> bool:
    """True when the tensor comes out of a ReLU, through layers that keep the sign at most."""
    while tensor in producers:
        node = producers[tensor]
        if node.kind in NEVER_NEGATIVE:
            return True
        if node.kind not in KEEPS_SIGN and node.kind not in ("QuantizeLinear", "DequantizeLinear"):
            return False
        tensor = node.inputs[0]
    return False


def _nodes(content: bytes, graph: Field) -> Iterator[_Node]:
    for field in fields(content, graph.start, graph.end):
        if field.number == NODES:
            parts = list(fields(content, field.start, field.end))
            kinds = _texts(content, parts, NODE_KIND)
            yield _Node("".join(kinds), _texts(content, parts, NODE_INPUT), _texts(content, parts, NODE_OUTPUT))


def _constants(content: bytes, graph: Field) -> Iterator[tuple[str, _Constant]]:
    for field in fields(content, graph.start, graph.end):
        if field.number != CONSTANTS:
            continue
        parts = list(fields(content, field.start, field.end))
        names = _texts(content, parts, TENSOR_NAME)
        dtypes = [part for part in parts if part.number == TENSOR_DTYPE and part.kind == VARINT]
        values = [part for part in parts if part.number == TENSOR_BYTES and part.kind == LENGTH_DELIMITED]
        if len(names) == len(dtypes) == len(values) == 1:
            yield names[0], _Constant(dtypes[0], values[0])


def _texts(content: bytes, parts: Sequence[Field], number: int) -> tuple[str, ...]:
    chosen = [part for part in parts if part.number == number and part.kind == LENGTH_DELIMITED]
    return tuple(content[part.start : part.end].decode("utf-8", "replace") for part in chosen)
