"""The vocabularies of a site: the built-in terms with the site's own laid over them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from tsunagite.findings import Finding, SourceLocation, error, warning
from tsunagite.records.load import suggested_readings, suggested_words
from tsunagite.records.load.tree import BUILT_IN, RawRecord, RawTree, read_built_in_vocabulary
from tsunagite.records.model.base.problems import validate
from tsunagite.records.model.base.vocabulary import NAMES, Term, Vocabularies, Vocabulary

# Terms that models and rules speak of by id; everything else a site may hide.
NEEDED = {
    "hotline": ("fire_ambulance", "police"),
    "stage": ("existing",),
    "status": ("open", "closed", "declined"),
    "visibility": ("public", "print_only", "no_opendata"),
    "location_type": ("physical", "phone", "online"),
    "verify_method": ("unverified",),
    "organization_type": ("other",),
    "paper_audience": ("residents",),
    "paper_layout": ("leaflet", "three_fold", "booklet", "fridge_card", "need_sheet", "window_sheet", "poster"),
}
ICONS = Path(__file__).parents[2] / "assets" / "icons"
Merged = dict[str, list[tuple[dict[str, Any], SourceLocation]]]


def vocabularies_of(tree: RawTree) -> tuple[Vocabularies, list[Finding]]:
    """Merge the built-in terms with the site's own: the same id overrides field by field, a new one is added."""
    findings: list[Finding] = []
    result: dict[str, Vocabulary] = {}
    for name, raw_terms in sorted(tree.vocabulary.items()):
        if name in (suggested_words.NAME, suggested_readings.NAME):
            continue
        if name not in NAMES:
            place = raw_terms[0].place if raw_terms else SourceLocation(f"resources/vocabulary/{name}.yml")
            findings.append(error("F107", SourceLocation(place.file), name=name, known="、".join(NAMES)))
            continue
        groups = tree.vocabulary["kind_group"] if name == "kind" else ()
        own = any(term.place.file != f"{BUILT_IN}{name}.yml" for term in raw_terms) or any(
            not term.place.file.startswith(BUILT_IN) for term in groups
        )
        result[name], found = _vocabulary(name, raw_terms, groups) if own else _built_in(name)
        findings += found
    if proposed := tree.vocabulary.get(suggested_words.NAME):
        result["synonyms"], found = suggested_words.with_accepted(result, proposed)
        findings += found
    return result, findings


def _vocabulary(
    name: str, raw_terms: Sequence[RawRecord], groups: Sequence[RawRecord]
) -> tuple[Vocabulary, list[Finding]]:
    """Return a vocabulary and what is wrong with it. ``groups``: the raw terms of kind_group, where the vocabulary is kind."""
    findings: list[Finding] = []
    terms = _terms(raw_terms, findings)
    if groups:
        terms = _with_groups(terms, _terms(groups, []), findings)
    findings += [unknown_icon(term.icon, place) for term, place in terms if not has_icon(term.icon)]
    return Vocabulary.of(name, [_keep_needed(name, term, place, findings) for term, place in terms]), findings


@cache
def _built_in(name: str) -> tuple[Vocabulary, list[Finding]]:
    """Return a vocabulary to which no site has added anything, made once in a process."""
    tree = RawTree(Path())
    read_built_in_vocabulary(tree)
    return _vocabulary(name, tree.vocabulary[name], tree.vocabulary["kind_group"] if name == "kind" else ())


def has_icon(name: str) -> bool:
    """Tell whether an icon is in the set, or none is named. Where the set was not fetched, every name is as good as another."""
    return (
        not name
        or not ICONS.is_dir()
        or (name.isascii() and name.replace("-", "").isalnum() and (ICONS / f"{name}.svg").is_file())
    )


def unknown_icon(name: str, place: SourceLocation) -> Finding:
    """Return the finding about an icon that the set does not have: a plain one is shown instead."""
    return warning("F112", place.at("icon"), written=name)


def built_in_vocabularies() -> Vocabularies:
    """Return the vocabularies that come with the program, without any site's changes."""
    tree = RawTree(Path())
    read_built_in_vocabulary(tree)
    return vocabularies_of(tree)[0]


def _terms(raw_terms: Sequence[RawRecord], findings: list[Finding]) -> list[tuple[Term, SourceLocation]]:
    """Return the valid terms. Where a site's change makes a built-in term invalid, the built-in one stays."""
    terms = []
    for versions in _merge_terms(raw_terms, findings).values():
        for data, place in reversed(versions):
            term, found = validate(Term, data, place, {})
            findings.extend(found)
            if term is not None:
                terms.append((term, place))
                break
    return terms


def _merge_terms(raw_terms: Sequence[RawRecord], findings: list[Finding]) -> Merged:
    """Return all versions of every term, each laid over the one before."""
    versions: Merged = {}
    counts = Counter((raw.place.file, str(raw.data.get("id"))) for raw in raw_terms if isinstance(raw.data, dict))
    for raw in raw_terms:
        if not isinstance(raw.data, dict):
            findings.append(error("F102", raw.place))
            continue
        key = str(raw.data.get("id"))
        if counts[raw.place.file, key] > 1:
            findings.append(error("R101", raw.place.at("id"), id=key, count=counts[raw.place.file, key], others=""))
        known = versions.setdefault(key, [])
        known.append(({**(known[-1][0] if known else {}), **raw.data}, raw.place))
    return versions


def _with_groups(
    kinds: list[tuple[Term, SourceLocation]], groups: list[tuple[Term, SourceLocation]], findings: list[Finding]
) -> list[tuple[Term, SourceLocation]]:
    """Report kinds whose group is not there, and lend them one so that the other rules can go on."""
    known = Vocabulary.of("kind_group", [group for group, _ in groups])
    result = []
    for kind, place in kinds:
        if kind.group in known.terms:
            result.append((kind, place))
            continue
        ids = "、".join(known.terms)
        findings.append(error("F109", place.at("group"), label=kind.label, written=kind.group, known=ids))
        result.append((kind.model_copy(update={"group": next(iter(known.terms), "")}), place))
    return result


def _keep_needed(name: str, term: Term, place: SourceLocation, findings: list[Finding]) -> Term:
    """Return the term, shown again (and reported) where it is hidden though the program needs it."""
    if not term.hidden or term.id not in NEEDED.get(name, ()):
        return term
    findings.append(error("F108", place.at("hidden"), name=name, label=term.label))
    return term.model_copy(update={"hidden": False})
