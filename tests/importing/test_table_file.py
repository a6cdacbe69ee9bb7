"""A list is decoded without guessing; what cannot be read is explained."""

from pathlib import Path

import pytest

from tsunagite.importing.tables.table_file import read_table

LIST = "番号,名称,住所\r\n1,さくら,本町1\r\n2,もも,東町2\r\n"


@pytest.mark.parametrize(
    ("raw", "encoding", "code"),
    [
        (LIST.encode("cp932"), "cp932", None),
        (LIST.encode("utf-8-sig"), "utf-8-sig", None),
        (b"\xff\xfe" + "番号,名称".encode("utf-16-le"), None, "I103"),
        (LIST.encode("euc_jp"), None, "I103"),
        (LIST.encode("utf-8")[:-10] + b"\x81", None, "I192"),
        ('番号,名称\n1,"さくら\n2,もも\n'.encode(), None, "I104"),
        (b"", None, "I105"),
        (b",,\n1,2,3\n", None, "I105"),
    ],
)
def test_a_file_is_decoded_or_explained(tmp_path: Path, raw: bytes, encoding: str | None, code: str | None) -> None:
    (tmp_path / "list.csv").write_bytes(raw)
    table, findings = read_table(tmp_path / "list.csv", "list.csv")
    assert (table.encoding if table else None) == encoding
    assert [finding.code for finding in findings] == ([code] if code else [])
