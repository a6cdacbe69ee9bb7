"""How long it takes to import a long list, and how much memory: offices in the standard form, written into an empty site."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.process import peak, timed

ROWS = (6_039, 100_000)  # a city's care offices (松山市), and more than any prefecture has
_SERVICES = ("訪問介護", "通所介護", "短期入所生活介護", "居宅介護支援")
_HEADER = (
    "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,介護サービス事業所名称,介護サービス事業所名称_カナ,実施サービス,住所,緯度,経度,"
    "電話番号,FAX番号,法人の名称,事業所番号,利用可能曜日特記事項,定員,URL"
)


def measure_import(folder: Path, rows: tuple[int, ...], say: Callable[[str], None]) -> dict[str, dict[str, float]]:
    """Return seconds and MiB of the first import of lists of so many rows, by their number."""
    result = {}
    for count in rows:
        path = folder / f"care{count}.csv"
        write_list(path, count)
        costs = {}
        for what in ("s", "MiB"):
            site = folder / f"site{count}{what}"
            (site / "resources").mkdir(parents=True)
            command = [
                sys.executable,
                "-m",
                "tsunagite.cli",
                "import",
                str(path),
                "--root",
                str(site),
                "--date",
                "2026-11-24",
            ]
            costs[what] = timed(command).seconds if what == "s" else peak(command)
        result[str(count)] = costs
        say(f"import of {count:,} rows: {costs['s']:.1f} s, {costs['MiB']:.0f} MiB")
    return result


def write_list(path: Path, count: int) -> None:
    """Write a list of made-up offices with three or four rows each; the same bytes for the same number."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADER.split(","))
        for number in range(count):
            office = number * 3 // 10
            writer.writerow([
                "999999", f"{number:010}", "見本県", "見本市", f"見本介護センター{office}番", f"みほんかいごせんたー{office}",
                _SERVICES[number % len(_SERVICES)], f"見本市見本町{office // 30 + 1}丁目{office % 30 + 1}-1", f"{34 + office % 977 / 9770:.6f}",
                f"{134 + office % 983 / 9830:.6f}", f"087-{800 + office % 99:03}-{office % 10_000:04}", "", "社会福祉法人見本会",
                f"{3_700_000_000 + office}", "祝日、12/29～1/3を除く", str(office % 40 + 5), "",
            ])  # fmt: skip
