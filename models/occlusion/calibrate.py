"""After training: so that 68 of 100 coordinates lie within the stated standard deviation. Only export imports this."""

import numpy as np
import torch
from numpy.random import Generator

from edge.occlusion.window import SAMPLES
from models.occlusion.batches import batch
from models.occlusion.clips import Clips
from models.occlusion.network import Network

COVERED = 0.6827
FEWEST = 200


def calibrate(network: Network, sources: dict[str, tuple[Clips, float]], count: int, rng: Generator) -> list[float]:
    """
    Set the network's table, by the sample a landmark was last seen in; the factors, oldest first, never seen last.

    Args:
        network: trained; its table changes.
        sources: to draw windows from.
        count: of windows.
        rng: the dice.
    """
    drawn = batch(sources, count, 1, rng)
    inputs = {name: torch.from_numpy(value) for name, value in drawn.encoded.inputs.items()}
    with torch.no_grad():
        network.calibration.zero_()
        answer = network(inputs, 1)
    off = np.abs(answer.position[:, 0].numpy() - drawn.target[:, -1])
    ratio = np.log(np.maximum(off, 1e-6)) - answer.log_sd[:, 0].numpy()[..., None]
    hidden = drawn.weight[:, -1] > 0
    held = drawn.encoded.inputs["held_from"][:, :, -1]
    last = np.where(held.any(axis=-1), held.argmax(axis=-1), SAMPLES)
    overall = float(np.quantile(ratio[hidden], COVERED))
    table = np.full(SAMPLES + 1, overall, np.float32)
    for sample in range(SAMPLES + 1):
        chosen = hidden & (last == sample)
        if chosen.sum() * 2 >= FEWEST:
            table[sample] = np.quantile(ratio[chosen], COVERED)
    with torch.no_grad():
        network.calibration.copy_(torch.from_numpy(table))
    return np.exp(table).tolist()
