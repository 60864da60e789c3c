"""What parts of the network are worth: the LSTM, the scaling. Same windows, same passes, same number of parameters."""

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from models.risk.fit import fit, predict, scaled, unscaled
from models.risk.rank import rank_correlation
from models.risk.recurrent import EMBEDDING, HIDDEN, MovementNet, parameters, rnn_width
from models.risk.train import EVERY, Motions, Noises, scaling_of, training_windows
from models.risk.windows import Windows, draw_windows

TESTED, WINDOWS, EPOCHS = 1_200, 16_000, 14
WITH_OCCLUSION = "not run: the occlusion encoder is not part of this version"


def compare(motions: Motions, noises: Noises, epochs: int = EPOCHS, count: int = WINDOWS) -> dict[str, Any]:
    """Rank correlation and mean distance of severity on windows of people nobody trained on, by variant."""
    windows = training_windows(motions, noises, count, 1, EVERY)
    scaling = scaling_of(windows)
    test = draw_windows([(motion, None) for motion in motions.tune], TESTED, noises, np.random.default_rng(3)).thinned(
        EVERY
    )
    variants = {"lstm": ("lstm", HIDDEN, scaled(scaling)), "lstm_without_scaling": ("lstm", HIDDEN, unscaled)}
    variants["rnn"] = ("rnn", rnn_width(EMBEDDING, HIDDEN), scaled(scaling))
    found: dict[str, Any] = {"with_occlusion_features": WITH_OCCLUSION}
    for name, (kind, hidden, prepare) in variants.items():
        torch.manual_seed(0)
        network = MovementNet(kind, hidden)
        if prepare is not unscaled:
            network.centred_on(torch.from_numpy(prepare(windows.features[::4])))
        spent_s = fit(network.slower(1.0 / EVERY) if kind == "lstm" else network, windows, prepare, epochs)
        said = predict(network, prepare(test.features))[:, 0]
        found[name] = scores(said, test) | {"parameters": parameters(network), "cpu_s": round(spent_s, 1)}
    return found


def scores(said: NDArray[np.float32], test: Windows) -> dict[str, float]:
    """How well an index follows the severity."""
    meant = test.labels[:, 0]
    return {
        "rank_correlation": round(rank_correlation(said, meant), 4),
        "mean_distance": round(float(np.abs(said - meant).mean()), 4),
    }
