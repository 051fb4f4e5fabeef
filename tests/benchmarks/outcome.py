"""What a benchmark tells, and how a whole process is measured."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

KIBIBYTES_IN_A_MEBIBYTE = 1024


@dataclass(frozen=True, slots=True)
class Outcome:
    """One line of the table: what was measured, against what, and the share of what is aimed at."""

    name: str
    measured: str
    against: str
    ratio: float
    aim: float

    @property
    def cells(self) -> tuple[str, ...]:
        """The line as text."""
        kept = "yes" if self.ratio <= self.aim else "NO"
        return (self.name, self.measured, self.against, f"{self.ratio:.2f}", f"{self.aim:g}", kept)


@dataclass(frozen=True, slots=True)
class Process:
    """A process that has ended: seconds by the clock, seconds of processors, peak memory in MiB."""

    seconds: float
    processor_seconds: float
    mebibytes: float

    def __str__(self) -> str:
        return f"{self.seconds:.1f} s, {self.processor_seconds:.1f} s of processors, {self.mebibytes:.0f} MB"


def measured(command: Sequence[str]) -> Process:
    """Run a process to its end, its output thrown away; raises where it fails."""
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}")
    seconds = time.perf_counter() - began
    return Process(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / KIBIBYTES_IN_A_MEBIBYTE)


def best_of(times: int, *commands: Sequence[str]) -> tuple[Process, ...]:
    """Run processes in turn so many times and return the quickest of each."""
    runs = [[measured(command) for command in commands] for _ in range(times)]
    return tuple(min(each, key=lambda run: run.seconds) for each in zip(*runs, strict=True))
