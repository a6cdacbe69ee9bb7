"""What the plugin refuses in mkdocs.yml."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.exceptions import PluginError


def test_a_second_public_address_in_the_settings_of_mkdocs_is_named_and_stops_the_build(site_folder: Path) -> None:
    settings = site_folder / "mkdocs.yml"
    settings.write_text(settings.read_text(encoding="utf-8") + "site_url: https://other.example/\n", encoding="utf-8")
    config = load_config(str(settings))
    with pytest.raises(PluginError, match=r"site_url「https://other\.example/」.*resources/site\.yml に書き"):
        config.plugins.run_event("config", config)
