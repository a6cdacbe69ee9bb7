"""A city's repository for tests: a real git repository with a small site in it."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import yaml

from small_site import resource

WHO = (
    "-c",
    "user.name=test",
    "-c",
    "user.email=test@example.jp",
    "-c",
    "commit.gpgsign=false",
    "-c",
    "protocol.file.allow=always",
)


class City:
    """The work tree of a clone; paths of records are below resources/, without .yml."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def git(self, *words: str) -> str:
        return subprocess.run(
            ["git", "-C", str(self.folder), *WHO, *words], check=True, capture_output=True, text=True
        ).stdout.strip()

    def write(self, **files: Any) -> None:
        for name, data in files.items():
            path = self.folder / "resources" / f"{name.replace('__', '/')}.yml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")

    def club(self, record_id: str, **fields: Any) -> None:
        self.write(**{f"clubs__{record_id}": resource(record_id) | fields})

    def commit(self, subject: str = "x") -> str:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", subject)
        return self.git("rev-parse", "HEAD")


def new_city(folder: Path) -> City:
    """Make a repository with two clubs, a pamphlet and a copy of it that was handed out."""
    folder.mkdir()
    city = City(folder)
    city.git("init", "-q", "-b", "main")
    (folder / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    (folder / "content").mkdir()
    (folder / "content" / "about.md").write_text("# このサイトについて\n", encoding="utf-8")
    city.club("aozora", name="あおぞら会")
    city.club("hidamari", name="ひだまり会", location={"address": "高松市桜町一丁目9-12", "lat": 34.33, "lng": 134.05})
    city.write(
        pamphlets__meet={"id": "meet", "title": "集まり", "layout": "困りごとの一枚", "needs": ["居場所・仲間"], "large": False},
        **{
            "pamphlets__prints__meet-2026-11-01": {
                "id": "meet-2026-11-01", "pamphlet": "meet", "printed_on": "2026-11-01", "copies": 300, "placed_at": ["桜町会館 300部"],
                "records": [{"id": "aozora", "name": "あおぞら会", "phones": ["087-839-2811"], "place": "高松市桜町一丁目9-12", "hours": ""}],
            }
        },
    )  # fmt: skip
    city.commit("begin")
    return city
