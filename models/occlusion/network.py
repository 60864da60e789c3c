"""
The occlusion network: a masked autoencoder over joint tokens, in torch. Only training imports this.

Each of the 16 samples gives 13 tokens, one a body joint and what hangs on it (face, hand, foot): 208 tokens, each of
which attends to all. For every landmark a light decoder weighs four candidates (held, gliding on, completed from what
is seen now, completed plus what it was off when last seen), adds a little of its own and says how sure it is.
"""

import math
from dataclasses import asdict, dataclass

import numpy as np
import torch
import torch.nn.functional as functional
from torch import Tensor, nn

from edge.occlusion.window import BODY, FEATURES, SAMPLES
from edge.pose.landmarks import COUNT
from models.occlusion.camera import MIRRORED
from models.occlusion.graph import LANDMARKS, SIGNS, WAYS
from models.occlusion.masks import SINGLES

PARTS = len(BODY)
PARENT = np.zeros(COUNT, np.int64)
"""Which token each landmark hangs on."""
for _single in SINGLES:
    PARENT[list(_single)] = BODY.index(_single[0])
CANDIDATES = 4
SEEN_AT = 12
"""Numbers of one landmark in one sample: eight of the window and where two completions lie, against the fill."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large the network is."""

    width: int = FEATURES
    heads: int = 4
    layers: int = 2
    stretch: int = 2
    code: int = 64
    completion: int = 256
    decoder: int = 48


class Block(nn.Module):
    """Attention and a perceptron, each after a layer norm; `newest` tokens ask, all are asked."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        width = sizes.width
        self.heads = sizes.heads
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.query, self.key, self.value, self.out = (nn.Linear(width, width) for _ in range(4))
        self.up, self.down = nn.Linear(width, sizes.stretch * width), nn.Linear(sizes.stretch * width, width)

    def forward(self, x: Tensor, newest: int | None = None) -> Tensor:
        """(windows, tokens, width) -> the same of the newest ones."""
        normed = self.norm1(x)
        asking = normed if newest is None else normed[:, -newest:]
        rest = x if newest is None else x[:, -newest:]
        q, k, v = (
            self._split(layer(y)) for layer, y in ((self.query, asking), (self.key, normed), (self.value, normed))
        )
        mixed = functional.scaled_dot_product_attention(q, k, v).transpose(1, 2).flatten(2)
        rest = rest + self.out(mixed)
        return rest + self.down(functional.relu(self.up(self.norm2(rest))))

    def _split(self, x: Tensor) -> Tensor:
        return x.unflatten(-1, (self.heads, -1)).transpose(1, 2)


class Completion(nn.Module):
    """Where the rest of a pose is, from what is seen of it: (…, 33, 3) -> (…, 33, 2)."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.straight = nn.Linear(3 * COUNT, 2 * COUNT)
        self.first, self.second = nn.Linear(3 * COUNT, hidden), nn.Linear(hidden, hidden)
        self.last = nn.Linear(hidden, 2 * COUNT)

    def forward(self, poses: Tensor) -> Tensor:
        flat = poses.flatten(-2)
        bent = functional.relu(self.second(functional.relu(self.first(flat))))
        return (self.straight(flat) + self.last(bent)).unflatten(-1, (COUNT, 2))


@dataclass(frozen=True, slots=True)
class Answer:
    """
    Of the newest samples: position (n, samples, 33, 2), log_sd (n, samples, 33), completed (n, 16, 33, 2), all in the
    window's unit, and the encoder's pooled features (n, width).
    """

    position: Tensor
    log_sd: Tensor
    completed: Tensor
    features: Tensor


class Network(nn.Module):
    """The whole of it; the inputs are those of `edge.occlusion.window`."""

    def __init__(self, sizes: Sizes | None = None) -> None:
        super().__init__()
        self.sizes = sizes = sizes or Sizes()
        width = sizes.width
        self.completion = Completion(sizes.completion)
        self.own = nn.Linear(SEEN_AT, width)
        self.code, self.spread = nn.Linear(COUNT * SEEN_AT, sizes.code), nn.Linear(sizes.code, PARTS * width)
        self.part = nn.Parameter(0.1 * torch.randn(1, 1, PARTS, width))
        self.time = nn.Parameter(0.1 * torch.randn(1, SAMPLES, 1, width))
        self.mask = nn.Parameter(0.1 * torch.randn(width))
        self.blocks = nn.ModuleList([Block(sizes) for _ in range(sizes.layers)])
        self.norm = nn.LayerNorm(width)
        self.decode, self.here = nn.Linear(width, sizes.decoder), nn.Linear(SEEN_AT, sizes.decoder)
        self.landmark = nn.Parameter(0.1 * torch.randn(COUNT, sizes.decoder))
        self.head = nn.Linear(sizes.decoder, CANDIDATES + 3)
        nn.init.zeros_(self.head.weight)
        nn.init.zeros_(self.head.bias)
        with torch.no_grad():
            self.head.bias[CANDIDATES + 2] = math.log(0.15)
        self.register_buffer("body", torch.tensor(BODY))
        self.register_buffer("parent", torch.tensor(PARENT))
        # Added to log_sd after training, by the sample a landmark was last seen in, oldest first; last: never.
        self.register_buffer("calibration", torch.zeros(SAMPLES + 1))

    def forward(self, inputs: dict[str, Tensor], newest: int = 1) -> Answer:
        """Answer for the newest samples."""
        tokens, frames = inputs["tokens"], inputs["pose_frames"]
        fill = tokens[..., :2]
        sure = frames[..., 3, None, None]
        placed = self.completion(inputs["poses"]) * frames[..., 0, None, None] + frames[..., None, 1:3]
        away = sure * (placed - fill)  # completed, from the fill
        # What the completion was off when the landmark was last seen: picked by a product with ones and zeros.
        off = torch.einsum("bjts,bsjc->btjc", inputs["held_from"], -away)
        kept = away + off
        seen_at = torch.cat([tokens, away, kept], dim=-1)
        x = self._tokens(seen_at, tokens)
        for block in self.blocks[:-1]:
            x = block(x)
        features = x.mean(dim=1)
        x = self.norm(self.blocks[-1](x, newest * PARTS)).unflatten(1, (newest, PARTS))
        late = seen_at[:, -newest:]
        hidden = functional.relu(self.decode(x)[:, :, self.parent] + self.here(late) + self.landmark)
        raw = self.head(hidden)
        weights = raw[..., :CANDIDATES].softmax(dim=-1)
        glide = tokens[:, -newest:, :, 2:4]
        offset = (
            weights[..., 1:2] * glide + weights[..., 2:3] * away[:, -newest:] + weights[..., 3:4] * kept[:, -newest:]
        )
        position = fill[:, -newest:] + offset + raw[..., CANDIDATES : CANDIDATES + 2]
        log_sd = raw[..., CANDIDATES + 2] + self._calibrated(inputs["held_from"][:, :, -newest:])
        return Answer(position, log_sd, fill + away, features)

    def _tokens(self, seen_at: Tensor, tokens: Tensor) -> Tensor:
        """(windows, 208, width), the newest sample's last."""
        code = functional.relu(self.code(seen_at.flatten(-2)))
        x = self.own(seen_at[:, :, self.body]) + self.spread(code).unflatten(-1, (PARTS, -1)) + self.part + self.time
        return (x + tokens[:, :, self.body, 4:5] * self.mask).flatten(1, 2)

    def _calibrated(self, held_from: Tensor) -> Tensor:
        return (held_from @ self.calibration[:-1]).transpose(1, 2) + self.calibration[-1] * (
            1.0 - held_from.sum(dim=-1).transpose(1, 2)
        )

    def described(self) -> dict[str, int]:
        """Its sizes, for a checkpoint."""
        return asdict(self.sizes)


def mirrored(inputs: dict[str, Tensor]) -> dict[str, Tensor]:
    """The same windows in a mirror."""
    order = torch.from_numpy(MIRRORED)
    out = {name: x.index_select(LANDMARKS[name], order) if name in LANDMARKS else x for name, x in inputs.items()}
    return {name: x * torch.tensor(SIGNS[name]) if name in SIGNS else x for name, x in out.items()}


def both_ways(network: Network, inputs: dict[str, Tensor], newest: int = 1) -> Answer:
    """What the exported graph says: the mean of the answers to a window and to its mirror image, mirrored back."""
    order = torch.from_numpy(MIRRORED)
    one, other = network(inputs, newest), network(mirrored(inputs), newest)
    sign = torch.tensor([-1.0, 1.0])
    return Answer(
        0.5 * (one.position + sign * other.position[:, :, order]),
        0.5 * (one.log_sd + other.log_sd[:, :, order]),
        0.5 * (one.completed + sign * other.completed[:, :, order]),
        0.5 * (one.features + other.features),
    )


def multiplications(network: Network) -> int:
    """Multiply-accumulates of one window, both ways, the newest sample asked for, counted from the shapes."""
    s, tokens = network.sizes, SAMPLES * PARTS
    per_token = 3 * s.width**2
    after = s.width**2 + 2 * s.stretch * s.width**2
    whole = tokens * (per_token + after) + 2 * tokens**2 * s.width
    last = tokens * 2 * s.width**2 + PARTS * (s.width**2 + after) + 2 * PARTS * tokens * s.width
    linear = sum(m.weight.numel() for m in (network.completion.straight, network.completion.first))
    linear += network.completion.second.weight.numel() + network.completion.last.weight.numel()
    linear += network.code.weight.numel() + network.spread.weight.numel() + PARTS * network.own.weight.numel()
    head = PARTS * network.decode.weight.numel() + COUNT * (network.here.weight.numel() + network.head.weight.numel())
    return WAYS * ((s.layers - 1) * whole + last + SAMPLES * linear + head + COUNT * SAMPLES * SAMPLES * 2)
