"""The smallest site: what ``tsunagite init`` writes into an empty folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tsunagite.errors import UsageError

FILES = {
    "mkdocs.yml": """\
# サイトの骨組み。名前や市区町村などは resources/site.yml に書きます。
site_name: つなぎ手
docs_dir: content
site_dir: site
theme:
  name: material
  language: ja
  font: false
plugins:
  - tsunagite
markdown_extensions: [attr_list, md_in_html, tables, admonition, tsunagite.adapters.zensical]
""",
    "content/about.md": """\
# このサイトについて

地域で暮らしを支える人・場所・しくみを、ひとつにまとめています。
""",
    "resources/site.yml": """\
# このサイトの設定。municipality に市区町村の名前を書いてください。
name: つなぎ手
municipality: ""
demonstration: これは見本のサイトです。
""",
    "resources/clubs/sakura-taiso.yml": """\
# 記録の見本です。この形をまねて、1件を1ファイルで作ってください。
id: sakura-taiso
name: さくら体操クラブ
name_kana: さくらたいそうくらぶ
kind: 体操の会
needs: [体を動かす, 居場所・仲間]
support_level: [互助]
summary: 週1回、いすに座ってできる体操。申し込み不要、見学できます。
phones:
  - number: 087-000-0000
    label: 事務局
    hours: 平日9時から17時
location:
  address: さくら市さくら町1-1 集会所
hours:
  - {days: 火, open: 13:30, close: 15:00}
fee: {type: 会費, amount: 100, unit: 1回}
sample: true
""",
}


def write_starter(folder: Path) -> Iterator[Path]:
    """Write the files of a new site and yield their paths. Raises UsageError when one of them exists already."""
    present = [name for name in FILES if (folder / name).exists()]
    if present:
        raise UsageError(f"{'、'.join(present)} がすでにあります。空のフォルダーで実行してください。")
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        yield path
