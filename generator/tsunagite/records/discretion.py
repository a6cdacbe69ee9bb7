"""What others in the house should not find: the one list that everything asks that shows a page, keeps one, or names one.

Pages of such things name themselves to nobody, have a neutral title, can be left at once, and are kept by no browser: what they have
in their heads (``DELICATE_HEAD`` of ``site/layout/templates.py``) tells the service worker and the headers. Concerns, needs and
worksheets say it of themselves, kinds by their places; a record is as delicate as its kind and its needs (``directory.is_delicate``).
"""

from __future__ import annotations

from collections.abc import Sequence

from tsunagite.records.model.base.vocabulary import Term
from tsunagite.records.model.features.finder import Concern
from tsunagite.records.model.features.worksheet import WorksheetTemplate


def is_secret(what: Term | Concern | WorksheetTemplate) -> bool:
    """Tell it of a need, a kind, a concern of the finder, or a worksheet."""
    return what.sensitive or (isinstance(what, Term) and what.secret_place)


def is_secret_record(kind: Term, needs: Sequence[Term]) -> bool:
    """Tell it of a record with these: a refuge, or help against violence and nothing else."""
    return is_secret(kind) or bool(needs and all(map(is_secret, needs)))
