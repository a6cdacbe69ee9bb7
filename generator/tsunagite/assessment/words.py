"""Words for the numbers of the assessment: a share, a rate, a distance, and what is not known of them."""

from __future__ import annotations

from tsunagite.analysis.coverage import FAR, NEAR, SMALL, Answers, Coverage, Nearest, Reach
from tsunagite.analysis.population import Figure, People
from tsunagite.records.model.area import Area
from tsunagite.text.dates import japanese_date

UNKNOWN = "わからない"
NOT_NONE = "登録0件は、地域に0件という意味ではありません。まだ、ここに書かれていないのかもしれません。"
DEFINITIONS: tuple[tuple[str, str], ...] = (
    ("件数", "今日使える記録の数です。その地区に住所があるものと、その地区（または地区の中の町）を対象にしているものを、それぞれの地区で数えます。全域を対象にするものは、各地区の数に入れず、別に示します。設備（AED、トイレなど）は数えません。"),
    ("別に数えるもの", "見本・案（これからつくるもの）・休止中のものは、件数に入れません。終了したものと、公開していないものは、どこにも数えません。"),
    ("1,000人あたり", f"件数を、65歳以上の人1,000人あたりに直したものです。人口のわからない町が一つでもあれば、計算しません。65歳以上が{SMALL}人より少ない地域では、1件で大きく変わるので「※少人数」と書きます。"),
    (f"{NEAR}m・{FAR}m以内の人", f"いちばん近い記録まで、町の真ん中から地図の上の直線で{NEAR}m・{FAR}m以内にある町に住む、65歳以上の人の割合です。歩く道のりは、これより長くなります。広い町では、町の真ん中から離れた家があります。となりの市の資源は入っていません。"),
    ("距離に入れないもの", "場所が町までしかわからない記録、「訪問する」「電話」などの記録は、距離に入れません。訪問するサービスでも、記録が「場所がある」なら、事業所のある場所で計算しています。"),
    ("土日・夜", "土曜か日曜に開く日がある、または18時より後まで開いている、とわかっている件数です。"),
    ("無料・紹介なし", "費用が無料、紹介がいらない、とわかっている件数です。書かれていないものは「わからない」で、ないという意味ではありません。"),
    ("出さないもの", "虐待・暴力など、さがしたことを知られると危ない困りごとは、この表で数えません。"),
)  # fmt: skip
"""What each number means, as it stands below the tables and beside the data."""


def percent(share: float) -> str:
    """Return a share as a whole number of per cent; what is not all is never written as 100 %, what is not nothing never as 0 %."""
    rounded = round(share * 100)
    if 0 < share < 1 and rounded in (0, 100):
        return "1%未満" if rounded == 0 else "99%以上"
    return f"{rounded}%"


def rate_text(cell: Coverage) -> str:
    """Return the rate per 1,000 older people."""
    if cell.per_1000 is None:
        return UNKNOWN
    digits = 2 if 0 < cell.per_1000 < 0.095 else 1
    return f"{cell.per_1000:.{digits}f}件{'※少人数' if cell.is_small else ''}"


def reach_text(reach: Reach) -> str:
    """Return the share of older people within a distance, and of how many it is not known."""
    if reach.share is None:
        return UNKNOWN
    missing = [
        *([f"{reach.unknown:,}人は位置がわからない"] if reach.unknown else []),
        *([f"{reach.unknown_towns}町は人数がわからない"] if reach.unknown_towns else []),
    ]
    return percent(reach.share) + (f"（{'、'.join(missing)}）" if missing else "")


def answers_text(answers: Answers) -> str:
    """Return how many resources are known to have a quality, and how many nobody wrote it of."""
    total = answers.yes + answers.no + answers.unknown
    if not total:
        return "―"
    if answers.unknown == total:
        return UNKNOWN
    return f"{answers.yes}件" + (f"（不明{answers.unknown}件）" if answers.unknown else "")


def metres_text(metres: float) -> str:
    """Return a distance, rounded as roughly as the middle of a town is known."""
    return f"約{round(metres / 50) * 50:,}m" if metres < 1000 else f"約{metres / 1000:.1f}km"


def nearest_text(nearest: Nearest | None) -> str:
    """Return how far the nearest resource is, without its name; "" where no distance is known."""
    return f"{nearest.town.name}の真ん中から{metres_text(nearest.metres)}" if nearest else ""


def apart_text(cell: Coverage) -> str:
    """Return what is counted apart; "" where there is nothing."""
    parts = (("全域など", cell.wider), ("休止中", cell.paused), ("案", len(cell.ideas)), ("見本", cell.samples))
    return "、".join(f"{label}{count}" for label, count in parts if count)


def figure_text(figure: Figure, unit: str = "人") -> str:
    """Return a number of people, or what is known of it."""
    if figure.unknown_towns and not figure.count:
        return UNKNOWN
    note = f"（ほかに{figure.unknown_towns}町がわからない）" if figure.unknown_towns else ""
    return f"{figure.count:,}{unit}{note}"


def people_day(people: People) -> str:
    """Return the day on which people were counted; "" where nobody was."""
    if not people.first_day or not people.last_day:
        return ""
    last = japanese_date(people.last_day)
    return last if people.first_day == people.last_day else f"{japanese_date(people.first_day)}から{last}"


def area_name(area: Area) -> str:
    """Return the name of an area, of a district with 地区 at its end."""
    return f"{area.name}地区" if area.level == "district" and not area.name.endswith("地区") else area.name
