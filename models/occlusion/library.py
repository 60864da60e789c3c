"""Everything the network may be trained on, made or read once and kept in a working folder."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from edge.errors import ConfigError
from models.occlusion.clips import Clips, of_space
from models.occlusion.people_motion import people_clips
from models.occlusion.puppet import puppet_clips
from models.occlusion.recordings import MAY_TRAIN, read

SHARES: Mapping[str, float] = {"cmu": 0.12, "stoop": 0.03, "people": 0.12, "puppet": 0.73}
"""Of a training batch."""
COUNTS = {"people": 40, "puppet": 6000}
SYNTHETIC: Mapping[str, Callable[[int, int], Iterator[Clips]]] = {"people": people_clips, "puppet": puppet_clips}
HELD_OUT_EVERY = 4
"""Every fourth sequence of CMU is never trained on."""


def held_out(clips: Clips) -> NDArray[np.bool_]:
    """Which clips of a set are kept for the bench: whole sequences."""
    return np.arange(len(clips.lengths)) % HELD_OUT_EVERY == 1


def training_sources(
    data: Path, work: Path, without: str | None, progress: Callable[[str], None]
) -> dict[str, tuple[Clips, float]]:
    """
    Name -> clips and share of a batch, of all that may train what ships.

    Args:
        data: folder of the recordings.
        work: where made motion is kept.
        without: a source to leave out.
        progress: told what is being made.

    Raises:
        ConfigError: the folder holds none of the recordings.
    """
    found: dict[str, Clips] = {}
    for name in MAY_TRAIN:
        clips = read(name, data)
        if clips is None:
            raise ConfigError(f"{data} does not hold {name}; --data names the folder of the recordings")
        found[name] = clips.part(np.flatnonzero(~held_out(clips))) if name == "cmu" else clips
    for name in SYNTHETIC:
        found[name] = synthetic(name, work, progress)
    return {name: (clips, SHARES[name]) for name, clips in found.items() if name != without}


def synthetic(name: str, work: Path, progress: Callable[[str], None]) -> Clips:
    """Our own motion, from the working folder or made now."""
    path = work / f"{name}_{COUNTS[name]}.npz"
    if path.exists():
        with np.load(path, allow_pickle=False) as file:
            return of_space(name, file["xyz"], file["lengths"].tolist(), float(file["fps"]), file["labels"].tolist())
    parts: list[Clips] = []
    for clip in SYNTHETIC[name](COUNTS[name], 1):
        parts.append(clip)
        progress(f"{name}: {len(parts)} of {COUNTS[name]} clips")
    whole = np.concatenate([clip.xyz for clip in parts]).astype(np.float16)
    lengths = [int(clip.lengths[0]) for clip in parts]
    labels = [str(clip.labels[0]) for clip in parts]
    work.mkdir(parents=True, exist_ok=True)
    np.savez(path, xyz=whole, lengths=lengths, fps=parts[0].fps, labels=labels)
    return of_space(name, whole.astype(np.float32), lengths, parts[0].fps, labels)


def quick_sources(data: Path) -> dict[str, tuple[Clips, float]]:
    """The same sources with less of our own motion, made on the spot, for baselines; none without the data."""
    found = {name: read(name, data) for name in MAY_TRAIN}
    if any(clips is None for clips in found.values()):
        return {}
    kept = {name: clips for name, clips in found.items() if clips is not None}
    kept["cmu"] = kept["cmu"].part(np.flatnonzero(~held_out(kept["cmu"])))
    kept["people"] = joined(list(people_clips(4, 1)))
    kept["puppet"] = joined(list(puppet_clips(300, 1)))
    return {name: (clips, SHARES[name]) for name, clips in kept.items()}


def joined(parts: list[Clips]) -> Clips:
    """Clips of one source as one."""
    xyz = np.concatenate([clip.xyz for clip in parts])
    lengths = [int(length) for clip in parts for length in clip.lengths]
    return of_space(parts[0].name, xyz, lengths, parts[0].fps, [str(one) for clip in parts for one in clip.labels])
