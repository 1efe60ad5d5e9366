"""Every Python example of the READMEs and of the pages below runs, each by itself, from the root of the project, and prints what stands below it."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = ["guide-days", "guide-duties", "guide-forms", "expressions"]
READMES = ["README.md", "README.vi.md", *(f"docs/{page}{locale}.md" for page in PAGES for locale in ["", ".vi"])]


def examples(readme: str) -> list[tuple[int, str, str | None]]:
    """The line on which each example starts, its code, and the output that the README shows for it."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    fences = re.finditer(r"^```py(?:thon)?\b.*\n([\s\S]*?)^```\n(?:\n[^`\n]*\n\n```text\n([\s\S]*?)^```$)?", text, re.MULTILINE)
    return [(text.count("\n", 0, fence.start(1)), fence[1], fence[2]) for fence in fences]


@pytest.mark.parametrize("readme", READMES)
def test_examples_run(readme: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    found = examples(readme)
    assert any(output for _, _, output in found), f"{readme} has no Python example with its output"
    for line, code, output in found:
        # Empty lines before it, so that a traceback names the README's own line.
        exec(compile("\n" * line + code, readme, "exec"), {"__name__": "__main__"})
        printed = capsys.readouterr().out
        assert output is None or printed == output
