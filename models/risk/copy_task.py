"""
A long memory, tested: say after hundreds of symbols which one came first.

    python -m models.risk.copy_task --json copy_task.json

The first of a sequence is one of eight symbols, the others are noise: four further symbols at random. LSTM and plain
network have the same number of parameters, the same data, the same optimiser and the same number of steps; three seeds
each. Both get the start that is usual for them: the LSTM's gates open for up to the whole length (chrono), the plain
network's weights orthogonal.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn

from models.risk.recurrent import parameters, rnn_width

SYMBOLS, NOISE, EMBEDDING, HIDDEN = 8, 4, 8, 24
BATCH, TESTED = 32, 512
LENGTHS = {100: 600, 500: 600}
"""Length -> training steps."""
SEEDS = (1, 2, 3)
RATE, LONGEST_NORM = 5e-3, 1.0


class FirstSymbol(nn.Module):
    """Symbols -> embedding -> recurrent -> which came first."""

    def __init__(self, kind: str, length: int) -> None:
        """`kind` is lstm or rnn; `length` says for how long the LSTM's gates start open."""
        super().__init__()
        self.embed = nn.Embedding(SYMBOLS + NOISE, EMBEDDING)
        hidden = HIDDEN if kind == "lstm" else rnn_width(EMBEDDING, HIDDEN)
        self.recurrent: nn.RNNBase = (nn.LSTM if kind == "lstm" else nn.RNN)(EMBEDDING, hidden, batch_first=True)
        self.out = nn.Linear(hidden, SYMBOLS)
        with torch.no_grad():
            if kind == "lstm":
                spans = torch.log(torch.empty(hidden).uniform_(1.0, length - 1.0))
                self.recurrent.bias_ih_l0[:hidden] = -spans
                self.recurrent.bias_ih_l0[hidden : 2 * hidden] = spans
                self.recurrent.bias_hh_l0.zero_()
            else:
                nn.init.orthogonal_(self.recurrent.weight_hh_l0)

    def forward(self, symbols: torch.Tensor) -> torch.Tensor:
        """(B, T) symbols -> (B, 8) logits."""
        states, _ = self.recurrent(self.embed(symbols))
        out: torch.Tensor = self.out(states[:, -1])
        return out


def sequences(rng: np.random.Generator, count: int, length: int) -> torch.Tensor:
    """(count, length) int64: one of the symbols, then noise."""
    symbols = rng.integers(SYMBOLS, SYMBOLS + NOISE, (count, length))
    symbols[:, 0] = rng.integers(0, SYMBOLS, count)
    return torch.from_numpy(symbols)


def accuracy(kind: str, length: int, seed: int, steps: int) -> tuple[float, int, float]:
    """Train one network; share of right answers on fresh sequences, its parameters, seconds of processor."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    network = FirstSymbol(kind, length)
    optimiser = torch.optim.Adam(network.parameters(), lr=RATE)
    begun = time.process_time()
    for _ in range(steps):
        symbols = sequences(rng, BATCH, length)
        loss = nn.functional.cross_entropy(network(symbols), symbols[:, 0])
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), LONGEST_NORM)
        optimiser.step()
    spent_s = time.process_time() - begun
    with torch.no_grad():
        symbols = sequences(np.random.default_rng(1000 + seed), TESTED, length)
        right = (network(symbols).argmax(dim=1) == symbols[:, 0]).float().mean()
    return float(right), parameters(network), spent_s


def main() -> None:
    """Train all of them and write what came out, run by run, so that a stopped run loses one at most."""
    parser = argparse.ArgumentParser(description="first-symbol task")
    parser.add_argument("--json", type=Path, required=True)
    out: Path = parser.parse_args().json
    torch.set_num_threads(1)
    runs = json.loads(out.read_text(encoding="utf-8")) if out.exists() else []
    done = {(run["kind"], run["length"], run["seed"]) for run in runs}
    jobs = [(k, n, seed) for n in sorted(LENGTHS, reverse=True) for seed in SEEDS for k in ("lstm", "rnn")]
    for kind, length, seed in jobs:
        if (kind, length, seed) in done:
            continue
        right, size, spent_s = accuracy(kind, length, seed, LENGTHS[length])
        runs.append(
            {"kind": kind, "length": length, "seed": seed, "accuracy": right, "parameters": size,
             "steps": LENGTHS[length], "cpu_s": round(spent_s, 1)}
        )  # fmt: skip
        out.write_text(json.dumps(runs, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
