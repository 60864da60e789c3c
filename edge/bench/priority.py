"""Whether a process runs with real-time priority."""

import os


def try_real_time(priority: int = 10) -> bool:
    """Ask the kernel for round-robin real-time priority for this process; say whether it was granted."""
    try:
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(priority))
    except OSError:
        return False
    return True


def is_real_time(pid: int = 0) -> bool:
    """Whether a process (0: this one) runs with real-time priority."""
    return os.sched_getscheduler(pid) in (os.SCHED_RR, os.SCHED_FIFO)
