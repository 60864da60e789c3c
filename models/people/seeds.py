"""Which people may be rendered for what."""

from edge.errors import ConfigError

HOLD_OUT = range(800_000, 900_000)
"""Only the accuracy bench renders these people; nothing is trained or tuned on them."""
UNTOUCHED_FROM = 900_000
"""From here on nobody is ever rendered, so that the bench can one day be run on people nobody here has seen."""


def seed_range(text: str) -> range:
    """
    The seeds of "A:B" (half open) or "A".

    >>> list(seed_range("3:6"))
    [3, 4, 5]
    """
    first, colon, last = text.partition(":")
    if not first.isascii() or not first.isdigit() or (colon and not last.isdigit()):
        raise ConfigError(f"seeds: write A:B (B not included) or one number, not {text!r}")
    seeds = range(int(first), int(last) if colon else int(first) + 1)
    if not seeds:
        raise ConfigError(f"seeds: {text} holds nobody, the second number must be the larger one")
    return seeds


def check_seeds(seeds: range, *, training: bool) -> range:
    """
    The same seeds, if they may be rendered.

    Args:
        seeds: of the people.
        training: whether the pictures are to train, tune or show; then the bench's hold-out is refused too.

    Raises:
        ConfigError: somebody among them may not.
    """
    if seeds.stop > UNTOUCHED_FROM:
        raise ConfigError(f"seeds: {UNTOUCHED_FROM} and above are never rendered, choose smaller ones")
    if training and max(seeds.start, HOLD_OUT.start) < min(seeds.stop, HOLD_OUT.stop):
        raise ConfigError(
            f"seeds: {HOLD_OUT.start}:{HOLD_OUT.stop} are kept for the accuracy bench, choose others for training"
        )
    return seeds
