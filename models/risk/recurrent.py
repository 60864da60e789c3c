"""The networks as they are trained: an LSTM, and a plain recurrent one of the same size to compare with."""

import math

import torch
from torch import Tensor, nn

from edge.risk.layout import FEATURES
from edge.risk.window import SAMPLES

EMBEDDING, HIDDEN, OUTPUTS, GRADES = 48, 64, 4, 8
SLOPE = 0.01
"""Of the leaky ReLU, below zero."""
APART = 10
LEAST_SPREAD = 0.02
CALM, OPEN = 0.1, 1.5
"""How large the weights that move the gates begin, as a share of the usual; where the gates of the output begin."""
DROPPED = 0.3


class MovementNet(nn.Module):
    """
    193 features -> embedding -> LSTM -> dense 193 -> one leaky-ReLU neuron for the index, and one for each of its
    three parts. Outputs are cut to 0..1 outside training. While it learns, further neurons name the grade of every
    fault by itself, since of faults that come together only the plainest would be learned; they do not ship.
    """

    def __init__(self, kind: str = "lstm", hidden: int = HIDDEN, features: int = FEATURES) -> None:
        """`kind` is lstm or rnn; `features` are what goes in, others than the usual for an ablation only."""
        super().__init__()
        self.embed = nn.Linear(features, EMBEDDING)
        self.recurrent: nn.RNNBase = _recurrent(kind, EMBEDDING, hidden)
        self.dense = nn.Linear(hidden, FEATURES)
        self.out = nn.Linear(FEATURES, OUTPUTS)
        self.grades = nn.Linear(FEATURES, GRADES)
        self.leaky = nn.LeakyReLU(SLOPE)
        self.dropped = nn.Dropout(DROPPED)
        self.register_buffer("centre", torch.zeros(features))
        self.register_buffer("spread", torch.ones(features))

    def centred_on(self, inputs: Tensor) -> "MovementNet":
        """Let the embedding begin with features of mean 0 and deviation 1; what ships has this within its weights."""
        self.centre: Tensor = inputs.mean(dim=(0, 1))
        self.spread: Tensor = inputs.std(dim=(0, 1)).clamp_min(LEAST_SPREAD)
        return self

    def weights(self) -> dict[str, Tensor]:
        """Everything by its name, the embedding for features as they come."""
        state = self.state_dict()
        known = {name: values.detach().clone() for name, values in state.items() if not name.startswith("grades.")}
        centre, spread = known.pop("centre"), known.pop("spread")
        known["embed.bias"] -= known["embed.weight"] @ (centre / spread)
        known["embed.weight"] /= spread
        return known

    def forward(self, windows: Tensor) -> Tensor:
        """(B, T, 193) scaled features -> (B, 4) after the last sample, not cut."""
        return self.along(windows, 1)[:, -1]

    def along(self, windows: Tensor, count: int) -> Tensor:
        """(B, count, 4) what would be said after each of the last samples, ten apart."""
        sums: Tensor = self.out(self._wide(windows, count))
        # While it learns, below zero is as steep as above: a neuron that most labels ask to be 0 would never come back.
        return sums if self.training else self.leaky(sums)

    def learning(self, windows: Tensor, count: int, apart: int = APART) -> Tensor:
        """(B, count, 12) the same and the grade of every fault, so many samples apart, for training only."""
        wide = self._wide(windows, count, apart)
        return torch.cat([self.out(wide), self.grades(wide)], dim=-1)

    def slower(self, times: float) -> "MovementNet":
        """Let an LSTM's gates hold so many times more samples, as when these come so many times as often."""
        hidden, longer = self.recurrent.hidden_size, math.log(times)
        with torch.no_grad():
            self.recurrent.bias_ih_l0[:hidden] -= longer
            self.recurrent.bias_ih_l0[hidden : 2 * hidden] += longer
        return self

    def _wide(self, windows: Tensor, count: int, apart: int = APART) -> Tensor:
        states, _ = self.recurrent(self.leaky(self.embed((windows - self.centre) / self.spread)))
        last = states[:, -1 - apart * (count - 1) :: apart]
        wide: Tensor = self.leaky(self.dense(self.dropped(last)))
        return wide


def _recurrent(kind: str, width: int, hidden: int) -> nn.RNNBase:
    if kind == "rnn":
        return nn.RNN(width, hidden, batch_first=True)
    lstm = nn.LSTM(width, hidden, batch_first=True)
    remember(lstm)
    average(lstm)
    return lstm


def remember(lstm: nn.LSTM, longest: int = SAMPLES) -> None:
    """Start with gates that hold for anything from one sample to a whole window (chrono initialisation)."""
    hidden = lstm.hidden_size
    with torch.no_grad():
        spans = torch.log(torch.empty(hidden).uniform_(1.0, longest - 1.0))
        lstm.bias_ih_l0[:hidden] = -spans
        lstm.bias_ih_l0[hidden : 2 * hidden] = spans
        lstm.bias_hh_l0[: 2 * hidden] = 0.0


def average(lstm: nn.LSTM) -> None:
    """Start with gates that hardly move, whatever is seen: every cell begins as a mean over its own span of samples."""
    hidden = lstm.hidden_size
    with torch.no_grad():
        for gate in (0, 1, 3):
            lstm.weight_ih_l0[gate * hidden : (gate + 1) * hidden] *= CALM
        lstm.weight_hh_l0 *= CALM
        lstm.bias_ih_l0[3 * hidden :] = OPEN
        lstm.bias_hh_l0[:] = 0.0


def parameters(network: nn.Module) -> int:
    """How many numbers it learns."""
    return sum(values.numel() for values in network.parameters())


def rnn_width(width: int, hidden: int) -> int:
    """The hidden size at which a plain network has as many recurrent parameters as an LSTM of `hidden`."""
    wanted = 4 * hidden * (width + hidden + 2)
    size = hidden
    while (size + 1) * (width + size + 3) <= wanted:
        size += 1
    return size
