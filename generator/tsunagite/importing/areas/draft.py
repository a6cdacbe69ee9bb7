"""The description of a municipality's areas, drafted from public tables of towns alone: what ``tsunagite areas build`` begins with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tsunagite.errors import UsageError
from tsunagite.importing.tables.list_file import list_table
from tsunagite.records.load.tree import RawTree
from tsunagite.records.yaml.reader import dump
from tsunagite.records.yaml.staged_files import write_files

FOLDER = "resources/areas"
MACHIAZA_SIGN = "町字id"
UNKNOWN_LICENCE = "（利用条件を確かめてください）"
_HEAD = "# {municipality}の地区と町字を作るもとになる一覧。書き足したら `tsunagite areas build {path}` をもう一度実行します。\n# 避難所の一覧（shelters）と地区（districts）を書くと、町字の地区（目安）も決まります。\n"
_CREDITS = {"towns": "Geolonia 住所データ（国土交通省 位置参照情報をもとに作られたもの）を加工", "machiaza": "アドレス・ベース・レジストリ（デジタル庁）を加工"}
_LICENCES = {"towns": "CC BY 4.0", "machiaza": UNKNOWN_LICENCE}


@dataclass(frozen=True)
class MunicipalityDraft:
    """What a person says of a municipality beside its tables; "" = as the site says. ``slug`` is the id of its area."""

    prefecture: str = ""
    name: str = ""
    slug: str = ""
    lg_code: str = ""


def write_area_draft(root: Path, files: list[Path], said: MunicipalityDraft, tree: RawTree) -> Path:
    """Write the description of a municipality whose tables of towns are given, with copies of them; return where it stands.

    The area of the municipality is written too where the site has none. Raises UsageError, with nothing written, where
    something is not said, a file is neither of the two tables, or the description stands already.
    """
    settings = tree.settings.data if tree.settings and isinstance(tree.settings.data, dict) else {}
    told = {"--prefecture": said.prefecture or str(settings.get("prefecture") or ""), "--municipality": said.name or str(settings.get("municipality") or ""),
            "--city": said.slug or str(settings.get("area") or "")}  # fmt: skip
    missing = [option for option, value in told.items() if not value]
    if missing:
        raise UsageError(f"どの市町村か、わかりません。→ {'・'.join(missing)} を書くか、resources/site.yml に prefecture・municipality・area を書いてください。")
    prefecture, name, slug = told.values()
    path = f"{FOLDER}/sources/{slug}.yml"
    if (root / path).exists():
        raise UsageError(f"{path} がすでにあります。→ tsunagite areas build {path} とすると、その説明から作ります。")
    tables = {_sort_of(file): file for file in files}
    if "towns" not in tables:
        raise UsageError("町丁目の表（town・koaza・lat・lng の JSON）がありません。→ 町字マスター（csv）といっしょに書いてください。")
    described = {
        sort: {"file": f"../files/{tables[sort].name}", "licence": _LICENCES[sort], "credit": _CREDITS[sort]}
        for sort in ("towns", "machiaza") if sort in tables
    }  # fmt: skip
    text = dump({"id": slug, "prefecture": prefecture, "municipality": name, "city": slug, **described})
    written: dict[str, str | bytes | None] = {path: _HEAD.format(municipality=name, path=path) + text}
    written |= {f"{FOLDER}/files/{file.name}": file.read_bytes() for file in tables.values()}
    if not any(raw.sort == "area" and isinstance(raw.data, dict) and raw.data.get("id") == slug for raw in tree.records):
        city = {"id": slug, "name": name, "level": "市", **({"lg_code": said.lg_code} if said.lg_code else {})}
        written[f"{FOLDER}/{slug}.yml"] = dump(city)
    write_files(root, written)
    return root / path


def _sort_of(path: Path) -> str:
    """Tell which of the two public tables a file is. Raises UsageError for any other."""
    if path.is_symlink() or not path.is_file():
        raise UsageError(f"{path}: このファイルがありません（リンクはたどりません）。→ ファイルの場所を確かめてください。")
    table, _ = list_table(path, path.name)
    header = {cell.strip() for cell in table.header} if table else set()
    if {"town", "lat", "lng"} <= header:
        return "towns"
    if MACHIAZA_SIGN in header:
        return "machiaza"
    raise UsageError(f"{path}: 町丁目の表（JSON）でも、町字マスター（csv）でもありません。→ README の「areas build」を見て、表を選び直してください。")
