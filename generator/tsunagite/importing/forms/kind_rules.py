"""KindRules: names that tell the kind of a place, and what is true of every place of that kind (``importing/forms/kinds.yml``)."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, Literal

from pydantic import Field

from tsunagite.records.model.base.fields import Part
from tsunagite.text.normalize import nfkc

_DIGITS = re.compile("[0-9]+")
_OFFICE_NUMBER = 10  # characters
_TRANSITIONAL = "5000"  # 0 from here on: an office under the rules of transition, no support centre


class KindRule(Part):
    """Names (regular expressions) that tell a kind, and what is true of every place of that kind."""

    names: tuple[str, ...] = Field(min_length=1)
    kind: str = ""
    """Empty where the names tell no kind: the warehouse of a school is no school."""
    needs: tuple[str, ...] = ()
    support_level: tuple[str, ...] = ("公助",)
    summary: str = ""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The names as one expression."""
        return re.compile("|".join(self.names))

    @property
    def values(self) -> dict[str, Any]:
        """The values of a record of this kind."""
        values: dict[str, Any] = {
            "kind": self.kind,
            "needs": list(self.needs),
            "support_level": list(self.support_level),
            "summary": self.summary,
        }
        return {key: value for key, value in values.items() if value}


class PublicRules(Part):
    """What proves that a place of an unknown kind is a public one."""

    kind: str
    names: str
    titles: tuple[str, ...]
    private: str

    def proves(self, name: str, owner: str, title: str) -> bool:
        """Tell whether a place is public: by its name, by the list that has public facilities only, by its owner (who publishes the list)."""
        plain = "".join(nfkc(name).split())
        if re.search(self.private, plain):
            return False
        owned = bool(owner) and owner[-1] in "都道府県市区町村" and plain.startswith(owner) and plain != owner
        return owned or any(word in title for word in self.titles) or bool(re.search(self.names, plain))


class KindRules(Part):
    """All rules of ``importing/forms/kinds.yml``. ``neutral`` is the kind of what no rule knows, by folder."""

    kinds: tuple[KindRule, ...]
    beside: str = "$^"
    """What stands behind the words of a kind in the name of something else (図書館前公園, 公民館跡)."""
    neutral: dict[str, str]
    public: PublicRules
    class_columns: tuple[str, ...]
    office_numbers: dict[str, str] = Field(default_factory=dict)
    """The kind that the third character of a number of an office under care insurance tells."""
    medical_numbers: dict[str, str] = Field(default_factory=dict)
    """The kind that such a character tells of hospitals and clinics, where the name ends as in ``medical_names``."""
    medical_names: str = ""
    service_names: str = ""
    """Names that say a service (beside a hospital or a home): the kind is that of the service, whatever the number."""

    poi_codes: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """POI codes (行政基本情報データ連携モデル 1015-6) that tell a kind, by the kind."""

    @cached_property
    def _kind_of_poi(self) -> dict[str, str]:
        return {code: kind for kind, codes in self.poi_codes.items() for code in codes}

    def of_poi(self, written: str) -> KindRule | None:
        """Return what the POI codes of a row tell; None where they tell no kind, or two of them."""
        codes = {code.zfill(4) for code in _DIGITS.findall(nfkc(written))}
        kinds = {self._kind_of_poi.get(code, "") for code in codes}
        return self.of_kind(kinds.pop()) if len(kinds) == 1 else None

    @cached_property
    def _of_services(self) -> re.Pattern[str]:
        return re.compile(self.service_names)

    @cached_property
    def _of_medicine(self) -> re.Pattern[str]:
        return re.compile(self.medical_names)

    def of(self, text: str) -> KindRule | None:
        """Return the first rule that knows a name or title."""
        plain = nfkc(text)
        return next((rule for rule in self.kinds if self._speaks_of(rule, plain)), None)

    @cached_property
    def _beside(self) -> re.Pattern[str]:
        return re.compile(self.beside)

    def _speaks_of(self, rule: KindRule, plain: str) -> bool:
        """Tell whether a rule's words name the place itself; words without a kind need not."""
        if not rule.kind:
            return rule.pattern.search(plain) is not None
        return any(not self._beside.match(plain, found.end()) for found in rule.pattern.finditer(plain))

    def of_kind(self, kind: str) -> KindRule | None:
        """Return the rule of a kind."""
        return next((rule for rule in self.kinds if kind and rule.kind == kind), None)

    def of_office(self, number: str, name: str) -> KindRule | Literal["unsure", "by service"]:
        """Return what an office's number (10 characters, care insurance) tells together with its name.

        Hospitals and clinics are taken to offer services they may not offer (みなし): their services tell no kind.
        """
        if len(number) != _OFFICE_NUMBER or (number[2] == "0" and number[5:9] >= _TRANSITIONAL):
            return "by service"
        of_number = self.office_numbers.get(number[2], "")
        if self._of_services.search(name) and (not of_number or of_number not in name):
            return "by service"  # 介護老人保健施設桜 通所リハビリテーション is a day centre
        if number[2] in self.medical_numbers:
            if not self._of_medicine.search(name):
                return "unsure"
            found = self.of(name)
            return (
                found
                if found and "病院・薬" in found.needs
                else self.of_kind(self.medical_numbers[number[2]]) or "unsure"
            )
        return self.of_kind(of_number) or "by service"

    def neutral_of(self, folder: str) -> str:
        """Return the neutral kind of a folder."""
        return self.neutral.get(folder, self.neutral["other"])
