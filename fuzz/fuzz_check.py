"""Coverage-guided fuzzing of every reader, with atheris; see README.md beside this file.

The first byte of an input chooses the file's name, the rest is the file.
"""

import sys
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

with atheris.instrument_imports(include=["linter"]):
    from linter.check import check_source
    from linter.languages import ENDINGS, READERS
    from linter.reading import load_reader

    for language in READERS:
        load_reader(language)

PATHS = [f"page.{ending}" for ending in sorted(ENDINGS)]


def test_one_input(data: bytes) -> None:
    """Fails on an exception, and on a finding outside of the file."""
    if not data:
        return
    path, content = PATHS[data[0] % len(PATHS)], data[1:]
    report = check_source(path, content)
    for finding in report.findings:
        assert 0 <= finding.start.offset <= finding.end.offset <= len(content), (path, finding)


def write_seeds(folder: Path) -> None:
    """The cases of all leaflets as inputs."""
    from linter.leaflets import load_leaflets

    folder.mkdir(parents=True, exist_ok=True)
    cases = [case for leaflet in load_leaflets() for case in leaflet.get("case", ())]
    for number, case in enumerate(cases):
        ending = case["file"].rpartition(".")[2]
        first = PATHS.index(f"page.{ending}") if f"page.{ending}" in PATHS else 0
        (folder / f"case-{number}").write_bytes(bytes([first % 256]) + case["code"].encode())


if __name__ == "__main__":
    if sys.argv[1:2] == ["--seeds"]:
        write_seeds(Path(sys.argv[2]))
    else:
        atheris.Setup(sys.argv, test_one_input)
        atheris.Fuzz()
