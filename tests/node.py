"""Runs our browser modules in Node.js, the one of the machine or the one that make test brought."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

PROGRAMS = Path(__file__).parent / "browser"


def node() -> str:
    """Return the path of Node.js."""
    places = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    found = shutil.which("node", path=places)
    assert found, "run make test once: it brings Node.js"
    return found


def ask_node(program: str, question: Any, *arguments: str) -> list[Any]:
    """Give a program of tests/browser a question as JSON; return the JSON of every line it prints."""
    answer = subprocess.run(
        [node(), str(PROGRAMS / program), *arguments],
        input=json.dumps(question),
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    return [json.loads(line) for line in answer.stdout.split("\n") if line]  # a line of JSON may hold U+2028
