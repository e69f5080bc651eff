"""Dumps and texts in `.gz` and `.zip`: what is read, under which name, and what is told of the rest."""

import gzip
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from linter import archives
from tests.cli_support import pixellint, tree
from tests.workspace import snapshot

CALL = "fbq('init', '1029384756102938');"
PAGE = f"<p>\n<script>{CALL}</script>\n"
ESCAPED = CALL.replace("'", "\\'")
DUMP = f"-- MySQL dump 10.13\nINSERT INTO `wp_options` VALUES (1,'head','<script>{ESCAPED}</script>','yes');\n"


def zipped(files: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def report(folder: Path, *words: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(pixellint("check", "--format", "json", *words, cwd=folder).out)
    return document


def found(folder: Path, *words: str) -> list[tuple[str, str, int, int]]:
    return [(row["path"], row["rule"], row["start"]["line"], row["start"]["offset"]) for row in report(folder, *words)["findings"]]


def skips(folder: Path, *words: str) -> dict[str, str]:
    return {row["path"]: row["reason"] for row in report(folder, *words)["skipped"]}


def test_members_are_named_and_places_are_theirs(tmp_path: Path) -> None:
    tree(
        tmp_path,
        {
            "db.sql.gz": gzip.compress(DUMP.encode()),
            "backup_2024-db.gz": gzip.compress(DUMP.encode()),
            "page.html.gz": gzip.compress(PAGE.encode()),
            "theme.zip": zipped({"theme/header.php": PAGE, "theme/db/dump.sql": DUMP, "theme/readme.txt": "fbq", "theme/empty/": ""}),
        },
    )
    call = DUMP.index("fbq")
    assert found(tmp_path) == [
        ("backup_2024-db.gz!backup_2024-db.sql", "meta-pixel/init", 2, call),
        ("db.sql.gz!db.sql", "meta-pixel/init", 2, call),
        ("page.html.gz!page.html", "meta-pixel/init", 2, PAGE.index("fbq")),
        ("theme.zip!theme/db/dump.sql", "meta-pixel/init", 2, call),
        ("theme.zip!theme/header.php", "meta-pixel/init", 2, PAGE.index("fbq")),
    ]
    document = report(tmp_path)
    assert (document["skipped"], document["summary"]["files_read"]) == ([], 4)


def test_names_in_archives_are_only_shown(tmp_path: Path) -> None:
    names = ["../../etc/evil.html", "/abs/evil.html", "C:\\evil.html", "a\\b.html", "!.html"]
    site = tree(tmp_path / "site", {"x.zip": zipped(dict.fromkeys(names, PAGE))})
    before = snapshot(tmp_path)
    assert [row[0] for row in found(site)] == [
        "x.zip!!.html",
        "x.zip!../../etc/evil.html",
        "x.zip!/abs/evil.html",
        "x.zip!C:/evil.html",
        "x.zip!a/b.html",
    ]
    assert snapshot(tmp_path) == before


def test_what_is_not_read_in_an_archive_is_told(tmp_path: Path) -> None:
    files = {
        "logo.png": b"\x89PNG",
        "inner.zip": zipped({"a.html": PAGE}),
        "db.sql.gz": gzip.compress(DUMP.encode()),
        "node_modules/a/b.js": CALL,
        "node_modules/c.js": CALL,
        "lib/vendor/autoload.php": "",
        "lib/vendor/x/x.html": PAGE,
        ".git/config": "",
        "__MACOSX/a.html": PAGE,
        "bytes.html": b"\0\1\2\3" * 900,
        "large.html": PAGE + "x" * 30_000,
        "a.html": "",
    }
    assert skips(tree(tmp_path, {"x.zip": zipped(files)}), "--max-size", "20kb") == {
        "x.zip!bytes.html": "binary file",
        "x.zip!db.sql.gz": "archive in an archive",
        "x.zip!inner.zip": "archive in an archive",
        "x.zip!large.html": "too large: 30.1 kB; read it with --max-size 31kB",
        "x.zip!lib/vendor": "excluded by default",
        "x.zip!logo.png": "binary: .png",
        "x.zip!node_modules": "excluded by default",
    }


def encrypted() -> bytes:
    """An archive whose one member says that it is encrypted."""
    data = bytearray(zipped({"a.html": PAGE}))
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def test_encrypted_and_broken_archives_are_told(tmp_path: Path) -> None:
    good = zipped({"a.html": PAGE * 50}, zipfile.ZIP_STORED)
    damaged = good.replace(b"fbq", b"xyz", 1)
    tree(
        tmp_path,
        {
            "locked.zip": encrypted(),
            "cut.zip": good[: len(good) // 2],
            "damaged.zip": damaged,
            "no.zip": b"not an archive",
            "cut.sql.gz": gzip.compress(DUMP.encode() * 50)[:-20],
            "empty.js.gz": b"",
            "fine.html": PAGE,
        },
    )
    document = report(tmp_path)
    assert [row["path"] for row in document["findings"]] == ["fine.html"]
    reasons = {row["path"]: row["reason"].partition(":")[0] for row in document["skipped"]}
    assert reasons == {
        "cut.sql.gz!cut.sql": "broken archive",
        "cut.zip": "broken archive",
        "damaged.zip!a.html": "broken archive",
        "locked.zip!a.html": "encrypted",
        "no.zip": "broken archive",
    }
    assert pixellint("check", ".", cwd=tmp_path).status == 1


def test_bombs_are_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "RATIO_FROM", 100_000)
    tree(
        tmp_path,
        {
            "bomb.zip": zipped({"a.html": " " * 5_000_000, "b.html": PAGE}),
            "bomb.html.gz": gzip.compress(b" " * 5_000_000),
            "bomb.sql.gz": gzip.compress(DUMP.encode() + b" " * 5_000_000),
        },
    )
    reason = "too large: it unpacks to far more than it is"
    assert skips(tmp_path) == {"bomb.zip!a.html": reason, "bomb.html.gz!bomb.html": reason, "bomb.sql.gz!bomb.sql": reason}
    assert [row[0] for row in found(tmp_path)] == ["bomb.zip!b.html"]


def test_sizes_that_lie_do_not_matter(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.html": PAGE + " " * 2_000_000}))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.rindex(mark) + place
        data[at : at + 4] = (100).to_bytes(4, "little")
    tree(tmp_path, {"x.zip": bytes(data)})
    assert found(tmp_path, "--max-size", "1mb") == []
    assert list(skips(tmp_path, "--max-size", "1mb")) == ["x.zip!a.html"]


def test_archives_with_too_much_in_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_TOTAL", 25_000)
    monkeypatch.setattr(archives, "MAX_MEMBERS", 5)
    tree(
        tmp_path,
        {
            "many.zip": zipped({f"{n}.html": "" for n in range(6)}),
            "much.zip": zipped({f"{n}.html": "x" * 10_000 for n in range(4)}, zipfile.ZIP_STORED),
        },
    )
    reason = "too large: more than 0 MB in one archive"
    assert skips(tmp_path) == {
        "many.zip": "too large: 6 files in it, and 5 are read at most",
        "much.zip!2.html": reason,
        "much.zip!3.html": reason,
    }


def test_large_dumps_are_read_and_other_large_files_are_told(tmp_path: Path) -> None:
    padding = "-- padding\n" * 200_000
    tree(
        tmp_path,
        {
            "big.sql": padding + DUMP,
            "packed.sql.gz": gzip.compress((padding + DUMP).encode(), 1),
            "site.zip": zipped({"db/dump.sql": padding + DUMP}),
            "big.html": padding + PAGE,
            "big.html.gz": gzip.compress((padding + PAGE).encode()),
        },
    )
    place = (200_002, len(padding) + DUMP.index("fbq"))
    assert found(tmp_path, "--max-size", "100kb") == [
        (path, "meta-pixel/init", *place) for path in ("big.sql", "packed.sql.gz!packed.sql", "site.zip!db/dump.sql")
    ]
    told = skips(tmp_path, "--max-size", "100kb")
    assert sorted(told) == ["big.html", "big.html.gz!big.html"]
    assert all(reason.startswith("too large: ") for reason in told.values())


def test_a_dump_that_is_binary_is_told(tmp_path: Path) -> None:
    tree(tmp_path, {"a.sql": b"\0\1\2\3" * 5000, "b.sql": b"\xff\xfe\x00\xd8" + b"a" * 5001})
    assert skips(tmp_path, "--max-size", "1kb")["a.sql"] == "binary file"


def test_what_is_called_packed_but_is_not_is_read_as_it_is(tmp_path: Path) -> None:
    tree(tmp_path, {"saved.js.gz": CALL, "db.sql.gz": DUMP})
    assert [row[0] for row in found(tmp_path)] == ["db.sql.gz!db.sql", "saved.js.gz!saved.js"]


def test_packed_texts_count_as_read(tmp_path: Path) -> None:
    tree(tmp_path, {"a.css.gz": gzip.compress(b"a{}"), "b.zip": zipped({"a.css": "a{}", "b.css": "b{}"}), "c.zip": zipped({})})
    assert skips(tmp_path) == {"c.zip": "empty archive"}
    assert report(tmp_path)["summary"]["files_read"] == 2
