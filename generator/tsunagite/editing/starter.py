"""A new site: what ``tsunagite init`` writes into an empty folder. The files stand in ``starter_files/``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tsunagite import __version__
from tsunagite.editing.city_facts import fact_files
from tsunagite.engine.program import PACKAGE
from tsunagite.errors import UsageError
from tsunagite.records.load.municipalities import PRACTICE, Municipality, area_id, of_code, of_name
from tsunagite.records.load.origin import FORMAT, ORIGIN_FILE, Origin, origin_text
from tsunagite.records.model.site import SiteSettings
from tsunagite.records.yaml.reader import dump
from tsunagite.records.yaml.staged_files import finish_interrupted, write_files

_FOLDER = Path(__file__).parent / "starter_files"
_COPIED = {
    "mkdocs.yml": "mkdocs.yml",
    ".gitignore": "gitignore",
    ".github/workflows/site.yml": "github.yml",
    ".github/workflows/inbox.yml": "inbox-github.yml",
    ".github/workflows/nightly.yml": "nightly-github.yml",
    ".gitlab-ci.yml": "gitlab.yml",
    "inbox/README.md": "inbox-README.md",
    ".vscode/settings.json": "vscode-settings.json",
    ".vscode/extensions.json": "vscode-extensions.json",
}
SCHEMAS = "schema"
"""The folder with the JSON Schemas by which an editor completes fields; ``tsunagite schema`` writes them anew with a site's own words."""
_OWN = {"content/about.md": "about.md"}
SAMPLE = "resources/clubs/sakura-taiso.yml"
SETTINGS = "resources/site.yml"
UNION = "union"
"""Id of the area of a union of municipalities (広域連合)."""
OVERDUE_AFTER_MONTHS = 12
"""What a new site begins with. Living sites have none until somebody writes it: nothing leaves their papers by an update."""
_SAMPLE_NOTICE = "これは見本のサイトです。"


@dataclass(frozen=True)
class Beginning:
    """What is known of a site when it begins. Everything but its name may be left for later."""

    municipality: Municipality | None = None
    name: str = "つなぎ手"
    site_url: str = ""
    correction_mail: str = ""
    licence: str = ""
    shared_guides: bool = True
    shared_troubles: bool = True
    union: str = ""
    """Name of the union (広域連合) whose members several municipalities are."""
    members: tuple[Municipality, ...] = ()
    """The municipalities of a union; empty for a site of one."""
    sample: bool = False
    """Whether the site gets an invented record to imitate, and says on every page that it is a sample."""


def municipality_of(written: str, prefecture: str = "") -> Municipality:
    """Return the municipality of a name or a code. Raises UsageError with what to write instead."""
    found = PRACTICE if written == PRACTICE.name else of_code(written) or of_name(written, prefecture)
    if found is None:
        raise UsageError(
            f"「{written}」という市区町村が、ひとつに決まりません。→ 「見本市」のように正式な名前で書くか、6けたの団体コードで書いてください。"
            "同じ名前の市があるときは --prefecture に都道府県も書いてください。"
        )
    return found


def members_of(written: Sequence[str], union: str, prefecture: str = "") -> tuple[Municipality, ...]:
    """Return the members of a union by names or codes. Raises UsageError for one that is not known or named twice, and without a name of the union."""
    members = tuple(municipality_of(one, prefecture) for one in written)
    if not union:
        raise UsageError(
            f"市区町村が{len(members)}つあります。→ 合わせた名前を --union に書いてください（例: --union 見本広域連合）。"
        )
    if twice := {one.name for one in members if members.count(one) > 1}:
        raise UsageError(f"同じ市区町村が二度書かれています（{'、'.join(sorted(twice))}）。→ 一つにしてください。")
    return members


def starter_text(name: str) -> str:
    """Return a file of a new site as it is written."""
    return (_FOLDER / name).read_text(encoding="utf-8")


def write_starter(folder: Path, beginning: Beginning | None = None) -> Iterator[Path]:
    """Write the files of a new site and yield their paths. Raises UsageError when one of them exists already."""
    beginning = beginning or Beginning()
    files = {**kept_files(beginning), **_own_files(beginning)}
    files[ORIGIN_FILE] = origin_text(Origin(__version__, FORMAT, kept_files(beginning)))
    finish_interrupted(folder)
    present = [name for name in files if (folder / name).exists()]
    if present:
        raise UsageError(f"{'、'.join(present)} がすでにあります。空のフォルダーで実行してください。")
    folder.mkdir(parents=True, exist_ok=True)
    write_files(folder, files)
    yield from (folder / name for name in files if Path(name).parent.name != SCHEMAS)
    yield folder / SCHEMAS


def kept_files(beginning: Beginning) -> dict[str, str]:
    """Return the files of a site that follow the program: ``tsunagite upgrade`` brings their later changes."""
    files = {name: starter_text(source) for name, source in _COPIED.items()}
    files["README.md"] = starter_text("README.md").replace(
        "{{ municipality }}", _name_of(beginning) or "わたしたちのまち"
    )
    pins = starter_text("requirements.txt").partition("\n")[2]  # the first line speaks to whoever writes the lock
    files["requirements.txt"] = (
        f"# tsunagite {__version__} が使う部品。版と中身（ハッシュ）を確かめて入れます。手で直しません（tsunagite upgrade が新しくします）。\n{pins}"
    )
    files["requirements-tsunagite.txt"] = (
        f"# このサイトを作るプログラム。部品（requirements.txt）を入れたあとで、--no-deps を付けて入れます。\ntsunagite=={__version__}\n"
    )
    return files


def _own_files(beginning: Beginning) -> dict[str, str]:
    """Return the files that belong to the site alone once they are written."""
    city = beginning.municipality
    files = {name: starter_text(source) for name, source in _OWN.items()}
    files[SETTINGS] = _settings(beginning)
    files |= fact_files()
    files |= {
        f"{SCHEMAS}/{path.name}": path.read_text(encoding="utf-8")
        for path in sorted((PACKAGE / "records" / "schema").glob("*.json"))
    }
    if city:
        files[f"resources/areas/{area_id(city)}.yml"] = dump(_area(city, area_id(city)))
    if beginning.members:
        ids = [area_id(member) for member in beginning.members]
        areas = [
            _area(member, key if ids.count(key) == 1 else f"{key}-{member.code}")
            for member, key in zip(beginning.members, ids, strict=True)
        ]
        whole = {"id": UNION, "name": beginning.union, "level": "市"}
        files[f"resources/areas/{UNION}.yml"] = dump(
            {"records": [whole, *({**area, "parent": UNION} for area in areas)]}
        )
    if beginning.sample:
        files[SAMPLE] = starter_text("sakura-taiso.yml")
    return files


def _name_of(beginning: Beginning) -> str:
    return beginning.union if beginning.members else beginning.municipality.name if beginning.municipality else ""


def _area(town: Municipality, identity: str) -> dict[str, Any]:
    return {"id": identity, "name": town.name, "name_kana": town.reading, "level": "市", "lg_code": town.code}


def _settings(beginning: Beginning) -> str:
    """Return resources/site.yml: every setting with what it is for; what nobody has decided yet stands there as a comment."""
    city = beginning.municipality
    prefectures = {one.prefecture for one in (*beginning.members, *([city] if city else []))}
    decided: Mapping[str, Any] = {
        "name": beginning.name,
        "municipality": _name_of(beginning),
        "prefecture": prefectures.pop() if len(prefectures) == 1 else "",
        "area": UNION if beginning.members else area_id(city) if city else "",
        "site_url": beginning.site_url,
        "correction_mail": beginning.correction_mail,
        "licence": beginning.licence,
        "demonstration": _SAMPLE_NOTICE if beginning.sample or city == PRACTICE else "",
        "overdue_after_months": OVERDUE_AFTER_MONTHS,
        "shared_guides": beginning.shared_guides,
        "shared_troubles": beginning.shared_troubles,
        "languages": ["ja", "easy", "en"],
    }
    blocks = ["# このサイトの設定。行の頭の # を消して値を書くと、その設定が使われます。\n"]
    blocks += (setting_block(name, decided.get(name)) for name in SiteSettings.model_fields)
    return "\n".join(blocks)


def setting_block(name: str, value: object = None) -> str:
    """Return the lines of one setting: what it is for, and its value, or a comment to begin with where nobody has decided."""
    field = SiteSettings.model_fields[name]
    examples = f"（例: {_one_line(field.examples[0])}）" if field.examples else ""
    about = f"# {field.title}：{field.description}{examples}\n"
    if value not in (None, ""):
        return about + dump({name: value})
    default = field.get_default(call_default_factory=True)
    return (
        f"{about}# {name}: {_one_line(SiteSettings().model_dump(mode='json')[name]) if default else ''}".rstrip() + "\n"
    )


def _one_line(value: object) -> str:
    """Return a value as it may be written behind its name on one line: a word as it is, anything else as JSON, which YAML reads."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
