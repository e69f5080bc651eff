"""`pixellint gtm pause`: the copy, what it says, and what it refuses."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.check import check_source
from linter.gtm.pause import NotPausable, pause
from tests.cli_support import pixellint
from tests.containers import ALL_PAGES, EVENT, PIXEL, container, export, html, tag, variable

CODES = (
    '<script>fbq("track", "Lead")</script>',
    "<p>nothing</p>",
    "<script>{{Track it}}</script>",
    "<script src='https://connect.facebook.net/en_US/fbevents.js'></script>",
    "<script>var x = 'häßlich \\u2028 \U0001f9b7';</script>",
)
TYPES = ("html", "awct", "gaawe", "googtag", "flc", "hjtc", "img")
TRACKING = variable(91, "Track it", "jsm", javascript="function(){ fbq('track', 'Lead'); }")
NAMES = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=8)


@st.composite
def tags(draw: st.DrawFn) -> dict[str, Any]:
    type = draw(st.sampled_from(TYPES))
    given = {"html": draw(st.sampled_from(CODES))} if type == "html" else {"tagId": "G-AB12CD34EF", "conversionId": "123456789"}
    more: dict[str, Any] = draw(st.sampled_from([{}, {"paused": True}, {"paused": False}, {"firingTriggerId": []}, {"notes": '}"'}]))
    return tag(draw(st.integers(1, 99)), draw(NAMES), type, parameters=given, **{"firingTriggerId": ALL_PAGES, **more})


def without_paused(data: bytes) -> Any:
    whole = json.loads(data.decode("utf-8-sig"))
    for row in whole["containerVersion"]["tag"]:
        row.pop("paused", None)
    return whole


@settings(max_examples=150, deadline=None)
@given(st.lists(tags(), max_size=6), st.sampled_from([None, 0, 1, 4]), st.booleans(), st.booleans())
def test_the_copy_has_no_active_finding_and_differs_in_nothing_else(
    rows: list[dict[str, Any]], indent: int | None, crlf: bool, bom: bool
) -> None:
    data = export(rows, indent, variable=[PIXEL, TRACKING])
    data = (b"\xef\xbb\xbf" if bom else b"") + (data.replace(b"\n", b"\r\n") if crlf else data)
    copy = pause("container.json", data)
    left = [f for f in check_source("container.json", copy.data).findings if f.state != "dormant" and f.severity != "note"]
    assert left == []
    assert copy.left == ()
    assert without_paused(copy.data) == without_paused(data)
    assert copy.data.startswith(b"\xef\xbb\xbf") == bom
    assert copy.data.count(b"\r") == data.count(b"\r") + (copy.data.count(b"\r\n") - data.count(b"\r\n"))
    again = pause("container.json", copy.data)
    assert (again.tags, again.data) == ((), copy.data)


def test_the_edit_is_as_the_file_is_written() -> None:
    data = export([html(3, "Event", EVENT)])
    copy = pause("container.json", data).data
    before, _, after = copy.partition(b'"type": "html",')
    assert after.startswith(b'\n                "paused": true,\n')
    assert before + b'"type": "html",' + after.replace(b'\n                "paused": true,', b"", 1) == data
    small = export([html(3, "Event", EVENT)], indent=None).replace(b", ", b",").replace(b": ", b":")
    assert b'"type":"html","paused":true,"parameter"' in pause("container.json", small).data


def test_only_the_chosen_rules_are_paused() -> None:
    data = export([html(1, "Meta", EVENT), tag(2, "Ads", "awct", parameters={"conversionId": "123456789"}, firingTriggerId=ALL_PAGES)])
    copy = json.loads(pause("container.json", data, frozenset({"google-ads/gtm-tag"})).data)
    assert [row.get("paused") for row in copy["containerVersion"]["tag"]] == [None, True]


def test_what_pausing_cannot_reach_is_told() -> None:
    watching = {"triggerId": "7", "name": "Seen", "type": "PAGEVIEW", "filter": []}
    watching["filter"] = [{"type": "EQUALS", "parameter": [{"key": "arg0", "value": "{{Track it}}"}, {"key": "arg1", "value": "1"}]}]
    data = export([html(1, "Plain", "<p></p>", firingTriggerId=["7"])], variable=[TRACKING], trigger=[watching])
    assert [row.rule for row in pause("container.json", data).left] == ["meta-pixel/gtm-variable"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"{}", "no container export"),
        (b"\0\1\2\3" * 50, "binary"),
        (export([html(1, "Base")])[:-40], "broken here"),
    ],
)
def test_other_files_are_refused(data: bytes, says: str) -> None:
    with pytest.raises(NotPausable, match=says):
        pause("file.json", data)


def test_the_command_writes_beside_the_export_and_never_over_it(tmp_path: Path) -> None:
    data = export([html(1, "Base"), html(2, "Lead", EVENT)])
    (tmp_path / "gtm.json").write_bytes(data)
    done = pixellint("gtm", "pause", "gtm.json", cwd=tmp_path)
    assert (done.status, done.err) == (0, "")
    for word in ("Paused 2 tags", "gtm.paused.json", "Merge", "Publish", '"Base"', "/containerVersion/tag/1"):
        assert word in done.out
    assert (tmp_path / "gtm.json").read_bytes() == data
    assert json.loads((tmp_path / "gtm.paused.json").read_bytes())["containerVersion"]["tag"][0]["paused"] is True
    again = pixellint("gtm", "pause", "gtm.json", cwd=tmp_path)
    assert (again.status, "exists already" in again.err) == (2, True)
    onto_itself = pixellint("gtm", "pause", "gtm.json", "-o", "gtm.json", cwd=tmp_path)
    assert (onto_itself.status, (tmp_path / "gtm.json").read_bytes()) == (2, data)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["gtm.json", "gtm.paused.json"]


def test_the_command_says_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "gtm.json").write_bytes(json.dumps(container([])).encode())
    nothing = pixellint("gtm", "pause", "gtm.json", cwd=tmp_path)
    assert (nothing.status, "nothing was written" in nothing.out) == (0, True)
    missing = pixellint("gtm", "pause", "none.json", cwd=tmp_path)
    assert (missing.status, "none.json" in missing.err) == (2, True)
    no_folder = pixellint("gtm", "pause", "gtm.json", "--select", "nobody/*", cwd=tmp_path)
    assert (no_folder.status, "no rule is called" in no_folder.err) == (2, True)
