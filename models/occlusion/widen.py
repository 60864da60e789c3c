"""More units for the completion of a trained network, which goes on answering the same. Only training imports this."""

from collections.abc import Mapping

from torch import Tensor

from edge.errors import ConfigError
from models.occlusion.network import Network, Sizes

_INTO = ("completion.first.weight", "completion.first.bias", "completion.second.bias")
_BETWEEN, _OUT = "completion.second.weight", "completion.last.weight"


def widened(state: Mapping[str, Tensor], sizes: Sizes) -> dict[str, Tensor]:
    """
    Give back the state of a network of these sizes that answers as the given one does.

    The new units of the completion begin with chance weights and lead nowhere: what they add is zero until training
    finds a use for them.

    Args:
        state: of a network with a completion as wide or narrower, and everything else of these sizes.
        sizes: wanted.

    Raises:
        ConfigError: anything but the completion would have to change, or it would have to shrink.
    """
    units = len(state[_INTO[1]])
    found = {name: value.detach().clone() for name, value in Network(sizes).state_dict().items()}
    wider = (*_INTO, _BETWEEN, _OUT) if units < sizes.completion else ()
    for name, value in state.items():
        new = found[name]
        if new.shape == value.shape:
            new.copy_(value)
        elif name not in wider:
            raise ConfigError(
                f"the run to start from has another {name}; ask for a completion of {units} or more units"
            )
        elif name in _INTO:
            new[:units] = value
        else:
            new[..., units:] = 0.0
            new[: len(value), :units] = value
    return found
