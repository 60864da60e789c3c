"""Training what ships, on motion whose faults are known, and on a clinic's own ratings."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from edge.risk.network import Constants
from edge.risk.scaling import Scaling, fit_scaling
from models.risk.calibrate import BINS, calibrated, straightened, uncertainties
from models.risk.card import Trained, load, write
from models.risk.faults import Faults
from models.risk.fit import fit, predict, scaled
from models.risk.graph import step_network
from models.risk.motion import Motion
from models.risk.people import UNSEEN_CMU, seen_cmu
from models.risk.pose_noise import TaskNoise
from models.risk.ratings import Rated
from models.risk.recurrent import MovementNet
from models.risk.windows import Windows, draw_windows, joined, weighted

WINDOWS, DRAWN, TUNED, RATED_EPOCHS = 60_000, 4_000, 600, 12
EARLY_EPOCHS, EVERY, WHOLE_EPOCHS, WHOLE_WINDOWS, RATE_AT_LAST = 14, 5, 3, 16_000, 2e-3
"""First passes read every fifth sample only: most is learned there, at a fifth of the time."""
SOME = 12
"""Every so many windows say where the embedding begins."""
ROTATION = 2
"""Its place among the labels."""
Faulty = tuple[Motion, Faults | None]
Noises = dict[str, TaskNoise]


class Straight(NamedTuple):
    """How the part for rotation was brought to its label."""

    slope: float
    offset: float

    @property
    def said(self) -> str:
        """One line for the card."""
        return f"rotation part x {self.slope:.2f} {self.offset:+.2f}: half of the walkers it was tuned on turn less"


@dataclass(frozen=True, slots=True, eq=False)
class Motions:
    """
    What is learned from and tuned on.

    Attributes:
        synthetic: of the people who train, without faults.
        native: with the faults of their posture.
        cmu, stoop: recorded; empty without the data.
        tune: of people nobody trains on, without faults.
        turning: walks of those people, as they are and with less turning built in.
    """

    synthetic: Sequence[Motion]
    native: Sequence[Faulty]
    cmu: Sequence[Motion]
    stoop: Sequence[Motion]
    tune: Sequence[Motion]
    turning: Sequence[Faulty]

    def for_training(self) -> list[Faulty]:
        """All that trains, each source about as often as it is worth."""
        groups: list[tuple[Sequence[Faulty], float]] = [
            ([(motion, None) for motion in self.synthetic], 0.56),
            (list(self.native), 0.22),
            ([(motion, None) for motion in seen_cmu(self.cmu)], 0.18),
            ([(motion, None) for motion in self.stoop], 0.04),
        ]
        return weighted([(group, weight) for group, weight in groups if group])

    def described(self) -> list[str]:
        """One line a source, for the card."""
        return [
            f"synthetic: {len(self.synthetic)} movements of {len({m.person for m in self.synthetic})} drawn people on "
            f"9 rest bodies, {len(self.native)} more with faults of posture",
            f"CMU motion capture: {len(seen_cmu(self.cmu))} walks and jumps; every {UNSEEN_CMU}th recording kept back",
            f"stoop lifts: {len(self.stoop)} recordings of one person",
            "all through the errors of the landmark network as measured on rendered people (pose_noise.npz)",
        ]


def training_windows(motions: Motions, noises: Noises, count: int = WINDOWS, seed: int = 1) -> tuple[Windows, Scaling]:
    """Windows to learn from, features as float16 to fit a small machine, and the scaling they give."""
    rng, faulty = np.random.default_rng(seed), motions.for_training()
    parts = [draw_windows(faulty, min(DRAWN, count - first), noises, rng) for first in range(0, count, DRAWN)]
    windows = joined(parts)
    some = windows.features[:: max(1, count // 600), ::3].reshape(-1, windows.features.shape[2])
    return windows, fit_scaling(some.astype(np.float64))


def tuned(network: MovementNet, scaling: Scaling, motions: Motions, noises: Noises) -> Constants:
    """The calibration, on people nobody trained on."""
    rng = np.random.default_rng(2)
    symmetric = draw_windows([(motion, Faults()) for motion in motions.tune], TUNED, noises, rng)
    faulty = draw_windows([(motion, None) for motion in motions.tune], TUNED, noises, rng)
    raw = [
        predict(network, scaled(scaling)(windows.features))[:, 0].astype(np.float64) for windows in (symmetric, faulty)
    ]
    return calibrated(scaling, raw[0], raw[1], faulty.labels[:, 0].astype(np.float64))


def straighten_rotation(network: MovementNet, scaling: Scaling, walks: Sequence[Faulty], noises: Noises) -> Straight:
    """
    Bring the part for rotation to its label on walkers nobody trained on, half of whom turn less.

    Args:
        network: changed in place, nothing but the neuron of this part.
        scaling: of the features.
        walks: with what they lack; some lack nothing.
        noises: task -> how the landmark network errs.
    """
    # What lies below zero is cut off in what ships, and yet says how sure the network is: the offset brings it back.
    network.eval()
    rng = np.random.default_rng(4)
    lacking = [(motion, faults) for motion, faults in walks if faults is not None and faults.rotation > 0.0]
    even = [(motion, Faults()) for motion, faults in walks if faults == Faults()]
    both = [draw_windows(group, TUNED, noises, rng) for group in (even, lacking)]
    with torch.no_grad():
        inputs = (torch.from_numpy(scaled(scaling)(some.features)) for some in both)
        said = torch.cat([network.learning(given, 1)[:, 0, ROTATION] for given in inputs]).numpy()
    meant = np.concatenate([some.labels[:, ROTATION] for some in both])
    slope, offset = straightened(said.astype(np.float64), meant.astype(np.float64))
    with torch.no_grad():
        network.out.weight[ROTATION] *= slope
        network.out.bias[ROTATION] = slope * network.out.bias[ROTATION] + offset
    return Straight(slope, offset)


def train_shipped(motions: Motions, noises: Noises, out: Path, made_by: str) -> MovementNet:
    """Train, calibrate and write both precisions."""
    windows, scaling = training_windows(motions, noises)
    network, spent_s = learned(windows, scaling)
    straight = straighten_rotation(network, scaling, motions.turning, noises)
    constants = tuned(network, scaling, motions, noises)
    early = f"{EARLY_EPOCHS} passes over every {EVERY}th sample"
    passes = f"{early}, {WHOLE_EPOCHS} over all samples of {WHOLE_WINDOWS} of them, {spent_s:.0f} s of one core"
    lines = [*motions.described(), f"{len(windows.labels)} windows, {passes}", straight.said]
    write_both(out, network, Trained(constants, lines, made_by))
    return network


def learned(windows: Windows, scaling: Scaling) -> tuple[MovementNet, float]:
    """A network trained from nothing, and the seconds of processor it took."""
    torch.manual_seed(0)
    network = MovementNet().centred_on(torch.from_numpy(scaled(scaling)(windows.features[::SOME])))
    spent_s = fit(network.slower(1.0 / EVERY), windows, scaled(scaling), EARLY_EPOCHS, every=EVERY)
    some = windows.part(np.arange(min(WHOLE_WINDOWS, len(windows.labels))))
    return network, spent_s + fit(network.slower(EVERY), some, scaled(scaling), WHOLE_EPOCHS, RATE_AT_LAST)


def train_rated(rated: Rated, shipped: Path, out: Path, made_by: str) -> float:
    """
    Go on from the shipped network with a clinic's own ratings.

    Returns:
        Mean distance of index and rating on the sessions kept for testing.
    """
    network, constants = read_back(shipped)
    fit(network, rated.train, scaled(constants.scaling), RATED_EPOCHS)
    said = predict(network, scaled(constants.scaling)(rated.test.features))[:, 0].astype(np.float64)
    meant = rated.test.labels[:, 0].astype(np.float64)
    straight = np.array(BINS)
    own = Constants(constants.scaling, straight, straight, uncertainties(said, meant))
    lines = [f"{key}: {value}" for key, value in rated.card.items()]
    write_both(out, network, Trained(own, ["a clinic's own ratings, index = 1 - rating / 100", *lines], made_by))
    return float(np.abs(said - meant).mean())


def write_both(out: Path, network: MovementNet, trained: Trained) -> None:
    """Float and int8 artefacts of one network."""
    weights = {name: values.numpy() for name, values in network.weights().items()}
    for precision in ("float", "int8"):
        write(out, step_network(weights, int8=precision == "int8"), precision, trained)


def read_back(folder: Path) -> tuple[MovementNet, Constants]:
    """A written float network as torch has it, with its constants."""
    constants = load(folder, "float").constants
    values = {
        one.name: numpy_helper.to_array(one) for one in onnx.load(folder / "movement.float.onnx").graph.initializer
    }
    network = MovementNet()
    named = {
        "embed.weight": values["embed_weight"].T, "embed.bias": values["embed_bias"],
        "recurrent.weight_ih_l0": values["given_weight"].T, "recurrent.bias_ih_l0": values["given_bias"],
        "recurrent.weight_hh_l0": values["recalled_weight"].T, "recurrent.bias_hh_l0": 0.0 * values["given_bias"],
        "dense.weight": values["dense_weight"].T, "dense.bias": values["dense_bias"],
        "out.weight": values["out_weight"].T, "out.bias": values["out_bias"],
    }  # fmt: skip
    known = {name: torch.from_numpy(np.array(value, np.float32)) for name, value in named.items()}
    network.load_state_dict(network.state_dict() | known)
    return network, constants
