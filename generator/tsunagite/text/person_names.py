"""Names of persons inside Japanese text, found by common surnames and the words beside them.

A surname alone says nothing: most are names of towns, rivers and shops as well (田中町, 山田川, 佐藤内科). So a surname counts where a
word beside it makes it a person's: a title (さん, 先生), a role (会長, 担当), or a given name. What is found is likely, never certain.
"""

from __future__ import annotations

import re

from tsunagite.text.case_free import PATTERNS as PATTERNS_OF_CASES
from tsunagite.text.normalize import nfkc

_SURNAMES = """
    佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 林 斎藤 清水 山崎 森 池田 橋本 阿部 石川 山下 中島 石井 小川
    前田 岡田 長谷川 藤田 後藤 近藤 村上 遠藤 青木 坂本 斉藤 福田 太田 西村 藤井 金子 岡本 藤原 中野 三浦 原田 中川 松田 竹内 小野 田村 中山 和田 石田 森田
    上田 原 内田 柴田 酒井 宮崎 横山 高木 安藤 宮本 大野 小島 谷口 工藤 今井 高田 増田 丸山 杉山 村田 大塚 新井 小山 平野 藤本 河野 上野 武田 野口 松井
    千葉 菅原 岩崎 久保 木下 佐野 野村 松尾 市川 菊地 杉本 古川 大西 島田 水野 桜井 高野 渡部 吉川 山内 西田 飯田 菊池 西川 小松 北村 安田 五十嵐 川口 平田
    関 中田 久保田 東 服部 川崎 岩田 土屋 福島 本田 辻 樋口 秋山 田口 永井 中西 吉村 川上 石原 大橋 松岡 馬場 浅野 荒木 大久保 野田 小沢 田辺 川村 星野
    黒田 堀 尾崎 望月 永田 熊谷 内藤 松村 西山 大谷 平井 大島 岩本 片山 本間 早川 横田 岡崎 荒井 大石 鎌田 成田 宮田 小田 石橋 篠原 須藤 河合 萩原 高山
    大沢 小西 栗原 松原 伊東 三宅 福井 大森 奥村 岡 内山 片岡 松永 桑原 関口 北川 奥田 富田 古賀 八木 吉岡 上原 今村 沢田 西 中沢 土井 小池 平山 堀内 本多
    松浦 村井 河村 森本 坂口 牧野 柳田 矢野 児玉 小泉 川島 青山 白石 千田 川田 大川 根本 飯塚 堀江 田島 大山 小原 神田 岩井 星 三好 杉浦 天野 水谷 戸田
    榎本 稲垣 竹田 宮川 西尾 滝沢 長田 長野 大平 村山 坂井 永野 塚本 小倉 山中 津田 高井 秋元 松下 渡邉 渡邊 齋藤 齊藤 高島 相馬 真鍋 植田 石塚 北野 浜田
    木内 野崎 川端 吉野 荻野 小笠原 広瀬 堀田 藤川 多田 岸本 角田 今野 竹中 足立 浅井 大木 三木 松崎 中谷 相沢 黒川 大田 新田 高松 下田 森山 宇野 細川 金田
    小谷 須田 大内 川原 桜田 寺田 田代 中尾 山根 長尾 野中 森下 村松 高瀬 高畑 十河 植村 香川 岡村 山岡 谷 井口 浜口 日下 臼井 向井 大場 落合 米田 石黒
    大竹 藤沢 坂田 榊原 広田 石崎 三上 稲葉 青柳 堤 須賀 笠原 平川 金井 中井 根岸 板倉 梶原 松山 吉本 徳永 杉田 三谷 川本 岩瀬 岡部 吉原 奥野 山村 中原
    尾形 田原 小森 武井 梅田 畑中 藤村 宮下 岩下 有馬 今泉 大城 比嘉 金城 宮城 山川 玉城 島袋 上村 黒木 甲斐 日高 長友 児島 城戸 江口 古田 関根 飯島 栗田
    大槻 佐伯 井川 秋田 黒沢 石渡 戸塚 神谷 鬼頭 加納 堀川 畠山 三田 伊勢 小野寺 及川 鹿島 阿久津
"""
SURNAMES = frozenset(_SURNAMES.split())
"""About 400 of the most common surnames. Written by hand; SudachiDict (Apache-2.0) knows each as 人名,姓."""
_TITLE = r"(?:さん(?![ぽまかさろご])|様(?![々式相子]|方)|氏(?![名子])|くん|君|ちゃん|先生)"
_ROLES = (
    r"(?:会長|副会長|代表者?|世話人|世話役|民生委員|児童委員|担当者?|責任者|管理者|施設長|園長|院長|所長|館長|店長|部長|課長|係長|主任|講師|"
    r"理事長?|事務局長?|相談員|連絡先|申込先|問合せ先?|問い合わせ先?|氏名|お名前)"
)
_PLACE = "第町市区村郡県駅校店院会社寺宮園所館課係室部局窓口橋川通東西南北線号丁番階棟前後内外他地域台丘浜港島道荘家歯科医薬局湯塾教亭屋堂組団"
"""The kanji of places, schools, shops and clinics, that begin no given name."""
_GIVEN_END = (
    "子美江恵代枝男雄夫郎朗一二三介助輔也哉太平司治次志史明弘博正和人之樹香奈菜織里穂花華葉音乃希紀貴輝誠徹剛健翔翼修隆茂勝実稔豊進義孝幸"
    "光浩広裕昭勇聡悟薫忍純潤亮蓮陽悠真愛結咲彩綾梨莉沙紗佳果喜栄英秀俊敏利信伸彦久寿哲章彰晃昌政雅宏洋祐佑康靖泰"
)
_ALONE = "誠徹剛健翔翼修隆茂勝稔豊孝浩聡悟薫忍純潤亮蓮明弘博"
"""The kanji that are given names by themselves, and hardly the last letter of anything else."""
_AFTER = r"(?![一-龥々ァ-ヶーA-Za-z])"
_GIVEN = rf"(?![一-龥々]?[{_PLACE}])[一-龥々]{{0,2}}[{_GIVEN_END}]"
_RUN = re.compile(r"[一-龥々]+")
_ROLE = re.compile(_ROLES)
_ROLE_BEFORE = re.compile(rf"{_ROLES}[:はの/、 (]{{0,2}}$")
_TITLED_AFTER = re.compile(rf"(?:[一-龥]{{1,3}}| [一-龥ぁ-ん]{{1,4}})?{_TITLE}")
_ROLE_AFTER = re.compile(
    r" ?(?:会長|副会長|代表|世話人|民生委員|施設長|園長|院長|所長|館長|店長|部長|課長|係長|主任|講師|理事|事務局長|ケアマネ|相談員|保健師|看護師)"
)
_ENDS = re.compile(r"(?: ?[一-龥]{1,3}| [ぁ-ん]{2,4})?(?=[ 、。,.)(/;:]|[はがにへをもと](?![一-龥])|まで|です|宛|$)")
_GIVEN_APART = re.compile(rf" (?:{_GIVEN}|[ぁ-ん]{{2,4}}(?![ぁ-ん])){_AFTER}")
_GIVEN_JOINED = re.compile(rf"(?:(?![一-龥々]?[{_PLACE}])[一-龥々]{{1,2}}[{_GIVEN_END}]|[{_ALONE}]){_AFTER}")
_WHOLE = re.compile(r"[一-龥々]{1,4} [一-龥々ぁ-んァ-ヶー]{1,4}")
_OFFICE = re.compile(r"[課係部室局所会院店社園校組]|法人|センター|担当|窓口|代表|なし|不明")
NOBODY = frozenset({"遍路さん", "園児さん", "観光客さん"})
_TITLED = re.compile(PATTERNS_OF_CASES[0][1])
_COMPANY = re.compile(r"会社|法人|組合")
"""What a firm's name begins with: 有限会社さんわ is nobody's title."""
CARRIERS = frozenset({
    "docomo.ne.jp", "ezweb.ne.jp", "au.com", "softbank.ne.jp", "i.softbank.jp", "vodafone.ne.jp", "disney.ne.jp", "ymobile.ne.jp", "y-mobile.ne.jp", "ymobile1.ne.jp",
    "willcom.com", "pdx.ne.jp", "uqmobile.jp", "rakumail.jp",
})  # fmt: skip
"""Mail that comes with a contract of a mobile telephone."""
FREE = frozenset(
    {
        "gmail.com",
        "googlemail.com",
        "yahoo.co.jp",
        "ymail.ne.jp",
        "icloud.com",
        "me.com",
        "outlook.com",
        "outlook.jp",
        "hotmail.com",
        "hotmail.co.jp",
        "live.jp",
    }
)
"""Mail that anybody gets for nothing: groups use it as well as persons."""
_ROMAN = """
    sato satoh satou suzuki takahashi tanaka ito itoh itou watanabe yamamoto nakamura kobayashi kato katoh katou yoshida yamada sasaki yamaguchi
    matsumoto inoue kimura hayashi saito saitoh saitou shimizu yamazaki yamasaki mori ikeda hashimoto abe ishikawa yamashita nakajima nakashima ishii
    ogawa maeda okada hasegawa fujita goto gotoh gotou kondo kondoh kondou murakami endo endoh endou aoki sakamoto fukuda ota ohta oota nishimura fujii
    kaneko okamoto fujiwara nakano miura harada nakagawa matsuda takeuchi ono tamura nakayama wada ishida morita ueda hara uchida shibata sakai miyazaki
    yokoyama takagi ando andoh andou miyamoto ohno oono kojima taniguchi kudo kudou imai takada masuda maruyama sugiyama murata otsuka ohtsuka arai koyama
    hirano fujimoto kono kouno ueno takeda noguchi matsui chiba sugawara iwasaki kubo kinoshita sano nomura matsuo ichikawa kikuchi sugimoto furukawa
    onishi ohnishi shimada mizuno sakurai takano yoshikawa nishida iida nishikawa komatsu kitamura yasuda igarashi kawaguchi hirata
"""
ROMAN_SURNAMES = frozenset(_ROMAN.split())
"""The same of the most common hundred, as mail addresses spell them."""
_MAIL_PARTS = re.compile(r"[._0-9+-]+")


def person_names(text: str, town: str = "") -> list[str]:
    """Return what looks like a person's name, each with the word that makes it one, as it is written in NFKC.

    ``town`` is a surname that is also the name of the municipality (高松): it counts with a title only.
    """
    plain = nfkc(text)
    return [found for run in _RUN.finditer(plain) if (found := _person_at(plain, run, town))]


def _person_at(plain: str, run: re.Match[str], town: str) -> str:
    """Return the name that a run of kanji begins, "" where it begins none."""
    role = _ROLE.match(plain, run.start())
    start = role.end() if role and role.end() < run.end() else run.start()
    surname = next(
        (plain[start : start + length] for length in (3, 2, 1) if plain[start : start + length] in SURNAMES), ""
    )
    end = start + len(surname)
    if not surname:
        return ""
    has_role = start != run.start() or bool(_ROLE_BEFORE.search(plain[max(0, start - 12) : start]))
    found = _TITLED_AFTER.match(plain, end)
    if not found and surname != town:
        found = (
            (
                _ROLE_AFTER.match(plain, end)
                or (_ENDS.match(plain, end) if has_role else None)
                or _GIVEN_JOINED.match(plain, end)
            )
            if len(surname) > 1
            else None
        )
        found = found or _GIVEN_APART.match(plain, end)
    return plain[start : found.end()].strip() if found else ""


def names_with_title(text: str) -> list[str]:
    """Return every word with さん, 様 or 氏 that is neither a role nor a relative: surnames that are not among ``SURNAMES``."""
    plain = nfkc(text)
    return [
        match[0]
        for match in _TITLED.finditer(plain)
        if match[0] not in NOBODY
        and not _COMPANY.search(match[0])
        and not plain.startswith(("さん", "ぽ", "ご"), match.end())
    ]


def is_full_name(text: str) -> bool:
    """Tell whether a whole cell has the shape of a family name, a blank and a given name, without any word of an office."""
    return bool(_WHOLE.fullmatch(nfkc(text))) and not _OFFICE.search(text)


def is_personal_mail(address: str) -> bool:
    """Tell whether a mail address looks like one person's own: that of a mobile carrier, or a surname at a free provider."""
    local, _, host = address.lower().partition("@")
    if host in CARRIERS:
        return True
    return host in FREE and any(part in ROMAN_SURNAMES for part in _MAIL_PARTS.split(local))
