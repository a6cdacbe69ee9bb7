"""The sections of docs/proofs.md: each run writes its own again, and what was measured by hand stays."""

from __future__ import annotations

from pathlib import Path

from figures import FILE, HEAD, write_section

HAND = "### By hand\n\n| what | figure |\n| --- | --- |\n| rows | 50,000 |"


def test_a_run_writes_its_section_again_and_leaves_the_others_and_what_was_measured_by_hand(tmp_path: Path) -> None:
    file = tmp_path / "proofs.md"
    write_section("Kills", "make kills", ["1 command"], file)
    write_section("Size", "make bench", ["10 records"], file)
    write_section("Fuzzing", "make fuzz", [r"3 inputs: \1 \g<0>"], file)
    file.write_text(
        file.read_text(encoding="utf-8").replace("10 records\n", f"10 records\n\n{HAND}\n"), encoding="utf-8"
    )
    for times in ("20 records", "30 records"):
        write_section("Size", "make bench", [times], file)
    parts = ["## Kills\n\n`make kills`\n\n1 command", f"## Size\n\n`make bench`\n\n30 records\n\n{HAND}", "## Fuzzing\n\n`make fuzz`\n\n3 inputs: \\1 \\g<0>"]  # fmt: skip
    assert file.read_text(encoding="utf-8") == "\n\n".join([HEAD.rstrip(), *parts]) + "\n"


def test_the_figures_say_how_they_are_written() -> None:
    assert FILE.read_text(encoding="utf-8").startswith(HEAD)
