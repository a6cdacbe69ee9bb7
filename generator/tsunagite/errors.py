"""The few exceptions of the engine. A data problem is a Finding, not an exception."""

from typing import ClassVar


class TsunagiteError(Exception):
    """Base of every error raised on purpose. The command line prints its text and exits with 2 (BuildStopped: 1)."""


class UsageError(TsunagiteError):
    """Raised by the command line and the readers when the call itself cannot be carried out (no such folder ...)."""


class SetupError(TsunagiteError):
    """Raised when the installation lacks a part (C YAML loader, browser assets, fonts). Says how to get it."""


class BuildStopped(TsunagiteError):
    """Raised by the build when findings of severity error forbid publishing. The last good site stays in place."""


class WordedError(TsunagiteError):
    """Base of errors whose words stand in ``i18n/<language>.toml`` under ``section`` and ``key``: who catches one knows in which language to say it."""

    section: ClassVar[str]

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values
