"""Training what ships, on motion whose faults are known, and on a clinic's own ratings."""

from collections.abc import Iterator, Sequence
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
from models.risk.card import Trained, as_kept, load, write
from models.risk.faults import Faults, insert
from models.risk.fit import fit, predict, scaled
from models.risk.graph import step_network
from models.risk.motion import Motion
from models.risk.people import UNSEEN_CMU, seen_cmu
from models.risk.ratings import Rated
from models.risk.recurrent import MovementNet
from models.risk.windows import Draw, Faulty, Noises, Windows, draw_pairs, draw_windows, joined, weighted

DRAWN, TUNED, RATED_EPOCHS, SCALED = 4_000, 600, 12, 600
EVERY = 5
"""Many windows are read by every fifth sample only: most is learned there, at a fifth of time and memory."""
EARLY_WINDOWS, EARLY_EPOCHS = 200_000, 14
EVEN_WINDOWS, EVEN_EPOCHS, EVEN_RATE = 100_000, 4, 2e-3
"""Then windows come in pairs, the same seconds as two cameras saw them, which are to be called alike."""
LATE_WINDOWS, LATE_EPOCHS, LATE_RATE = 16_000, 3, 1e-3
"""At last some pairs are read sample by sample."""
SOME = 40
"""Every so many windows say where the embedding begins."""
ALONE = (0.25, 1.0)
PASSES = (
    f"{EARLY_EPOCHS} passes over every {EVERY}th sample of {EARLY_WINDOWS} windows, {EVEN_EPOCHS} of {EVEN_WINDOWS} in "
    f"pairs, each seen by two cameras, {LATE_EPOCHS} over all samples of {LATE_WINDOWS} such"
)
PARTS = {"lean": 1, "rotation": 2, "blades": 3}
"""Their places among the labels."""


class Straight(NamedTuple):
    """How one part was brought to its label."""

    part: str
    slope: float
    offset: float

    @property
    def said(self) -> str:
        """For the card."""
        return f"{self.part} part x {self.slope:.2f} {self.offset:+.2f}"


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


def training_windows(
    motions: Motions, noises: Noises, count: int, seed: int, every: int = 1, draw: Draw = draw_windows
) -> Windows:
    """
    Windows to learn from, features as float16; all of the first stage are 2.3 GB, and twice that while they are joined.

    Args:
        motions: who moves.
        noises: task -> how the landmark network errs.
        count: how many windows.
        seed: of everything that is drawn.
        every: only so many samples apart are kept.
        draw: `draw_windows` or `draw_pairs`.
    """
    rng, faulty = np.random.default_rng(seed), motions.for_training()
    return joined([
        draw(faulty, min(DRAWN, count - first), noises, rng).thinned(every) for first in range(0, count, DRAWN)
    ])  # fmt: skip


def scaling_of(windows: Windows) -> Scaling:
    """The scaling that some windows give, as a file keeps it."""
    some = windows.features[:: max(1, len(windows.labels) // SCALED)].reshape(-1, windows.features.shape[2])
    return as_kept(fit_scaling(some.astype(np.float64)))


def tuned(network: MovementNet, scaling: Scaling, motions: Motions, noises: Noises) -> Constants:
    """The calibration, on people nobody trained on."""
    rng = np.random.default_rng(2)
    symmetric = draw_windows([(motion, Faults()) for motion in motions.tune], TUNED, noises, rng)
    faulty = draw_windows([(motion, None) for motion in motions.tune], TUNED, noises, rng)
    raw = [
        predict(network, scaled(scaling)(windows.features))[:, 0].astype(np.float64) for windows in (symmetric, faulty)
    ]
    return calibrated(scaling, raw[0], raw[1], faulty.labels[:, 0].astype(np.float64))


def straighten(network: MovementNet, scaling: Scaling, part: str, faulty: Sequence[Faulty], noises: Noises) -> Straight:
    """
    Bring one part to its label on people nobody trained on, half of whom have the fault.

    Args:
        network: changed in place, nothing but the neuron of this part.
        scaling: of the features.
        part: one of `PARTS`.
        faulty: movements with what is wrong with them; nothing is with some.
        noises: task -> how the landmark network errs.
    """
    # What lies below zero is cut off in what ships, and yet says how sure the network is: the offset brings it back.
    network.eval()
    rng, row = np.random.default_rng(4), PARTS[part]
    lacking = [(motion, faults) for motion, faults in faulty if faults is not None and getattr(faults, part) != 0.0]
    even = [(motion, Faults()) for motion, faults in faulty if faults == Faults()]
    both = [draw_windows(group, TUNED, noises, rng) for group in (even, lacking)]
    with torch.no_grad():
        inputs = (torch.from_numpy(scaled(scaling)(some.features)) for some in both)
        said = torch.cat([network.learning(given, 1)[:, 0, row] for given in inputs]).numpy()
    meant = np.concatenate([some.labels[:, row] for some in both])
    slope, offset = straightened(said.astype(np.float64), meant.astype(np.float64))
    with torch.no_grad():
        network.out.weight[row] *= slope
        network.out.bias[row] = slope * network.out.bias[row] + offset
    return Straight(part, slope, offset)


def straighten_all(network: MovementNet, scaling: Scaling, motions: Motions, noises: Noises) -> str:
    """Every part, and what was done, for the card: rotation on walkers, the others on all tasks."""
    rng, done = np.random.default_rng(6), []
    for part in PARTS:
        faulty = motions.turning if part == "rotation" else [*_alone(motions.tune, part, rng)]
        done.append(straighten(network, scaling, part, faulty, noises).said)
    return f"{', '.join(done)}: half of the people they were tuned on have the fault"


def _alone(motions: Sequence[Motion], part: str, rng: np.random.Generator) -> Iterator[Faulty]:
    """Every movement as it is, and again with one fault to either side."""
    for motion in motions:
        faults = Faults(**{part: float(rng.choice((-1, 1)) * rng.uniform(*ALONE))})
        yield motion, Faults()
        yield insert(motion, faults, rng), faults


def train_shipped(motions: Motions, noises: Noises, out: Path, made_by: str) -> MovementNet:
    """Train, calibrate and write both precisions."""
    windows = training_windows(motions, noises, EARLY_WINDOWS, 1, EVERY)
    scaling = scaling_of(windows)
    network, spent_s = begun(windows, scaling)
    del windows
    pairs = training_windows(motions, noises, EVEN_WINDOWS, 5, EVERY, draw_pairs)
    spent_s += fit(network, pairs, scaled(scaling), EVEN_EPOCHS, EVEN_RATE)
    del pairs
    pairs = training_windows(motions, noises, LATE_WINDOWS, 6, 1, draw_pairs)
    spent_s += fit(network.slower(EVERY), pairs, scaled(scaling), LATE_EPOCHS, LATE_RATE)
    straight = straighten_all(network, scaling, motions, noises)
    constants = tuned(network, scaling, motions, noises)
    lines = [*motions.described(), f"{PASSES}, {spent_s:.0f} s of one core", straight]
    write_both(out, network, Trained(constants, lines, made_by))
    return network


def begun(windows: Windows, scaling: Scaling) -> tuple[MovementNet, float]:
    """A network after its passes over windows that are not paired, and the seconds of processor they took."""
    torch.manual_seed(0)
    network = MovementNet().centred_on(torch.from_numpy(scaled(scaling)(windows.features[::SOME])))
    return network, fit(network.slower(1.0 / EVERY), windows, scaled(scaling), EARLY_EPOCHS)


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
