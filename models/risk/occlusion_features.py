"""What the encoder of the occlusion network makes of the second up to each sample: more features, for an ablation."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from edge.occlusion.window import FEATURES, SAMPLES, STEP_S, Window, encode, resample
from edge.pose.landmarks import MIN_SCORE
from edge.risk.window import RATE_HZ
from edge.risk.window import SAMPLES as WINDOW
from models.occlusion.answers import Runner
from models.risk.motion import Array
from models.risk.take import Take, resampled, samples_in
from models.risk.windows import Cut, Draw, Faulty, Noises, Windows, draw_cuts, windows_of

SHIPPED = Path(__file__).parents[1] / "occlusion" / "occlusion.float.onnx"
REACH = round((SAMPLES - 1) * STEP_S * RATE_HZ)
"""How many samples of the station's grid the occlusion network looks back."""
Run = Callable[[dict[str, NDArray[np.float32]]], Mapping[str, NDArray[np.float32]]]
"""Inputs of one window of `edge.occlusion.window` -> its outputs."""


def shipped() -> Run:
    """The occlusion network that ships, as it comes from its file."""
    return Runner(SHIPPED.read_bytes(), int8=False).run


def pooled(take: Take, samples: NDArray[np.integer], run: Run) -> Array:
    """
    Features of the occlusion network's encoder, each of the second of a take that ends with a sample.

    Args:
        take: what was read of a movement.
        samples: (n,) places on the station's grid, 0 the take's first; before that nothing was seen.
        run: the occlusion network.

    Returns:
        (n, 64) float64, no unit; NaN where the network would not be asked, since too little was seen.
    """
    _, plane, score = resampled(take, samples_in(take))
    seconds = [_second(plane, score, int(last)) for last in samples]
    parts = ([getattr(second, part) for second in seconds] for part in ("xy_px", "score", "seen"))
    encoded = encode(Window(*(np.concatenate(part) for part in parts)))
    features = np.full((len(samples), FEATURES), np.nan)
    for row in np.flatnonzero(encoded.usable):
        features[row] = run({name: values[row : row + 1] for name, values in encoded.inputs.items()})["features"][0]
    return features


def drawing(run: Run, every: int) -> Draw:
    """
    As `draw_windows`, already thinned, with the encoder's features after those of the station.

    Args:
        run: the occlusion network.
        every: only so many samples apart are kept.
    """

    def draw(motions: Sequence[Faulty], count: int, noises: Noises, rng: np.random.Generator) -> Windows:
        cuts = draw_cuts(motions, count, noises, rng)
        windows = windows_of(cuts).thinned(every)
        more = np.concatenate([_of_cut(cut, every, run) for cut in cuts])
        return replace(windows, features=np.concatenate([windows.features, more], axis=-1))

    return draw


def _second(plane_px: Array, score: Array, last: int) -> Window:
    """What the occlusion network is told after a sample: a joint whose score is low is not seen."""
    rows = slice(max(0, last - REACH), last + 1)
    times_s = np.arange(rows.start, rows.stop) / RATE_HZ
    return resample(times_s, plane_px[rows], score[rows], score[rows] >= MIN_SCORE)


def _of_cut(cut: Cut, every: int, run: Run) -> NDArray[np.float16]:
    """(2, S, 64) of the windows of one take; a sample that lies in both is read once."""
    kept = cut.begun[:, None] + np.arange((WINDOW - 1) % every, WINDOW, every)
    samples, place = np.unique(kept, return_inverse=True)
    return pooled(cut.takes[0], samples, run)[place.reshape(kept.shape)].astype(np.float16)
