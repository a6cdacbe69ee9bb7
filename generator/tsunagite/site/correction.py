"""「まちがいを知らせる」「今も正しい」: links that tell the office which record is meant and what is wrong with it.

A link holds the id of the record, the address of its page and one word about what is wrong: nothing about who presses it. The page
itself calls no other host; whoever presses a link does.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from tsunagite.records.model.site import SiteSettings
from tsunagite.text import phones

WRONG = ("電話番号", "曜日・時間", "終わった・休んでいる", "場所", "そのほか")
STILL_RIGHT = "今も正しい"


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """The ways to tell the office. ``links`` are (what is wrong, address); ``plain`` is a form that nothing can be filled into."""

    links: tuple[tuple[str, str], ...] = ()
    confirm: str = ""
    plain: str = ""
    phone: str = ""
    phone_href: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether the settings name nobody to tell."""
        return not (self.links or self.plain or self.phone)


def correction_of(settings: SiteSettings, record_id: str, path: str) -> CorrectionView:
    """Return the ways to report on one record, whose page lies at ``path``: the prefilled form, else mail, and the telephone."""
    page = settings.address_of(path) or path

    def address(what: str) -> str:
        if settings.correction_form:
            return _filled(settings.correction_form, {"id": record_id, "page": page, "what": what})
        subject, body = f"{what}：{record_id}", f"記録：{record_id}\nページ：{page}\n内容：{what}\n\n正しくは：\n"
        return f"mailto:{settings.correction_mail}?subject={quote(subject, safe='')}&body={quote(body, safe='')}"

    number = phones.plain_phone(settings.correction_phone)
    href = phones.tel_href(number) if number and not phones.is_sample(number) else ""
    if not settings.correction_form and not settings.correction_mail:
        return CorrectionView(plain=settings.correction_url or "", phone=number, phone_href=href)
    plain = "" if settings.correction_form else settings.correction_url or ""
    return CorrectionView(tuple((what, address(what)) for what in WRONG), address(STILL_RIGHT), plain, number, href)


def _filled(template: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        template = template.replace("{" + name + "}", quote(value, safe=""))
    return template
