"""Begins an outside program that can compute and do nothing else, in the process that becomes it.

Unlike our own readers (`confined`) it has to load its libraries and to work in threads. So files of its libraries can be read and
nothing else opened (Landlock), no process begun, nothing connected to, nobody signalled (seccomp); what was given it by number it
reads and writes. It ends when whoever began it ends. Where Linux does not hold it so, it is not begun.
"""

import ctypes
import os
import platform
import resource
import signal
import struct
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from crossforce.evidence.inspection.confined import (
    ALLOWED,
    ANSWER,
    CALLS,
    FILTERS,
    JUMP_EQUAL,
    KILLED,
    LOAD,
    MACHINES,
    NO_NEW_RIGHTS,
    REFUSED,
    SECCOMP,
    NotConfined,
)

PARENT_ENDS, MAKE_RULES, ADD_RULE, HOLD_IN = 1, 444, 445, 446
EXECUTE, READ = 1, 4
LIBRARIES: Final = (
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/usr/local/lib",
    "/etc/ld.so.cache",
)
FILES: Final = (0, 13, 14, 15)
"""Rights over files by the version of Landlock: of the first there are thirteen, and one more came with each of the next two."""
ANY_BIT, NEW_THREAD = 0x45, 0x10000
NOT_KNOWN: Final = 0x50026
CLONE: Final = {"x86_64": 56, "aarch64": 220}
NEWER_CLONE: Final = 435
MORE: Final = {
    # open openat stat lstat newfstatat access faccessat readlink execve arch_prctl set_tid_address set_robust_list rseq
    # pread64 pwrite64 fcntl ftruncate getrusage times gettimeofday nanosleep sigaltstack uname dup getuid..getegid
    "x86_64": (
        2, 257, 4, 6, 262, 21, 269, 89, 59, 158, 218, 273, 334, 17, 18, 72, 77, 98, 100, 96, 35, 131, 63, 32, 102, 104, 107, 108,
    ),
    "aarch64": (
        56, 79, 48, 78, 221, 96, 99, 293, 67, 68, 25, 46, 165, 153, 169, 101, 132, 160, 23, 174, 175, 176, 177,
    ),
}  # fmt: skip
"""By number, what a program needs beside `confined.CALLS` to load itself; Landlock says which files these calls reach."""


def main(given: list[str]) -> None:
    """Become the program: bytes of memory, seconds of processor, bytes that it may make, then its path and what it is told."""
    memory, seconds, made = map(int, given[:3])
    hold(memory, seconds, made, given[3])
    os.execve(given[3], given[3:], {"MALLOC_ARENA_MAX": "2"})  # noqa: S606 - a path of ours, and no shell


def hold(memory: int, seconds: int, made: int, program: str) -> None:
    """Give up all but what the program needs, for good. Raises NotConfined."""
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, made),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(what, (most, most))
    system = ctypes.CDLL(None, use_errno=True)
    text = _filter(platform.machine())
    read = _Program(len(text) // 8, text)
    ends = system.prctl(PARENT_ENDS, signal.SIGKILL, 0, 0, 0)
    if ends or system.prctl(NO_NEW_RIGHTS, 1, 0, 0, 0):
        raise NotConfined
    _hold_files(system, program)
    if system.prctl(SECCOMP, FILTERS, ctypes.byref(read), 0, 0):
        raise NotConfined


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def _hold_files(system: ctypes.CDLL, program: str) -> None:
    """Libraries and the program itself are read and run; no other file is opened, made or listed, whoever owns it."""
    version = system.syscall(MAKE_RULES, None, 0, 1)
    if version < 1:
        raise NotConfined
    rights = (1 << FILES[min(version, len(FILES) - 1)]) - 1
    rules = system.syscall(MAKE_RULES, struct.pack("=Q", rights), 8, 0)
    if rules < 0:
        raise NotConfined
    for path in (*LIBRARIES, program):
        _let(system, rules, path)
    if system.syscall(HOLD_IN, rules, 0):
        raise NotConfined
    os.close(rules)


def _let(system: ctypes.CDLL, rules: int, path: str) -> None:
    with suppress(FileNotFoundError):
        place = os.open(Path(path).resolve(), os.O_PATH | os.O_CLOEXEC)
        if system.syscall(ADD_RULE, rules, 1, struct.pack("=Qi", READ | EXECUTE, place), 0):
            raise NotConfined
        os.close(place)


def _filter(machine: str) -> bytes:
    """As `confined.program`, with threads: a clone that begins a process is refused, its newer form is as if there were none."""
    if machine not in MACHINES:
        raise NotConfined
    calls = tuple(sorted({*CALLS[machine], *MORE[machine]}))
    head = [
        _line(LOAD, 0, 0, 4),
        _line(JUMP_EQUAL, 1, 0, MACHINES[machine]),
        _line(ANSWER, 0, 0, KILLED),
        _line(LOAD, 0, 0, 0),
        _line(JUMP_EQUAL, 0, 1, NEWER_CLONE),
        _line(ANSWER, 0, 0, NOT_KNOWN),
        _line(JUMP_EQUAL, 0, 4, CLONE[machine]),
        _line(LOAD, 0, 0, 16),
        _line(ANY_BIT, 1, 0, NEW_THREAD),
        _line(ANSWER, 0, 0, REFUSED),
        _line(ANSWER, 0, 0, ALLOWED),
    ]
    tail = [_line(ANSWER, 0, 0, REFUSED), _line(ANSWER, 0, 0, ALLOWED)]
    return b"".join([*head, *_listed(calls), *tail])


def _listed(calls: tuple[int, ...]) -> Iterable[bytes]:
    return (_line(JUMP_EQUAL, len(calls) - place, 0, call) for place, call in enumerate(calls))


def _line(code: int, when: int, other: int, value: int) -> bytes:
    return struct.pack("=HBBI", code, when, other, value)
