"""The person's true outline, packed small."""

import base64
import zlib
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

ENCODING = "packbits+zlib+base64"


class Packed(TypedDict):
    """A mask as text: rows from the top, eight pixels a byte, deflated, base 64."""

    encoding: str
    size_px: list[int]
    data: str


def packed(mask: NDArray[np.bool_]) -> Packed:
    """A (H, W) mask as text."""
    bits = np.packbits(np.ascontiguousarray(mask, bool), axis=1).tobytes()
    height, width = mask.shape
    return {
        "encoding": ENCODING,
        "size_px": [width, height],
        "data": base64.b64encode(zlib.compress(bits, 9)).decode("ascii"),
    }


def unpacked(packed_mask: Packed) -> NDArray[np.bool_]:
    """The (H, W) mask again."""
    width, height = packed_mask["size_px"]
    bits = np.frombuffer(zlib.decompress(base64.b64decode(packed_mask["data"])), np.uint8).reshape(height, -1)
    return np.unpackbits(bits, axis=1, count=width).astype(bool)
