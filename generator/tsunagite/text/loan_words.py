"""Loan words (外来語) that many readers do not know, each with words of our own that say the same.

Method: 国立国語研究所「外来語」委員会『「外来語」言い換え提案』（2003-2006年）. It asked the whole country which loan words people understand, gives for each
one of four steps of 25 per cent, also for readers of 60 and more alone, and proposes other words, or an explanation beside the word.
Its survey is old: what has become an everyday word since (リスク, ケア, サポート, ルール) is not here. This list and its plain words are ours, chosen
for what guides to care and neighbourhoods say; no text of the proposal is copied.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

PLAIN = {
    "アウトカム": "成果",
    "アウトリーチ": "出向いて支えること",
    "アカウンタビリティ": "説明する責任",
    "アクションプラン": "行動の計画",
    "アジェンダ": "話し合うこと",
    "アセスメント": "見立て",
    "アドヒアランス": "納得して続けること",
    "アドボカシー": "本人の声を代わりに伝えること",
    "アメニティ": "心地よさ",
    "イニシアチブ": "先に立って進めること",
    "イノベーション": "新しいやり方",
    "インクルーシブ": "だれも外さない",
    "インクルージョン": "だれも外さないこと",
    "インセンティブ": "やる気を引き出すもの",
    "インターフェース": "つなぎ目",
    "インテーク": "はじめの面接",
    "インフォーマル": "制度の外の",
    "インフォームドコンセント": "説明を聞いて決めること",
    "エビデンス": "根拠",
    "エンパワーメント": "力を引き出すこと",
    "エンパワメント": "力を引き出すこと",
    "オーナーシップ": "自分のこととして担うこと",
    "オンデマンド": "頼まれたときに",
    "ガバナンス": "治め方",
    "キーパーソン": "中心になる人",
    "キャパシティ": "受け入れられる量",
    "グランドデザイン": "全体の構想",
    "コーピング": "乗りこえ方",
    "コミットメント": "関わる約束",
    "コラボレーション": "いっしょに行うこと",
    "コンサルテーション": "専門の助言",
    "コンセプト": "考え方",
    "コンセンサス": "みんなの合意",
    "コンテンツ": "中身",
    "コンピテンシー": "仕事をする力",
    "コンプライアンス": "決まりを守ること",
    "サーベイランス": "見張り続けること",
    "サステナビリティ": "続けられること",
    "スーパーバイザー": "指導する人",
    "スーパービジョン": "指導と助言",
    "スキーム": "しくみ",
    "スキル": "技",
    "スクリーニング": "ふるい分け",
    "スティグマ": "負わされた悪い印象",
    "ステークホルダー": "関わる相手",
    "ストレングス": "持っている力",
    "セーフティーネット": "安全網",
    "セーフティネット": "安全網",
    "セグメント": "区分",
    "セルフネグレクト": "自分の世話をしなくなること",
    "ソーシャルキャピタル": "人と人のつながり",
    "ソーシャルワーク": "生活の相談と支え",
    "ソリューション": "解き方",
    "ターミナルケア": "最期の時の世話",
    "ダイバーシティ": "いろいろな人がいること",
    "タスクフォース": "特別の組",
    "デジタルデバイド": "情報の道具を使える人と使えない人の差",
    "トリアージ": "急ぐ順を決めること",
    "ニーズ": "必要なこと",
    "ネグレクト": "世話をしないこと",
    "ノーマライゼーション": "だれもがふつうに暮らせること",
    "パーソンセンタード": "その人を中心にした",
    "パートナーシップ": "協力の関係",
    "パブリックコメント": "意見の募集",
    "ビジョン": "めざす姿",
    "ファシリテーション": "話し合いを進めること",
    "ファシリテーター": "進行役",
    "フィードバック": "感想を返すこと",
    "フェーズ": "段階",
    "フォーマル": "制度の",
    "フォローアップ": "その後を見ること",
    "プライオリティ": "優先する順",
    "フレームワーク": "枠組み",
    "プロセス": "進め方",
    "ペンディング": "保留",
    "ボトムアップ": "現場から上げること",
    "ボトルネック": "つまっている所",
    "ポテンシャル": "これから伸びる力",
    "マイノリティ": "少数の人",
    "マスタープラン": "基本の計画",
    "マネジメント": "全体を見て回すこと",
    "ミスマッチ": "食いちがい",
    "ミッション": "役目",
    "モチベーション": "やる気",
    "モニタリング": "その後を見ること",
    "モラルハザード": "責任を持たなくなること",
    "ユニバーサルデザイン": "だれにも使いやすい形",
    "リソース": "使えるもの",
    "リテラシー": "読み解く力",
    "レジリエンス": "立ち直る力",
    "レスパイト": "家族の休み",
    "ロードマップ": "道すじの表",
    "ワークショップ": "みんなで手を動かす集まり",
    "ワンストップ": "一か所で済む",
}
"""Loan word: what a guide may say instead. A longer word that holds one (ケアマネジメント) is another word."""

_KATAKANA = re.compile(r"[ァ-ヴー]{2,}(?:・[ァ-ヴー]{2,})*")
_NAMES = re.compile(r"「[^「」]*」|『[^『』]*』")


def loan_words(text: str, known: Iterable[str]) -> Iterator[tuple[int, str, str]]:
    """Yield each loan word of a text that readers may not know, once, with where it stands and its plain words.

    A word inside one of the ``known`` (the glossary, names), inside the name of a document (「」), or beside an explanation in brackets anywhere
    in the text is left alone.
    """
    seen: set[str] = set()
    rest = _NAMES.sub(lambda match: "、" * len(match[0]), text)
    for name in known:
        rest = rest.replace(name, "、" * len(name))
    for match in _KATAKANA.finditer(rest):
        word = match[0]
        plain = PLAIN.get(word) or PLAIN.get(word.rstrip("ー"))
        if not plain or word in seen:
            continue
        seen.add(word)
        if f"{word}（" not in text and f"（{word}" not in text:
            yield match.start(), word, plain
