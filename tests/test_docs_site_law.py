"""What the documentation site says about law, regulators, courts and vendors: each sentence with link and date, and no conclusions."""

import re
from collections.abc import Iterator
from pathlib import Path

from docs.generator.vendors import statements
from linter.leaflets import load_leaflets
from tests.test_leaflets import VERDICTS

PAGES = {path.name: path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parent.parent / "docs").glob("*.md"))}


def sentences(text: str) -> Iterator[str]:
    """The sentences of a page of bullets; fails on anything else that says something. The front matter and headings say nothing."""
    body = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S)
    body = re.sub(r"^#.*$|^<!-- part: agreements -->$", "", body, flags=re.M)
    body, count = re.subn(r'^!!! note "Not legal advice\. [^"\n]+"$', "", body, flags=re.M)
    assert count == 1
    bullets = re.split(r"^- ", body, flags=re.M)
    assert bullets[0].strip() == ""
    for bullet in bullets[1:]:
        lines = bullet.rstrip("\n").split("\n")
        assert all(line.startswith("  ") or not line for line in lines[1:]), bullet
        yield from re.split(r"(?<=[\w)]{4}[.;:]) (?=[A-Z])", " ".join(bullet.split()))


def test_every_sentence_on_the_law_has_a_link_and_a_date() -> None:
    found = [*sentences(PAGES["law.md"]), *statements(load_leaflets()).split("\n")]
    assert len(found) > 40
    dated = r"\b20\d\d-\d\d-\d\d\b|\b(?:January|February|March|April|May|June|July|August|September|October|November|December) 20\d\d\b"
    for sentence in found:
        after = re.sub(r"\]\(https://[^)\s]+\)", "](LINK)", sentence)
        assert "](LINK)" in after, sentence
        assert re.search(dated, after.rpartition("](LINK)")[2]), sentence
        assert sentence.endswith("."), sentence


def test_no_page_draws_a_legal_conclusion() -> None:
    said = [(name, match[0]) for name, text in PAGES.items() for match in VERDICTS.finditer(re.sub(r"\]\(\S+\)", "", text))]
    assert said == []
