"""Texts that tell of a private person: a name in the place of a role, a home. ``check`` refuses them, an import leaves them out. Pure."""

from __future__ import annotations

import re

from tsunagite.text.normalize import nfkc
from tsunagite.text.person_names import is_full_name, names_with_title, person_names
from tsunagite.text.phones import mobile_numbers_in

# A family and a given name with a blank between them, or a name with 様, さん, 氏. "地域福祉課 係長" has an office word.
_FULL_NAME = re.compile(r"^[一-龥々]{1,3}[ 　][一-龥々ぁ-んァ-ヶ]{1,4}$")
_HONORIFIC = re.compile(r"[一-龥々]{1,4}(?:様|さん|氏)(?:$|[（(、,\s])")
_MANY = re.compile(r"(?:皆|お客|利用者|患者|住民|民生委員|本人|家族)(?:様|さん)")
_OFFICE = re.compile(r"[課係部室局所会院店社委員]|センター|担当|窓口|事務|協議|支所|本所|保健|相談|総務|福祉|代表|受付")
# 住宅, 社宅 and 三宅 are no private homes; 枚方 is a town, and who lives in somebody's home (鈴木方) stands behind a house number.
_HOME = re.compile(
    r"自宅|[一-龥々]{1,4}(?:(?<![住社官邸公三])宅|様方)$|(?:^|[\s\d０-９号地])[一-龥々]{1,4}(?<![地夕])方$"
)
_HOME_OF = re.compile(
    r"(?:会長|代表者?|世話人|世話役|班長|組長|民生委員|講師|主宰者?)(?:さん)?の?(?:ご?自宅|お?宅|家(?![一-龥]))"
)
_WHO = re.compile(
    r"氏名|代表|管理者|責任者|院長|園長|施設長|会長|開設者|設置|担当者|講師|運営|団体|所有|事業者|営業者|経営"
)
"""Headings under which a family and a given name, and nothing else, are those of a person."""
_OF_PERSONS = re.compile(
    r"氏名|代表者|(?:園長|院長|校長|所長|館長|施設長|理事長|会長|世話人|民生委員|担当者|責任者|講師|医師|薬剤師)の?(?:名前?)?$"
    r"|representative",
    re.IGNORECASE,
)


def is_persons_column(header: str) -> bool:
    """Tell whether a column of a list holds nothing but persons by its heading: 管理者氏名, 代表者; 設置者 and 団体名 do not."""
    return bool(_OF_PERSONS.search(nfkc(header)))


def names_a_person(text: str) -> bool:
    """Tell whether a text in the place of a role or a department names a person."""
    if _HONORIFIC.search(text) and not _MANY.search(text):
        return True
    return bool(_FULL_NAME.fullmatch(text)) and not _OFFICE.search(text)


def person_named_in(text: str, town: str, heading: str = "") -> str:
    """Return the first name of a person that a sentence, or the value of an attribute (its ``heading``), seems to hold; "" without any."""
    found = person_names(text, town) or names_with_title(text)
    if not found and heading and _WHO.search(heading) and is_full_name(text):
        return text
    return found[0] if found else ""


def home_in_address(text: str) -> bool:
    """Tell whether an address, or a building, is somebody's home."""
    return bool(_HOME.search(text))


def home_named_in(text: str) -> str:
    """Return the words by which a sentence leads to somebody's home, "" without any."""
    match = _HOME_OF.search(text)
    return match[0] if match else ""


def private_in(text: str, town: str, heading: str = "", *, is_role: bool = False) -> str:
    """Return what in a text of a published list is a private person's: a name, a mobile number, the way to a home; "" without any.

    ``is_role``: the text stands in the place of a role or a department.
    """
    if is_role and names_a_person(text):
        return text
    return person_named_in(text, town, heading) or home_named_in(text) or next(iter(mobile_numbers_in(text)), "")
