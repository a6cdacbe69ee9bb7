"""The ledger of ids: `tsunagite ids`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tsunagite.cli.options import AtRoot, Lang, Language
from tsunagite.engine import clock
from tsunagite.i18n import ui


def ids(
    root: AtRoot = Path(),
    write: Annotated[
        bool,
        typer.Option(
            "--write",
            help="使った ID の控え（resources/ids.txt）を書きます。記録のない ID には、なくした印（gone）を付けます。",
        ),
    ] = False,
    language: Lang = Language.JA,
) -> None:
    """記録がなくなった ID を知らせます。ID は QR コードになっているので、使い回さず、ページも残します。"""
    from tsunagite.check.load import load
    from tsunagite.records.load.past_ids import LEDGER, ledger_text
    from tsunagite.records.yaml.staged_files import write_files

    directory = load(root, clock.today(), with_history=True).directory
    for record_id in directory.gone:
        print(ui("ids_given_up" if record_id in directory.past.given_up else "ids_lost", language, id=record_id))
    print(ui("ids_summary", language, live=len(directory.resources), gone=len(directory.gone)))
    if write:
        kept = (
            directory.past.ledger or {}
        ).keys() - directory.gone.keys()  # an id whose file cannot be read stays as it was
        live = {resource.id for resource in directory.resources.values() if not resource.sample}
        write_files(root, {LEDGER: ledger_text(live | kept, directory.gone)})
        print(ui("file_written", language, file=LEDGER))
