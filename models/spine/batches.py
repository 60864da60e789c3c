"""Batches for training, made beside the computing."""

import queue
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.random import Generator
from numpy.typing import NDArray

from edge.errors import PictureError
from models.spine.augment import Example, example, known
from models.spine.corrected import SITE, corrected_pictures
from models.spine.losses import Wanted
from models.spine.pictures import Picture, read_shard

AHEAD = 4
"""Batches that wait."""
SHOWN = {"back": 1.0, "real": 3.0, "site": 1.0, "bend": 0.35, "body": 0.3, "loose": 0.6, "other": 0.5}
"""
How often a round shows each picture of a kind; shares of one are drawn anew each time. The station reads angles of
upright backs; the whole body is looked at for the legs alone; of real pictures there are few.
"""


class Library:
    """Every picture of a folder of shards, and what a site corrected; later shards are found by `refresh`."""

    def __init__(self, folder: Path, labels: Path | None = None) -> None:
        """
        Args:
            folder: of the shards.
            labels: folder of a site's corrected pictures; None without.
        """
        self._folder = folder
        self._read: set[Path] = set()
        self.pictures: list[Picture] = [] if labels is None else list(corrected_pictures(labels))
        self.refresh()
        if not self.pictures:
            raise PictureError(f"{folder}: no training pictures, run python -m models.spine render first")

    def refresh(self) -> None:
        """Read what is new."""
        for path in sorted(self._folder.glob("shard-*.npz")):
            if path not in self._read:
                self._read.add(path)
                self.pictures += read_shard(path)


def batch_of(examples: Sequence[Example]) -> tuple[torch.Tensor, Wanted]:
    """Stack examples: (B, 3, 256, 192) float32 RGB 0 to 1, and what it should give."""
    images = torch.from_numpy(np.stack([one.image for one in examples])).permute(0, 3, 1, 2)
    image = images.to(torch.float32).div(255).contiguous(memory_format=torch.channels_last)
    points = np.stack([one.points for one in examples])
    curve = np.stack([one.curve for one in examples])
    here = known(points)
    visible = np.stack([one.visible for one in examples]) & here
    labelled = np.array([[float(np.isfinite(one.outline).all())] for one in examples], np.float32)
    wanted = Wanted(
        points=torch.from_numpy(np.nan_to_num(points)),
        known=torch.from_numpy(here.astype(np.float32)),
        visible=torch.from_numpy(visible.astype(np.float32)),
        labelled=torch.from_numpy(labelled),
        outline=torch.from_numpy(np.nan_to_num(np.stack([one.outline for one in examples]))),
        curve=torch.from_numpy(np.nan_to_num(curve)),
        curved=torch.from_numpy(np.isfinite(curve).all(1, keepdims=True).astype(np.float32)),
        upright=torch.from_numpy(np.array([one.upright for one in examples], np.float32)),
    )
    return image, wanted


def kind_of(picture: Picture) -> str:
    """What a picture is good for: a name in SHOWN."""
    about = picture.about
    if about.get("real"):
        return "site" if about["view"] == SITE else "real"
    if about.get("loose"):
        return "loose"
    if about["crop"] == "body":
        return "body"
    if about["bend_deg"] != 0:
        return "bend"
    return "back" if about["view"] == "back" else "other"


def one_round(pictures: Sequence[Picture], rng: Generator, least: int) -> NDArray[np.intp]:
    """Which pictures a round shows, in its order; where fewer than `least` are drawn, all, again and again."""
    often = np.array([SHOWN[kind_of(picture)] for picture in pictures])
    times = np.floor(often + rng.random(len(pictures))).astype(int)
    chosen = np.repeat(np.arange(len(pictures)), times)
    if len(chosen) < least:
        chosen = np.resize(np.arange(len(pictures)), max(least, len(pictures)))
    return rng.permutation(chosen)


def batches(library: Library, size: int, rng: Generator) -> Iterator[tuple[torch.Tensor, Wanted]]:
    """For ever: one round of the pictures after the other, each in a new order; augmented by a thread of its own."""
    waiting: queue.Queue[tuple[torch.Tensor, Wanted] | BaseException] = queue.Queue(AHEAD)

    def fill() -> None:
        try:
            while True:
                library.refresh()
                order = one_round(library.pictures, rng, size)
                for start in range(0, len(order) - size + 1, size):
                    chosen = [library.pictures[k] for k in order[start : start + size]]
                    waiting.put(batch_of([example(picture, rng) for picture in chosen]))
        except BaseException as error:  # noqa: BLE001 - handed to the one who waits
            waiting.put(error)

    threading.Thread(target=fill, daemon=True).start()
    while True:
        item = waiting.get()
        if isinstance(item, BaseException):
            raise item
        yield item
