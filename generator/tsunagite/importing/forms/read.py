"""The forms of lists that come with the program (``tsunagite/importing/forms/``), each with the columns all of them share."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tsunagite.importing.forms.kind_rules import KindRules
from tsunagite.importing.forms.model import ListForm
from tsunagite.records.yaml.reader import read_file

FOLDER = Path(__file__).parent
COMMON = "common"
KINDS = "kinds"
LAYERS = "layer_columns"
OF_THEIR_OWN = ("hsds", "linkdata")  # forms that share no column with the standard data sets


@cache
def forms() -> tuple[ListForm, ...]:
    """Return the known forms in the order of their ids."""
    common = _read(FOLDER / f"{COMMON}.yml")
    files = sorted(path for path in FOLDER.glob("*.yml") if path.stem not in (COMMON, KINDS, LAYERS))
    return tuple(
        ListForm.model_validate(_with(_read(path), {} if path.stem in OF_THEIR_OWN else common)) for path in files
    )


@cache
def standard_columns() -> ListForm:
    """Return the columns that all lists of the standard share, as a form that no table has: a draft begins with them."""
    common = _read(FOLDER / f"{COMMON}.yml")
    return ListForm.model_validate({"id": COMMON, "name": COMMON, "signs": ["名称"], **common})


@cache
def kind_rules() -> KindRules:
    """Return the rules that tell the kind of a place from its name."""
    return KindRules.model_validate(_read(FOLDER / f"{KINDS}.yml"))


@cache
def layer_columns() -> Mapping[str, tuple[str, ...]]:
    """Return what tables of districts call their columns, by what they hold."""
    return {key: tuple(names) for key, names in _read(FOLDER / f"{LAYERS}.yml").items()}


def _read(path: Path) -> dict[str, Any]:
    value: dict[str, Any] = read_file(path, path.name).value
    return value


def _with(form: dict[str, Any], common: dict[str, Any]) -> dict[str, Any]:
    """Add the common columns to a form's own, which come first."""
    result = {"numbers": common.get("numbers", ()), **form}
    for key in ("columns", "aliases"):
        result[key] = {
            **form.get(key, {}),
            **{k: v for k, v in common.get(key, {}).items() if k not in form.get(key, {})},
        }
    result["ignore"] = [*form.get("ignore", ()), *common.get("ignore", ())]
    return result
