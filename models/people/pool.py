"""Work spread over the cores of this machine, one process a core."""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from edge.errors import PlumblineError

Job = TypeVar("Job")
Result = TypeVar("Result")

RESTARTS = 3
"""A worker that is killed takes the whole pool along; what is left is begun again this often."""


def on_cores(work: Callable[[Job], Result], jobs: Sequence[Job], workers: int | None = None) -> Iterator[Result]:
    """
    The results of some jobs as they are ready, in no order; each exactly once.

    Args:
        work: a function at the top of a module; it must do no harm when it is run twice for one job.
        jobs: what to do.
        workers: how many processes; one for each core when not given.

    Raises:
        PlumblineError: workers were killed again and again.
    """
    left = dict(enumerate(jobs))
    for _ in range(RESTARTS + 1):
        try:
            for number, result in _attempt(work, left, workers or os.cpu_count() or 1):
                del left[number]
                yield result
        except BrokenProcessPool:
            continue
        return
    raise PlumblineError(f"{len(left)} jobs are left: a worker was killed again and again, give it more memory")


def _attempt(work: Callable[[Job], Result], left: dict[int, Job], workers: int) -> Iterator[tuple[int, Result]]:
    # Workers start anew instead of as copies: compiled loops and threads do not survive being copied.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(workers, max(1, len(left))), mp_context=context) as pool:
        futures = {pool.submit(work, job): number for number, job in left.items()}
        try:
            for future in as_completed(futures):
                yield futures[future], future.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
