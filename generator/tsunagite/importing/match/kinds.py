"""What kind of place a row speaks of: from the words of the city, the list's own rules, its name, its class and the list's title. Pure.

What nothing tells keeps a neutral kind, no need and no support level: nobody is sent to a place for what it may not do, and a
private place is not called public. The patterns stand in ``forms/kinds.yml``; ``named`` of a site's own ``vocabulary/kind.yml`` comes before everything.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from tsunagite.importing.draft import Draft, Reason, Repair
from tsunagite.importing.forms.kind_rules import KindRule, KindRules
from tsunagite.importing.mapping.fields import in_model_order
from tsunagite.records.model.base.vocabulary import Term, Vocabularies
from tsunagite.records.model.resource import Resource
from tsunagite.records.model.source import Source
from tsunagite.text.normalize import nfkc

_CARE = "care"  # the folder of lists under care insurance
_BY_SERVICE = "by service"
TOLD_BY_KIND = ("kind", "needs", "support_level", "summary", "fee")
"""Fields that a rule for one kind decides together: those of the list's constants speak of another kind."""


@dataclass(frozen=True)
class Kinds:
    """The rules with the vocabulary of the site."""

    rules: KindRules
    vocabularies: Vocabularies

    def judged(self, draft: Draft, source: Source) -> Draft:
        """Return the draft with its kind, and what is true of it: as the site names such places, as its list says, or by evidence."""
        if term := self._named(draft.name):
            return self._as_named(draft, term)
        told = self._of_office(draft, source)
        if "kind" in draft.data and told == _BY_SERVICE:
            return draft
        rule = self._by_evidence(draft, source) if told == _BY_SERVICE else told
        if isinstance(rule, KindRule) and rule.kind:
            return _with_note(draft, rule.values)
        neutral = self.rules.neutral_of(source.into)
        values: dict[str, Any] = {"kind": neutral}
        public = draft.data.get("support_level") == ["公助"] or self.rules.public.proves(
            draft.name, source.owner, source.name
        )
        if public and source.into not in self.rules.neutral:
            neutral = self.rules.public.kind
            values = {"kind": neutral, "support_level": ["公助"]}
        values |= {key: draft.data[key] for key in ("support_level", "summary") if key in draft.data}
        return replace(
            _with_note(draft, values), repairs=(*draft.repairs, Repair("kind", draft.name, neutral, Reason.KIND_UNSURE))
        )

    def folder_of(self, draft: Draft, source: Source) -> str:
        """Return the folder of a new record: that of its kind, where the row decided the kind; else that of the list."""
        if draft.data.get("kind") == source.constants.get("kind"):
            return source.into
        kinds = self.vocabularies["kind"]
        found = kinds.find(str(draft.data.get("kind")))
        return kinds[found].group if found else source.into

    def _named(self, name: str) -> Term | None:
        plain = nfkc(name)
        return next((term for term, words in self._of_the_site if any(word in plain for word in words)), None)

    @cached_property
    def _of_the_site(self) -> tuple[tuple[Term, tuple[str, ...]], ...]:
        return tuple((term, tuple(map(nfkc, term.named))) for term in self.vocabularies["kind"] if term.named)

    def _as_named(self, draft: Draft, term: Term) -> Draft:
        if self.vocabularies["kind"].find(str(draft.data.get("kind"))) == term.id:
            return draft
        rule = next((rule for rule in self.rules.kinds if self.vocabularies["kind"].find(rule.kind) == term.id), None)
        level = draft.data.get("support_level", ["公助"])
        return _with_note(draft, rule.values if rule and rule.needs else {"kind": term.label, "support_level": level})

    def _of_office(self, draft: Draft, source: Source) -> KindRule | str:
        if "kind" in source.constants or source.into != _CARE:  # a person has said it; other registers number otherwise
            return _BY_SERVICE
        number = str((draft.data.get("external_ids") or {}).get("事業所番号", ""))
        return self.rules.of_office(nfkc(number).upper(), nfkc(draft.name))

    def _by_evidence(self, draft: Draft, source: Source) -> KindRule | None:
        attributes = draft.data.get("attributes") or {}
        classes = [str(attributes[name]) for name in self.rules.class_columns if name in attributes]
        named = next((rule for text in (draft.name, *classes) if (rule := self.rules.of(text))), None)
        coded = self.rules.of_poi(draft.poi) if draft.poi else None
        if named and coded:  # the name and the code that the publisher chose must agree
            return named if named.kind == coded.kind else None
        return named or coded or self.rules.of(source.name.partition("（")[0].removesuffix("一覧"))


def _with_note(draft: Draft, values: dict[str, Any]) -> Draft:
    data = {key: value for key, value in draft.data.items() if key not in TOLD_BY_KIND}
    return replace(draft, data=in_model_order(data | values, Resource))


def is_unsure(draft: Draft) -> bool:
    """Tell whether nothing told the kind of a draft."""
    return any(repair.why is Reason.KIND_UNSURE for repair in draft.repairs)
