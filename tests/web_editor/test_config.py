"""The settings of the web editor: all fields of the models, choices in Japanese, where changes go, and the page around it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from small_site import resource, site_view
from tsunagite.engine.assemble import Views
from tsunagite.publishing.headers import headers_of
from tsunagite.records.model.resource import Resource
from tsunagite.records.model.site import WebEditor
from tsunagite.site.layout.templates import script_data
from tsunagite.web_editor.config import OTHERS, config_of
from tsunagite.web_editor.fields import HIDDEN
from tsunagite.web_editor.files import IMPORT_MAP, admin, policy

SCHEMA = Path(__file__).parents[2] / "node_modules/@sveltia/cms/schema/sveltia-cms.json"
GITHUB = {"backend": "github", "repository": "mihon-city/tsunagite"}
GITLAB = {
    "backend": "gitlab",
    "repository": "mihon/welfare/tsunagite",
    "branch": "honban",
    "base_url": "https://git.example",
    "api_root": "https://git.example/api/v4",
    "app_id": "abc",
}
GITEA = {"backend": "gitea", "repository": "mihon-city/tsunagite"}
PRACTICE = {"backend": "practice", "repository": "mihon-city/tsunagite"}


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Views:
    return site_view(
        tmp_path_factory.mktemp("editor") / "site", resource("aozora"), site={"name": "見本のまち", "editor": GITHUB}
    )


def page_of(view: Views) -> str:
    return next(made.content.decode() for made in admin(view.directory) if made.path == "admin/index.html")


def made(view: Views, **editor: Any) -> dict[str, Any]:
    return config_of(view.directory, WebEditor(**editor))


@pytest.fixture(scope="module")
def config(view: Views) -> dict[str, Any]:
    return made(view, **GITHUB)


def collection(config: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in config["collections"] if one.get("name") == name)


def field(config: dict[str, Any], *path: str) -> dict[str, Any]:
    fields = collection(config, path[0])["fields"]
    for name in path[1:]:
        found: dict[str, Any] = next(one for one in fields if one["name"] == name)
        fields = found.get("fields", [])
    return found


def test_a_site_has_no_web_editor_until_its_settings_name_a_repository(tmp_path: Path) -> None:
    plain = site_view(tmp_path / "site", resource("aozora"))
    assert list(admin(plain.directory)) == []


def test_the_settings_are_what_the_schema_of_sveltia_allows(view: Views, config: dict[str, Any]) -> None:
    def brief(entry: Any) -> Any:
        """Two choices stand for all: the validator tries every one in dozens of ways."""
        if isinstance(entry, dict):
            return {key: brief(inner[:2] if key == "options" else inner) for key, inner in entry.items()}
        return [brief(one) for one in entry] if isinstance(entry, list) else entry

    validator = Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert validator.is_valid({**brief(config), "collections": [brief(collection(config, "clubs")), {"divider": True}]})
    for editor in (GITLAB, GITEA, PRACTICE):
        assert [
            problem.message for problem in validator.iter_errors({**made(view, **editor), "collections": []})
        ] == [], editor
    assert not validator.is_valid({**config, "collections": [], "publish_mode": "later"})


def test_every_field_of_every_record_is_in_the_editor_so_that_none_is_lost(config: dict[str, Any]) -> None:
    models = {"clubs": Resource} | {folder.replace("/", "_"): model for folder, model, _ in OTHERS}

    def names(schema: dict[str, Any], parts: dict[str, Any]) -> dict[str, Any]:
        held = next((one for one in schema.get("anyOf", []) if one.get("type") != "null"), schema)
        held = held.get("items", held) if held.get("type") == "array" else held
        held = parts[held["$ref"].rpartition("/")[2]] if "$ref" in held else held
        return {
            name: {} if name in HIDDEN else names(about, parts) for name, about in held.get("properties", {}).items()
        }

    def fields(entries: list[dict[str, Any]]) -> dict[str, Any]:
        return {one["name"]: fields(one.get("fields", [])) for one in entries}

    for name, model in models.items():
        schema = model.model_json_schema()
        assert fields(collection(config, name)["fields"]) == names(schema, schema.get("$defs", {})), name
    assert list(fields(collection(config, "clubs")["fields"])) == list(
        Resource.model_fields
    )  # the order of `tsunagite fmt`


def test_labels_help_and_choices_are_japanese_and_a_choice_is_saved_as_records_write_it(config: dict[str, Any]) -> None:
    kind = field(config, "clubs", "kind")
    assert kind["label"] == "種類"
    assert kind["required"] is True
    assert {"label": "通いの場・サロン", "value": "通いの場・サロン"} in kind["options"]
    assert "病院" not in {option["value"] for option in kind["options"]}  # it belongs to resources/medical/
    assert "病院" in {option["value"] for option in field(config, "medical", "kind")["options"]}
    assert field(config, "clubs", "phones", "type")["options"] == [
        {"label": "電話", "value": "voice"},
        {"label": "FAX", "value": "fax"},
    ]
    assert field(config, "clubs", "booking")["options"] == [
        {"label": "はい", "value": True},
        {"label": "いいえ", "value": False},
    ]
    assert field(config, "clubs", "phones", "number")["hint"] == "市外局番から。 例: 087-000-0000"
    assert field(config, "clubs", "hours", "days")["widget"] == "string"  # 月-金, as people write it
    assert field(config, "clubs", "location", "lat") == {
        "name": "lat", "label": "緯度", "hint": "世界測地系の緯度（度）。 例: 34.3304", "required": False, "widget": "number", "value_type": "float", "min": -90.0, "max": 90.0,
    }  # fmt: skip
    assert field(config, "clubs", "verified_on")["format"] == "YYYY-MM-DD"
    assert field(config, "clubs", "sample")["widget"] == "hidden"
    pattern, message = field(config, "clubs", "id")["pattern"]
    assert re.search(pattern, "sakura-taiso")
    assert not re.search(pattern, "さくら")
    assert message.startswith("「ID」の書き方が違います。")


def test_changes_wait_for_review_on_forges_where_the_editor_can_propose_them(
    view: Views, config: dict[str, Any]
) -> None:
    assert config["publish_mode"] == "editorial_workflow"
    assert config["backend"]["name"] == "github"
    assert config["backend"]["branch"] == "main"
    assert config["backend"]["commit_messages"]["update"] == "{{collection}}「{{slug}}」を直す"
    assert made(view, **GITLAB)["backend"] == {
        "name": "gitlab", "repo": "mihon/welfare/tsunagite", "branch": "honban", "base_url": "https://git.example", "api_root": "https://git.example/api/v4",
        "app_id": "abc", "auth_type": "pkce", "commit_messages": config["backend"]["commit_messages"],
    }  # fmt: skip
    assert config["backend"]["auth_methods"] == [
        "token"
    ]  # nobody signs people in for this site: no other host is asked
    assert "auth_methods" not in made(view, **GITHUB, base_url="https://sign-in.example")["backend"]
    for editor in (GITEA, PRACTICE, {**GITHUB, "review": False}):
        assert "publish_mode" not in made(view, **editor), editor


def test_the_page_runs_nothing_but_its_own_scripts_asks_the_forge_alone_and_is_found_by_nobody(view: Views) -> None:
    page = page_of(view)
    assert '<meta name="robots" content="noindex, nofollow">' in page
    assert "default-src &#39;none&#39;" in page
    assert "connect-src &#39;self&#39; data: blob: https://api.github.com;" in page
    assert "script-src &#39;self&#39; &#39;sha256-" in page
    assert "connect-src 'self' data: blob: https://git.example;" in policy(WebEditor(**GITLAB), "{}")
    assert not [path for path in view.paths() if path.startswith("admin")]


def test_the_headers_of_a_published_site_allow_what_the_page_allows_itself(tmp_path: Path, view: Views) -> None:
    (tmp_path / "admin").mkdir()
    (tmp_path / "admin/index.html").write_text(page_of(view), encoding="utf-8")
    own = {
        rule.split()[0]: rule.split()[1:]
        for rule in policy(view.directory.settings.editor, script_data(IMPORT_MAP)).split("; ")
    }
    header = {
        rule.split()[0]: rule.split()[1:]
        for rule in headers_of(tmp_path)["admin"]["Content-Security-Policy"].split("; ")
    }
    assert set(own["script-src"]) <= set(header["script-src"])
    for directive in [name for name in own if name.endswith("-src") and name != "default-src"]:
        assert set(own[directive]) <= {*header.get(directive, header["default-src"]), "'none'"}
