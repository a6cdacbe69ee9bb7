"""Inputs that follow the ways through the code (atheris): one target in a process of its own, as libFuzzer wants it.

`make fuzz` runs it for every target where the wheel of atheris is installed (Linux on x86-64).
"""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

HAS_ATHERIS = importlib.util.find_spec("atheris") is not None
FAILED = 66
"""What the process ends with after it has printed the input that failed."""

A_MISTAKE = "a mistake"
"""A target that fails, to see that this finds it."""


def guided(name: str, seconds: int) -> tuple[int, str | None, str]:
    """Fuzz a target for some seconds; return how many inputs it was given, the one that failed, and how."""
    words = (sys.executable, "-m", "fuzz.guided", name, str(seconds))
    done = subprocess.run(
        words, cwd=Path(__file__).parent.parent, capture_output=True, check=False, timeout=seconds + 120
    )
    told = done.stderr.decode("utf-8", "replace")
    count = max((int(found) for found in re.findall(r"^#(\d+)\t", told, re.MULTILINE)), default=0)
    if done.returncode == FAILED:
        how, _, text = done.stdout.decode("utf-8", "surrogateescape").partition("\n")
        return count, text, how
    if done.returncode:
        return count, "", f"ended with {done.returncode}: {told[-200:]}"
    return count, None, ""


def _mistaken(text: str) -> None:
    assert len(text) < 5


def main() -> None:
    """Be the process of one target."""
    import atheris  # noqa: PLC0415 - no other process needs it

    with atheris.instrument_imports(include=["tsunagite"]):
        from fuzz.targets import targets  # noqa: PLC0415 - what is imported here is followed
    name, seconds = sys.argv[1], sys.argv[2]
    call = _mistaken if name == A_MISTAKE else targets()[name][0]

    def one(data: bytes) -> None:
        text = atheris.FuzzedDataProvider(data).ConsumeUnicodeNoSurrogates(len(data))
        try:
            call(text)
        except Exception as problem:  # noqa: BLE001 - whatever a target raises is what is looked for
            words = f"{type(problem).__name__}: {' '.join(str(problem).split())[:120]}\n{text}"
            sys.stdout.buffer.write(words.encode("utf-8", "surrogateescape"))
            sys.stdout.flush()
            import os  # noqa: PLC0415

            os._exit(FAILED)

    atheris.Setup([name, f"-max_total_time={seconds}", "-max_len=4000", "-verbosity=1"], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
