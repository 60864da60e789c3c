"""Work spread over a Dask cluster: the same jobs, the same files, more machines."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from edge.errors import ConfigError, PlumblineError

Job = TypeVar("Job")
Result = TypeVar("Result")

LOCAL = "local"
RETRIES = 3
"""How often a job is begun again whose worker was lost."""
PATIENCE_S = 20.0


def on_cluster(
    work: Callable[[Job], Result],
    jobs: Sequence[Job],
    address: str,
    workers: int | None = None,
    patience_s: float = PATIENCE_S,
) -> Iterator[Result]:
    """
    The results of some jobs as they are ready, in no order; each exactly once, whatever happens to a worker.

    All workers need this checkout and must reach the folder the jobs write to under the same name.

    Args:
        work: a function at the top of a module; it must do no harm when it is run twice for one job.
        jobs: what to do.
        address: of the cluster's scheduler, e.g. "tcp://10.0.0.1:8786", or "local" to start processes here.
        workers: how many processes to start here; one for each core when not given.
        patience_s: how long a scheduler may take to answer.

    Raises:
        ConfigError: no cluster answers.
    """
    with _client(address, workers, patience_s) as client:
        yield from results(client, work, jobs)


def results(client: Any, work: Callable[[Job], Result], jobs: Sequence[Job]) -> Iterator[Result]:
    """The same on a cluster somebody else started; `client` is a `distributed.Client`."""
    import distributed

    as_completed: Any = distributed.as_completed  # the library has no types
    futures = [client.submit(work, job, retries=RETRIES, pure=False) for job in jobs]
    try:
        for future in as_completed(futures):
            yield future.result()
            future.release()
    except distributed.KilledWorker as error:
        raise PlumblineError("a job killed one worker after the other, give the workers more memory") from error


def _client(address: str, workers: int | None, patience_s: float) -> Any:
    try:
        import distributed
    except ImportError:
        raise ConfigError("--cluster needs Dask, install the extra `people`") from None
    library: Any = distributed  # it has no types
    if address == LOCAL:
        return _LocalClient(library.LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None))
    try:
        return library.Client(address, timeout=patience_s)
    except (OSError, TimeoutError, ValueError) as error:
        raise ConfigError(f"--cluster: no Dask scheduler answers at {address} ({error})") from error


class _LocalClient:
    """A cluster of processes on this machine and its client, ended together."""

    def __init__(self, cluster: Any) -> None:
        self._cluster = cluster

    def __enter__(self) -> Any:
        self._client = self._cluster.get_client()
        return self._client

    def __exit__(self, *_: object) -> None:
        self._client.close()
        self._cluster.close()
