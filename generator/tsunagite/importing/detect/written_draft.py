"""The description of a table of no known form as a draft in YAML: what the standard's columns say, guesses with samples beside them. Pure."""

from __future__ import annotations

from typing import Any

from tsunagite.importing.detect.ids import id_rule
from tsunagite.importing.detect.recognise import (
    PERSON,
    Recognised,
    address_in_parts,
    guess_columns,
    is_used,
    number_rule,
)
from tsunagite.importing.mapping.table import ROW
from tsunagite.records.yaml.reader import dump

_UNSURE_KIND = "種類を確認していない所"


def write_draft(head: dict[str, Any], near: Recognised, into: str, kind: str) -> str:
    """Return the text of a description for a person to correct. ``near`` are the columns that a form, or the standard, knows.

    Every line that asks for a decision ends in a comment; the others hold as they stand where the list has standard columns.
    """
    table, form = near.table, near.form
    lines = [
        "# 読み方の下書きです。「:」の右（欄の名前）を確かめ、使わない列は ignore に移してください。",
        dump(head).rstrip(),
    ]
    lines += [dump({"sheet": table.sheet}).rstrip()] if table.sheet else []
    lines += [f"header_row: {table.header_row}"] if table.header_row > 1 else []
    lines += [f"into: {into or form.into or 'places'}  # 保存先のフォルダー"]
    known = {header: form.columns[name] for header, name in near.known.items()}
    empty = {header for header in known if not is_used(table, header)}
    if not any(target == "location.address" and header not in empty for header, target in known.items()) and (
        parts := address_in_parts(table)
    ):
        known = {header: target for header, target in known.items() if target != "location.address"} | parts
    guessed = list(guess_columns(table, known))
    columns = {header: target for header, target, _ in guessed}
    rule = id_rule(table, head["id"], {"id_rule": number_rule(table, form), "columns": columns})
    hint = "行ごとにちがう値の列。なければ「行」" if rule["number"] == ROW else "行ごとにちがう値の列"
    lines += [
        "id_rule:",
        *(
            f"  {dump({key: value}).rstrip()}" + (f"  # {hint}" if key == "number" else "")
            for key, value in rule.items()
        ),
        "columns:",
    ]
    left: list[tuple[str, str]] = []
    unknown: list[str] = []
    for header, target, samples in guessed:
        shown = _comment(" ／ ".join(samples) or "（すべて空）")
        if target == PERSON:
            left.append((header, "個人の名前がありそうな列"))
        elif header in known or target:
            lines.append(f"  {dump({header: target}).rstrip()}  # 例: {shown}")
        elif header in near.unknown:
            unknown.append(f"  {dump({header: f'attributes.{header[:60]}'}).rstrip()}  # 例: {shown}")
        else:
            left.append((header, ""))
    lines += unknown
    lines += (
        ["ignore:", *(f"  - {dump([header])[2:].rstrip()}" + (f"  # {why}" if why else "") for header, why in left)]
        if left
        else []
    )
    shown_kind = f"  kind: {kind}" if kind else f"  # kind: {_UNSURE_KIND}"
    lines += ["constants:", f"{shown_kind}  # 種類（書かなければ、名前から決まるものだけ決めます）"]
    lines += [
        "  # needs: [居場所・仲間]  # どんな困りごとに役立つか（たしかなときだけ）",
        f"  {'' if kind else '# '}support_level: [互助]  # 自助・互助・共助・公助（種類を書くときは、これも）",
        "  summary: 一覧にのっている所。  # 決め手になる一文",
    ]
    return "\n".join(lines) + "\n"


def _comment(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:100]
