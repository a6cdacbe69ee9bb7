"""tsunagite ci publish --to: what is sent to a web space, in which order, and what is refused; with the real rsync."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from publishing.city_repository import City, new_city
from system_tools import missing_tools
from tsunagite.publishing.remote import RemoteProblem, WebSpace, upload, upload_commands

Run = Callable[..., Any]
SSH, SFTP, S3 = "ssh://www@web.example/srv/city", "sftp://www@web.example:2022/srv/city", "s3://city-bucket/site"
OUTSIDE = """\
#!/bin/sh
echo "$(basename "$0") $*" >> "$LOG"
case "$*" in
  *--list-only*) printf '%s' "$LISTED"; exit "$LIST_CODE" ;;
  lsf*) printf '%s' "$NAMES"; exit "$LIST_CODE" ;;
  cat*) printf '%s' "$STAMP" ;;
  *"$FAILS"*) [ -z "$FAILS" ] || { echo "no room left" >&2; exit 11; } ;;
esac
case "$*" in *publication.json" "/*) printf '%s' "$STAMP" > "$(eval echo \\${$#})/publication.json" ;; esac
"""
"""Stands for rsync and rclone: writes down what it is asked for, and answers as told."""


@pytest.fixture
def city(tmp_path: Path) -> City:
    """A clone whose commit is the newest of its remote, with a built site."""
    first = new_city(tmp_path / "first")
    first.git("clone", "-q", "--bare", str(first.folder), str(tmp_path / "remote.git"))
    first.git("clone", "-q", str(tmp_path / "remote.git"), str(tmp_path / "city"))
    write_site(tmp_path / "city" / "site")
    return City(tmp_path / "city")


def write_site(folder: Path) -> Path:
    folder.mkdir()
    (folder / "index.html").write_text("first", encoding="utf-8")
    (folder / "site.js").write_text("go()", encoding="utf-8")
    return folder


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path / "site")


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put stand-ins for the programs on the path; return the file that holds what they were asked."""
    for name in ("rsync", "rclone"):
        path = tmp_path / "bin" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(OUTSIDE, encoding="utf-8")
        path.chmod(0o755)
    answers = {
        "LOG": str(tmp_path / "log"),
        "LISTED": "",
        "NAMES": "",
        "LIST_CODE": "0",
        "STAMP": "",
        "FAILS": "",
        "RCLONE_SFTP_PASS": "geheim",
        "AWS_SECRET_ACCESS_KEY": "geheim",
    }
    for name, value in {**answers, "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}"}.items():
        monkeypatch.setenv(name, value)
    return tmp_path / "log"


def publish(tsunagite: Run, city: City, to: str, *more: str) -> Any:
    return tsunagite("ci", "publish", "--root", city.folder, "--site", city.folder / "site", "--to", to, *more)


@pytest.mark.parametrize("to", [SSH, SFTP, S3])
def test_files_go_before_the_pages_that_need_them_then_what_is_gone_is_deleted_and_the_stamp_goes_last(
    site: Path, programs: Path, to: str
) -> None:
    upload(WebSpace.of(to), site, "abc")
    files, pages, deletions, stamp = programs.read_text(encoding="utf-8").splitlines()
    assert "--exclude=*.html" in files
    assert "--exclude=/sw.js" in files
    assert "html" not in pages
    assert [
        ("--delete-after" in line, "--exclude=/publication.json" in line) for line in (files, pages, deletions)
    ] == [(False, True), (False, True), (True, True)]
    assert "publication.json" in stamp
    assert "geheim" not in programs.read_text(encoding="utf-8")
    assert not site.with_name("site.new").exists()


@pytest.mark.parametrize("to", [SSH, S3])
def test_a_failing_step_is_the_last_and_the_stamp_still_names_the_state_before(
    site: Path, programs: Path, monkeypatch: pytest.MonkeyPatch, to: str
) -> None:
    monkeypatch.setenv("FAILS", "--exclude=/publication.json")
    with pytest.raises(RemoteProblem) as found:
        upload(WebSpace.of(to), site, "abc")
    assert (found.value.key, found.value.values["reason"]) == ("not_uploaded", "no room left")
    assert len(programs.read_text(encoding="utf-8").splitlines()) == 1


@pytest.mark.parametrize("to", [SSH, SFTP])
def test_a_newer_state_and_files_of_others_are_left_as_they_are(
    tsunagite: Run, city: City, programs: Path, monkeypatch: pytest.MonkeyPatch, to: str
) -> None:
    monkeypatch.setenv(
        "LISTED",
        "drwxr-xr-x          4,096 2026/11/22 10:00:00 .\n-rw-r--r--             12 2026/11/22 10:00:00 publication.json\n",
    )
    monkeypatch.setenv("NAMES", "publication.json\nr/\n")
    monkeypatch.setenv("STAMP", f'{{"commit": "{"1" * 40}"}}')
    assert publish(tsunagite, city, to).code == 3
    monkeypatch.setenv("LISTED", "-rw-r--r--             12 2026/11/22 10:00:00 our old page.html\n")
    monkeypatch.setenv("NAMES", "our old page.html\n")
    said = publish(tsunagite, city, to)
    assert (said.code, "--take-over" in said.err) == (2, True)
    assert "--recursive" not in programs.read_text(encoding="utf-8")
    assert "copy" not in programs.read_text(encoding="utf-8")
    assert publish(tsunagite, city, to, "--take-over").code == 0


def test_a_trial_shows_the_commands_and_runs_none(tsunagite: Run, city: City, programs: Path) -> None:
    said = publish(tsunagite, city, S3, "--dry-run")
    assert [line.split()[1] for line in said.out.splitlines()] == ["copy", "copy", "sync", "copyto"]
    assert not programs.exists()


@pytest.mark.parametrize(
    "address",
    [
        "ssh://host",
        "ssh://-oProxyCommand=x/srv",
        "ssh://a@h/a b",
        "ssh://h/../etc",
        "s3://b/x:y",
        "ftp://h/x",
        "/srv/www",
        "sftp://h:x/y",
        "ssh://h/$(id)",
    ],
)
def test_an_address_that_a_program_might_read_otherwise_is_refused(address: str) -> None:
    with pytest.raises(RemoteProblem):
        WebSpace.of(address)


def test_a_password_in_an_address_is_refused_and_not_shown() -> None:
    with pytest.raises(RemoteProblem) as found:
        WebSpace.of("sftp://me:geheim@web.example/srv")
    assert "geheim" not in str(found.value.values)


def test_sizes_alone_never_tell_that_a_file_is_the_same() -> None:
    assert all("--checksum" in line for line in upload_commands(WebSpace.of(SSH), Path("site")))
    assert [
        ("--checksum" in line, "--size-only" in line) for line in upload_commands(WebSpace.of(SFTP), Path("site"))
    ] == [(False, False)] * 4


def test_the_real_rsync_puts_the_site_in_place_and_keeps_what_belongs_to_the_host(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not missing_tools(), missing_tools()
    ssh = tmp_path / "bin" / "ssh"  # runs here what it is asked to run there
    ssh.parent.mkdir()
    ssh.write_text('#!/bin/sh\nwhile [ "$1" != rsync ]; do shift; done\nexec "$@"\n', encoding="utf-8")
    ssh.chmod(0o755)
    monkeypatch.setenv("PATH", f"{ssh.parent}:{os.environ['PATH']}")
    there = tmp_path / "there"
    (there / ".well-known").mkdir(parents=True)
    (there / ".well-known" / "token").write_text("x", encoding="utf-8")
    (there / "gone.html").write_text("x", encoding="utf-8")
    upload(WebSpace.of(f"ssh://here{there}"), site, "abc")
    assert sorted(path.relative_to(there).as_posix() for path in there.rglob("*") if path.is_file()) == [
        ".htaccess", ".well-known/token", "_headers", "index.html", "publication.json", "site.js",
    ]  # fmt: skip
    (site / "index.html").write_text("other", encoding="utf-8")  # as long as before
    os.utime(site / "index.html", (1, 1))
    upload(WebSpace.of(f"ssh://here{there}"), site, "abd")
    assert (there / "index.html").read_text(encoding="utf-8") == "other"
    assert '"abd"' in (there / "publication.json").read_text(encoding="utf-8")
