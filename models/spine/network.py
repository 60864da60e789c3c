"""A light stacked hourglass: plain convolutions, batch normalisation and ReLU6, which INT8 leaves whole."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from edge.errors import ModelError
from models.spine.layout import COUNT, CURVE, INPUT_PX, differences
from models.spine.settle import Settle

STRIDE = 4
"""Pixels of the input to a cell of a heat map."""
HIDDEN, BOWED = 192, 128


@dataclass(frozen=True, slots=True)
class Size:
    """
    How large a network is.

    Attributes:
        name: of the artefact.
        widths: channels at a quarter, an eighth, a sixteenth and a thirty-second of the input.
        stacks: hourglasses, one after the other.
        deep: residual modules at the bottom of each.
    """

    name: str
    widths: tuple[int, int, int, int]
    stacks: int = 2
    deep: int = 2


SIZES = {
    one.name: one
    for one in (
        Size("tiny", (8, 8, 16, 16), 2, 1),
        Size("small", (32, 64, 96, 160)),
        Size("base", (48, 96, 144, 224)),
    )
}
"""`tiny` is for tests of the program, it learns nothing worth having."""


def size_named(name: object) -> Size:
    """
    One of `SIZES`.

    Raises:
        ModelError: there is none of this name.
    """
    if not isinstance(name, str) or name not in SIZES:
        raise ModelError(f"there is no network of the size {name!r}: --size small or base")
    return SIZES[name]


class Convolution(nn.Sequential):
    """3 x 3 or 1 x 1, normalised, with or without ReLU6."""

    def __init__(self, before: int, after: int, size: int = 3, step: int = 1, *, active: bool = True) -> None:
        parts: list[nn.Module] = [
            nn.Conv2d(before, after, size, step, size // 2, bias=False), nn.BatchNorm2d(after)
        ]  # fmt: skip
        super().__init__(*parts, *([nn.ReLU6(inplace=True)] if active else []))


class Residual(nn.Module):
    """Two convolutions beside a skip."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first, self.second = Convolution(width, width), Convolution(width, width, active=False)

    def forward(self, x: Tensor) -> Tensor:
        return functional.relu6(x + self.second(self.first(x)))


class Hourglass(nn.Module):
    """Down to a thirty-second of the picture and up again, with a skip at every size."""

    def __init__(self, widths: tuple[int, ...], deep: int) -> None:
        super().__init__()
        here, *below = widths
        if not below:
            self.bottom: nn.Module | None = nn.Sequential(*(Residual(here) for _ in range(deep)))
            return
        self.bottom = None
        self.skip, self.down = Residual(here), Convolution(here, below[0], step=2)
        self.inner = Hourglass(tuple(below), deep)
        self.up, self.after = Convolution(below[0], here, 1, active=False), Residual(here)

    def forward(self, x: Tensor) -> list[Tensor]:
        """What comes out, and what comes out at every smaller size, the smallest last."""
        if self.bottom is not None:
            return [self.bottom(x)]
        skip = self.skip(x)
        smaller: list[Tensor] = self.inner(self.down(x))
        up = functional.interpolate(self.up(smaller[0]), scale_factor=2.0, mode="nearest")
        return [self.after(functional.relu6(skip + up)), *smaller]


class CurveHead(nn.Module):
    """From the features at an eighth of the picture, and from how uneven the points are, to the curve."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.down = nn.ModuleList((Convolution(width, 64, step=2), Convolution(64, 64, step=2), Convolution(64, 48, 1)))
        uneven = torch.from_numpy(differences())
        self.register_buffer("uneven", uneven, persistent=False)
        cells = INPUT_PX[0] * INPUT_PX[1] // (32 * 32)
        self.dropped = nn.Dropout(0.3)
        self.hidden, self.out = nn.Linear(48 * cells + len(uneven), BOWED), nn.Linear(BOWED, CURVE)

    def forward(self, features: Tensor, points: Tensor) -> Tensor:
        for part in self.down:
            features = part(features)
        with torch.autocast(points.device.type, enabled=False):
            seen = torch.cat([features.float().flatten(1), points.flatten(1) @ self.uneven.T], 1)
            curve: Tensor = self.out(functional.relu6(self.hidden(self.dropped(seen))))
        return curve


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """
    What the network says about a batch.

    Attributes:
        maps: one (B, 75, 64, 48) tensor of logits for each stack: 74 points and the person's outline.
        log_sd: (B, 74, 2) natural logarithm of the standard deviation, pixels of the input.
        visible: (B, 74) logits.
        points: (B, 74, 2) pixels of the input, settled: the answer; training looks at the maps.
        curve: (B, 8) largest built curve / 10 degrees, then seven lateral deviations in % of the trunk's length.
    """

    maps: tuple[Tensor, ...]
    log_sd: Tensor
    visible: Tensor
    points: Tensor
    curve: Tensor


class SpineNetwork(nn.Module):
    """From (B, 3, 256, 192) RGB, 0 to 1, to an `Answer`."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        width = size.widths[0]
        self.stem = nn.Sequential(Convolution(3, 24, step=2), Convolution(24, width, step=2))
        self.stacks = nn.ModuleList(Hourglass(size.widths, size.deep) for _ in range(size.stacks))
        self.heads = nn.ModuleList(nn.Conv2d(width, COUNT + 1, 1) for _ in range(size.stacks))
        self.back = nn.ModuleList(
            nn.ModuleList((Convolution(width, width, 1, active=False), nn.Conv2d(COUNT + 1, width, 1)))
            for _ in range(size.stacks - 1)
        )
        squeezed = 48
        self.squeeze = Convolution(size.widths[-1], squeezed, 1)
        cells = INPUT_PX[0] * INPUT_PX[1] // (32 * 32)
        self.hidden = nn.Sequential(nn.Linear(squeezed * cells, HIDDEN), nn.ReLU6(), nn.Dropout(0.1))
        self.summary = nn.Linear(HIDDEN, 3 * COUNT)
        self.curve = CurveHead(size.widths[1])
        self.settle = Settle()

    def forward(self, image: Tensor) -> Answer:
        x, maps, sizes = self.stem(image - 0.5), list[Tensor](), list[Tensor]()
        for number, (stack, head) in enumerate(zip(self.stacks, self.heads, strict=True)):
            sizes = stack(x)
            maps.append(head(sizes[0]))
            if number < len(self.back):
                features, read = self.back[number]
                x = functional.relu6(x + features(sizes[0]) + read(maps[-1]))
        rest = self.summary(self.hidden(self.squeeze(sizes[-1]).flatten(1))).float().unflatten(1, (COUNT, 3))
        # The curve must not pull the points to where it likes them.
        raw = places(maps[-1].detach())
        curve = self.curve(sizes[1], raw)
        return Answer(tuple(maps), rest[..., :2].clamp(-3.0, 4.0), rest[..., 2], self.settle(raw), curve)


def places(maps: Tensor) -> Tensor:
    """
    (B, 74, 2), pixels of the input: the middle of gravity of each point's heat map.

    Args:
        maps: (B, 75, 64, 48) logits of one stack.
    """
    # Half precision rounds places to whole pixels.
    with torch.autocast(maps.device.type, enabled=False):
        likely = maps[:, :COUNT].float().flatten(2).softmax(2)
        height, width = maps.shape[2:]
        down, across = likely.unflatten(2, (height, width)).sum(3), likely.unflatten(2, (height, width)).sum(2)
        x = across @ (STRIDE * (torch.arange(width, dtype=torch.float32, device=maps.device) + 0.5))
        y = down @ (STRIDE * (torch.arange(height, dtype=torch.float32, device=maps.device) + 0.5))
        return torch.stack([x, y], 2)
