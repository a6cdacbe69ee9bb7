"""`tsunagite init`: what a new site knows of its municipality, and what it says where that is not clear."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tsunagite import __version__
from tsunagite.records.model.site import SiteSettings

Run = Callable[..., Any]


@pytest.mark.parametrize("written", ["松山市", "382019", "38201", "３８２０１９"])
def test_a_name_or_a_code_gives_the_prefecture_the_area_and_the_code(
    tmp_path: Path, tsunagite: Run, written: str
) -> None:
    assert (
        tsunagite(
            "init",
            tmp_path,
            "-m",
            written,
            "--mail",
            "kaigo@example.jp",
            "--site-url",
            "https://matsuyama.example/",
            "--licence",
            "CC BY 4.0",
        ).code
        == 0
    )
    settings = yaml.safe_load((tmp_path / "resources/site.yml").read_text(encoding="utf-8"))
    assert settings == {
        "name": "つなぎ手", "municipality": "松山市", "prefecture": "愛媛県", "area": "matsuyama", "site_url": "https://matsuyama.example/",
        "correction_mail": "kaigo@example.jp", "licence": "CC BY 4.0", "overdue_after_months": 12, "shared_guides": True, "shared_troubles": True,
        "languages": ["ja", "easy", "en"],
    }  # fmt: skip
    area = yaml.safe_load((tmp_path / "resources/areas/matsuyama.yml").read_text(encoding="utf-8"))
    assert area == {"id": "matsuyama", "name": "松山市", "name_kana": "まつやまし", "level": "市", "lg_code": "382019"}
    said = tsunagite("check", tmp_path, "--today", "2026-11-22")
    assert "まちがい 0、注意 0、お知らせ 10" in said.out, "one for each duty that nobody has filled"


@pytest.mark.parametrize(
    ("written", "prefecture", "area"),
    [("府中市", "東京都", "fuchu"), ("133825", "", "mikurajima"), ("千代田区", "", "chiyoda"), ("津市", "", "tsu")],
)
def test_towns_of_any_kind_begin(tmp_path: Path, tsunagite: Run, written: str, prefecture: str, area: str) -> None:
    assert tsunagite("init", tmp_path, "-m", written, "--prefecture", prefecture).code == 0
    assert (tmp_path / f"resources/areas/{area}.yml").is_file()
    assert tsunagite("check", tmp_path, "--today", "2026-11-22").code == 0


@pytest.mark.parametrize("written", ["府中市", "まつやま", "999999", "382018"])
def test_what_is_no_one_municipality_is_said_and_nothing_is_written(
    tmp_path: Path, tsunagite: Run, written: str
) -> None:
    said = tsunagite("init", tmp_path / "town", "-m", written)
    assert said.code == 2
    assert "ひとつに決まりません" in said.err
    assert not (tmp_path / "town").exists()


def test_every_setting_stands_in_the_file_with_what_it_is_for(tmp_path: Path, tsunagite: Run) -> None:
    tsunagite("init", tmp_path)
    text = (tmp_path / "resources/site.yml").read_text(encoding="utf-8")
    for name, field in SiteSettings.model_fields.items():
        assert f"# {field.title}：{field.description}" in text
        assert f"\n{name}:" in text or f"\n# {name}:" in text
    commented = yaml.safe_load(
        "".join(
            line.removeprefix("# ")
            for line in text.splitlines(keepends=True)
            if line.startswith("# ") and "：" not in line and "設定。" not in line
        )
    )
    defaults = SiteSettings().model_dump(mode="json")
    assert {name: value for name, value in commented.items() if value is not None and value != defaults[name]} == {}


def test_nothing_invented_is_in_a_new_site_unless_asked_for(tmp_path: Path, tsunagite: Run) -> None:
    tsunagite("init", tmp_path / "real", "-m", "松山市")
    assert not list((tmp_path / "real").rglob("sakura*"))
    assert "見本のサイト" not in (tmp_path / "real/resources/site.yml").read_text(encoding="utf-8")
    assert (
        (tmp_path / "real/requirements-tsunagite.txt")
        .read_text(encoding="utf-8")
        .endswith(f"\ntsunagite=={__version__}\n")
    )
    tsunagite("init", tmp_path / "sample", "-m", "松山市", "--sample")
    assert "sample: true" in (tmp_path / "sample/resources/clubs/sakura-taiso.yml").read_text(encoding="utf-8")


def test_the_workflows_run_the_commands_of_this_program_and_use_the_pinned_actions_of_this_repository(
    tmp_path: Path, tsunagite: Run
) -> None:
    tsunagite("init", tmp_path, "-m", "松山市", "--no-guides")
    ours = "".join(
        path.read_text(encoding="utf-8") for path in (Path(__file__).parents[2] / ".github/workflows").glob("*.yml")
    )
    workflow = yaml.safe_load((tmp_path / ".github/workflows/site.yml").read_text(encoding="utf-8"))
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    runs = [step["run"] for step in steps if "run" in step]
    assert [run.split(" --")[0] for run in runs] == [
        "pip install", "tsunagite ci diff", "tsunagite check", "tsunagite build", "tsunagite ci pictures", "tsunagite ci publish", 'gh pr comment "$NUMBER"',
    ]  # fmt: skip
    assert {job: what.get("permissions") for job, what in workflow["jobs"].items()} == {
        "build": None, "comment": {"pull-requests": "write"}, "deploy": {"pages": "write", "id-token": "write"},
    }  # fmt: skip
    assert "github.event.pull_request.head.repo.full_name == github.repository" in workflow["jobs"]["comment"]["if"]
    assert "pull_request_target" not in str(workflow)
    assert all(step["uses"] in ours for step in steps if "uses" in step)
    gitlab = yaml.safe_load((tmp_path / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    commands = gitlab["pages"]["script"][:2]
    assert commands == gitlab["proposal"]["script"][1:3] == ["tsunagite check", "tsunagite build --site-dir public"]
    assert gitlab["pages"]["script"][2] == 'tsunagite ci publish --site public --branch "$CI_COMMIT_BRANCH"'
    for command in ("tsunagite check --format github", "tsunagite build", *commands):
        verb, *options = command.replace("public", str(tmp_path / "public")).split()[1:]
        assert tsunagite(verb, tmp_path, *options, "--today", "2026-11-22").code == 0, command
    assert (tmp_path / "public/index.html").is_file()
