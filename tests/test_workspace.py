"""The builder of odd trees builds what it is told to."""

import codecs
import os
from pathlib import Path

from tests.workspace import Encoded, Folder, Link, Mode, Pipe, git, repository, snapshot, workspace


def test_every_kind_of_entry(tmp_path: Path) -> None:
    root = workspace(
        tmp_path / "site",
        {
            "link.html": Link("a/page.html"),
            "broken": Link("nowhere"),
            "loop/up": Link(".."),
            "a/page.html": "one\r\ntwo\rthrée",
            "a/raw.bin": b"\0\xff",
            "a/wide.js": Encoded("fbq", "utf-16-le", bom=True),
            "a/old.js": Encoded("é", "cp1252"),
            "a/shut.js": Mode("fbq()", 0o444),
            "empty": Folder(),
            "pipe": Pipe(),
            "odd ünd\nbad\udcff.html": "",
        },
    )
    assert snapshot(root) == {
        "link.html": Link("a/page.html"),
        "broken": Link("nowhere"),
        "loop/up": Link(".."),
        "a/page.html": "one\r\ntwo\rthrée".encode(),
        "a/raw.bin": b"\0\xff",
        "a/wide.js": codecs.BOM_UTF16_LE + b"f\0b\0q\0",
        "a/old.js": b"\xe9",
        "a/shut.js": b"fbq()",
        "odd ünd\nbad\udcff.html": b"",
    }
    assert (root / "link.html").read_bytes().startswith(b"one")
    assert (root / "empty").is_dir()
    assert os.path.exists(root / "pipe")


def test_repository(tmp_path: Path) -> None:
    root = repository(tmp_path, {"index.html": "x"})
    assert git(root, "diff", "--cached", "--name-only") == "index.html\n"
