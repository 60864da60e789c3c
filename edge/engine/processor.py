"""What the processor's INT8 arithmetic can and cannot do."""

import platform
from pathlib import Path

CPUINFO = Path("/proc/cpuinfo")
PC = ("x86_64", "amd64")
EXACT = ("avx512_vnni", "avx_vnni")


def may_overflow(machine: str, cpuinfo: str) -> bool:
    """
    True on a PC whose processor adds two unsigned-by-signed products in 16 bits, where large ones do not fit.

    >>> may_overflow("x86_64", "flags : fpu avx2"), may_overflow("x86_64", "flags : avx512_vnni")
    (True, False)
    >>> may_overflow("aarch64", "")
    False

    Args:
        machine: as `platform.machine()` has it.
        cpuinfo: the text of /proc/cpuinfo; where there is none, the worst is assumed.
    """
    return machine.lower() in PC and not any(flag in cpuinfo for flag in EXACT)


def overflows_here() -> bool:
    """The same for the processor this runs on."""
    text = CPUINFO.read_text(encoding="utf-8", errors="replace") if CPUINFO.exists() else ""
    return may_overflow(platform.machine(), text)
