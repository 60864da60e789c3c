"""Which people: half-open ranges of seeds, and the ones nobody may look at."""

from edge.errors import ConfigError

HOLD_OUT = "800000:800060"
"""Never trained or tuned on."""
UNTOUCHED = 900_000
"""From here on seeds stay free of any use: some day the bench is to be run on people nobody here has seen."""


def parse_seeds(text: str) -> range:
    """
    Read "A:B", half-open.

    Raises:
        ConfigError: it is no such range, is empty, or reaches into the seeds that stay untouched.

    >>> parse_seeds("800000:800003")
    range(800000, 800003)
    """
    first, _, end = text.partition(":")
    if not (first.isascii() and first.isdigit() and end.isascii() and end.isdigit()) or int(first) >= int(end):
        raise ConfigError(f"--seeds: write first:end, half-open, e.g. {HOLD_OUT}, not {text!r}")
    if int(end) > UNTOUCHED:
        raise ConfigError(f"--seeds: {UNTOUCHED} and above stay unused, choose seeds below, e.g. {HOLD_OUT}")
    return range(int(first), int(end))
