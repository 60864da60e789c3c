"""How much memory a process really costs."""

from pathlib import Path

from edge.errors import DeviceError


def pss_mb(pid: int) -> float:
    """
    Proportional set size of a process in MB (10**6 bytes); shared pages are counted by their share.

    Raises:
        DeviceError: the process is gone or the kernel does not tell.
    """
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError as error:
        raise DeviceError(f"process {pid}: its memory cannot be read ({error.strerror})") from None
    for line in text.splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise DeviceError(f"process {pid}: the kernel does not tell its proportional set size")
