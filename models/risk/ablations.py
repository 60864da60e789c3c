"""
What parts of the network are worth: the LSTM, the scaling, the occlusion encoder's features. Every variant learns from
the same windows in the same number of passes and is asked about the same windows of people nobody trained on.
"""

from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from edge.risk.layout import FEATURES
from models.risk.fit import Prepare, fit, predict, scaled, unscaled
from models.risk.occlusion_features import drawing, shipped
from models.risk.rank import rank_correlation
from models.risk.recurrent import EMBEDDING, HIDDEN, MovementNet, parameters, rnn_width
from models.risk.train import EVERY, Motions, scaling_of, training_windows
from models.risk.windows import A_TAKE, Noises, Windows

TESTED, WINDOWS, EPOCHS, SEEDS = 1_200, 12_000, 14, 3
REPEATS = 500
BASE = "lstm"
Scores = dict[str, Any]


class Variant(NamedTuple):
    """One network: its kind, whether its features are scaled, whether the occlusion encoder's are among them."""

    kind: str = "lstm"
    scaled: bool = True
    occlusion: bool = False

    def network(self, width: int) -> MovementNet:
        """As it starts, for so many features."""
        return MovementNet(self.kind, HIDDEN if self.kind == "lstm" else rnn_width(EMBEDDING, HIDDEN), width)

    def told(self, windows: Windows) -> Windows:
        """The windows with the features it takes."""
        return windows if self.occlusion else replace(windows, features=windows.features[..., :FEATURES])


VARIANTS = {
    BASE: Variant(),
    "lstm_without_scaling": Variant(scaled=False),
    "rnn": Variant("rnn"),
    "lstm_with_occlusion_features": Variant(occlusion=True),
}


class Said(NamedTuple):
    """What one variant's networks, a seed each, say of the windows that test; (seeds, W)."""

    indices: NDArray[np.float32]
    parameters: int
    cpu_s: float


def compare(
    motions: Motions, noises: Noises, epochs: int = EPOCHS, count: int = WINDOWS, tested: int = TESTED
) -> dict[str, Any]:
    """
    By variant: rank correlation and mean distance of index and severity, the mean of some seeds and each, and by how
    much the rank correlation differs from that of the plain LSTM.
    """
    draw = drawing(shipped(), EVERY)
    # Thinned by the draw already.
    windows = training_windows(motions, noises, count, 1, 1, draw)
    test = draw([(motion, None) for motion in motions.tune], tested, noises, np.random.default_rng(3))
    said = {name: tried(variant, windows, test, epochs) for name, variant in VARIANTS.items()}
    asked = {"training_windows": count, "test_windows": tested, "passes": epochs, "seeds": SEEDS}
    meant = test.labels[:, 0]
    return asked | {
        name: scores(one, meant) | ({} if name == BASE else difference(one.indices, said[BASE].indices, meant))
        for name, one in said.items()
    }


def tried(variant: Variant, windows: Windows, test: Windows, epochs: int, seeds: int = SEEDS) -> Said:
    """Train a variant from several starts, each with the windows in an order of its own, and ask every network."""
    windows, test = variant.told(windows), variant.told(test)
    prepare = scaled(scaling_of(windows)) if variant.scaled else unscaled
    answers, spent_s, learned = [], 0.0, 0
    for seed in range(seeds):
        order = np.random.default_rng(seed).permutation(len(windows.labels))
        network, took_s = _fitted(variant, windows.part(order), prepare, epochs, seed)
        answers.append(predict(network, prepare(test.features))[:, 0])
        spent_s, learned = spent_s + took_s, parameters(network)
    return Said(np.stack(answers), learned, spent_s)


def _fitted(variant: Variant, windows: Windows, prepare: Prepare, epochs: int, seed: int) -> tuple[MovementNet, float]:
    """One network after all passes, and the seconds of processor they took."""
    torch.manual_seed(seed)
    network = variant.network(windows.features.shape[2])
    if variant.scaled:
        network.centred_on(torch.from_numpy(prepare(windows.features[::4])))
    if variant.kind == "lstm":
        network.slower(1.0 / EVERY)
    return network, fit(network, windows, prepare, epochs)


def scores(said: Said, meant: NDArray[np.float32]) -> Scores:
    """How well the indices of one variant follow the severity."""
    ranks = [rank_correlation(indices, meant) for indices in said.indices]
    distances = [float(np.abs(indices - meant).mean()) for indices in said.indices]
    return {
        "rank_correlation": _mean_and_each(ranks),
        "mean_distance": _mean_and_each(distances),
        "parameters": said.parameters,
        "cpu_s": round(said.cpu_s, 1),
    }


def difference(
    ours: NDArray[np.float32], theirs: NDArray[np.float32], meant: NDArray[np.float32]
) -> dict[str, dict[str, float]]:
    """
    By how much our mean rank correlation is higher, with the bounds of its 95 % interval (bootstrap over takes).

    Args:
        ours, theirs: (seeds, W) indices.
        meant: (W,) severity; the windows of a take follow each other.
    """
    rng = np.random.default_rng(0)
    starts = A_TAKE * rng.integers(len(meant) // A_TAKE, size=(REPEATS, len(meant) // A_TAKE, 1))
    drawn = [_higher(ours[:, rows], theirs[:, rows], meant[rows]) for rows in _rows(starts)]
    low, high = np.percentile(drawn, [2.5, 97.5])
    names, values = ("value", "low", "high"), (_higher(ours, theirs, meant), low, high)
    return {"above_lstm": {name: round(float(value), 4) for name, value in zip(names, values, strict=True)}}


def _rows(starts: NDArray[np.int64]) -> NDArray[np.int64]:
    """(n, W) all windows of the takes that begin at rows (n, W / 2, 1)."""
    return (starts + np.arange(A_TAKE)).reshape(len(starts), -1)


def _higher(ours: NDArray[np.float32], theirs: NDArray[np.float32], meant: NDArray[np.float32]) -> float:
    means = [np.mean([rank_correlation(indices, meant) for indices in group]) for group in (ours, theirs)]
    return float(means[0] - means[1])


def _mean_and_each(values: list[float]) -> dict[str, Any]:
    return {"mean": round(float(np.mean(values)), 4), "each": [round(value, 4) for value in values]}
