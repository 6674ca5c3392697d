"""A command of the program as a shell would run it, and the act that the practice office has frozen."""

import json
from typing import Any

import pytest

from sisfoh_desktop.app import cli

NUMBER = "091-2024-GM/MPT"


class Command:
    """Runs a command in this process and gives back what a shell would see."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.err = ""
        self.out = ""

    def __call__(self, *arguments: object) -> int:
        code = cli.main([str(argument) for argument in arguments])
        self.out, self.err = self._capsys.readouterr()
        assert "Traceback" not in self.out + self.err
        return code

    def json(self, *arguments: object, code: int = 0) -> dict[str, Any]:
        assert self(*arguments, "--json") == code, self.err
        values: dict[str, Any] = json.loads(self.out)
        return values
