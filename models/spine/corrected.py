"""A site's corrected pictures as training pictures; they stay in memory, nothing of them is written anywhere."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from models.people.whole_file import encoded
from models.spine.label.corrections import Sample, samples
from models.spine.pictures import JPEG_QUALITY, SIZE_PX, Picture

SITE = "site"
"""What stands for the view of such a picture."""
SHOWN = 4
"""A picture somebody corrected is shown so many times as often as a rendered one."""


def corrected_pictures(folder: Path) -> Iterator[Picture]:
    """
    Every corrected picture of a folder, several times.

    Raises:
        ConfigError: there is no such folder.
        PictureError: a picture is damaged.
    """
    for sample in samples(folder, SIZE_PX):
        picture = _picture(sample)
        for _ in range(SHOWN):
            yield picture


def _picture(sample: Sample) -> Picture:
    # Nobody drew an outline, and nobody knows the curve or whether the person stands straight.
    about = {"seed": -1, "crop": "torso", "view": SITE, "bend_deg": 1.0, "strata": {}, "real": True}
    width, height = SIZE_PX
    return Picture(
        jpeg=np.frombuffer(encoded(np.ascontiguousarray(sample.image[..., ::-1]), ".jpg", JPEG_QUALITY), np.uint8),
        points=np.where(sample.known[:, None], sample.points, np.float32(np.nan)),
        visible=sample.known & (sample.visible | ~sample.said),
        mask=np.packbits(np.ones((height, width), np.bool_)),
        curve_deg=float("nan"),
        about=about,
    )
