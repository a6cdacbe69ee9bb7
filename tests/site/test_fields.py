"""The list of fields for editors is made from the model, so it cannot miss one."""

from __future__ import annotations

from pathlib import Path

from small_site import resource, site_view
from tsunagite.records.model.resource import Resource
from tsunagite.site.fields import field_groups


def test_every_field_of_a_record_is_listed_with_its_meaning(tmp_path: Path) -> None:
    groups = field_groups(site_view(tmp_path, resource("here")).directory.vocabularies)
    own = {row.key: row for row in groups[0].rows}
    assert list(own) == list(Resource.model_fields)
    assert all(row.title != row.key and row.description for group in groups for row in group.rows)
    assert own["kind"].required
    assert "互助" in own["support_level"].words
    assert "水" not in own["needs"].words
    inside = {group.key: {row.key for row in group.rows} for group in groups[1:]}
    assert {"days", "open", "close"} <= inside["hours"]
    assert "lat" in inside["location"]
