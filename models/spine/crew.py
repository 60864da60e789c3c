"""Several processes that train one network together, as `torchrun` starts them; one alone is a crew too."""

import os
from collections.abc import Iterable

import torch
from torch import distributed


class Crew:
    """
    This process among those that train.

        crew = Crew()
        seconds = crew.agree(network.parameters(), seconds)
    """

    def __init__(self) -> None:
        self.size, self.rank = int(os.environ.get("WORLD_SIZE", "1")), int(os.environ.get("RANK", "0"))
        if self.size > 1 and not distributed.is_initialized():
            distributed.init_process_group("nccl" if torch.cuda.is_available() else "gloo")
        if torch.cuda.is_available():
            torch.cuda.set_device(int(os.environ.get("LOCAL_RANK", "0")))

    @property
    def leads(self) -> bool:
        """Whether this process writes what is kept."""
        return self.rank == 0

    def agree(self, parameters: Iterable[torch.nn.Parameter], seconds: float) -> float:
        """Give every process the mean of all gradients, and the mean of the seconds they took."""
        if self.size == 1:
            return seconds
        gradients = [one.grad for one in parameters if one.grad is not None]
        flat = torch.cat([*(one.flatten() for one in gradients), torch.tensor([seconds], device=gradients[0].device)])
        distributed.all_reduce(flat)
        flat /= self.size
        parts = flat[:-1].split([one.numel() for one in gradients])
        for gradient, part in zip(gradients, parts, strict=True):
            gradient.copy_(part.view_as(gradient))
        return float(flat[-1])

    def wait(self) -> None:
        """Wait until every process has come here."""
        if self.size > 1:
            distributed.barrier()
