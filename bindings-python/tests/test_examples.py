"""The example prints what the example of the npm package prints."""

import runpy
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_example(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["hai_duong.py"])
    runpy.run_path(str(ROOT / "bindings-python/examples/hai_duong.py"), run_name="__main__")
    assert capsys.readouterr().out == (ROOT / "tests/examples.txt").read_text(encoding="utf-8")
