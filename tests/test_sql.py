"""SQL dumps: which rows are read as what, with exact places; whole or in pieces."""

import io
import time
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.catalog import load_catalog
from linter.check import check_source
from linter.evidence import Call, Library, Plugin, Setting, Url
from linter.findings import Finding
from linter.probe import LiteralProbe
from linter.readers.sql_tables import table_tail
from linter.reading import Frame, Reading
from linter.scan import Scanner
from linter.streaming import check_dump
from linter.text import Source

LITERALS = (
    "fbq",
    "connect.facebook.net",
    "facebook.com/tr",
    "pixel_id",
    "pys_facebook",
    "official-facebook-pixel",
    "officialfacebookpixel",
)
SCRIPT = "<script>fbq('init', '102938475610293');</script>"
MYSQL = "-- MySQL dump 10.13\n"
POSTGRES = "-- PostgreSQL database dump\nSET standard_conforming_strings = on;\n"
OPTIONS = (
    "CREATE TABLE `wp_options` (\n  `option_id` bigint(20) NOT NULL,\n  `option_name` varchar(191) DEFAULT '',\n"
    "  `option_value` longtext,\n  PRIMARY KEY (`option_id`)\n) ENGINE=InnoDB;\n"
)


def told(code: str, path: str = "dump.sql") -> list[str]:
    """A line for each piece of evidence: how it was reached, what it is, what is underlined, its state."""
    source = Source(path, code.encode())
    reading = Reading(source, LiteralProbe(LITERALS))
    reading.read(source.slice(), "sql" if path.endswith(".sql") else "serialised", Frame())
    lines = []
    for piece in reading.evidence:
        text = source.text[slice(*piece.span)]
        match piece:
            case Setting(keys=keys):
                said = f"{'.'.join(keys)} = {text}"
            case Plugin(platform=platform, slug=slug):
                said = f"{platform} plugin {slug}: {text}"
            case Call(name=name):
                said = f"{name}: {text}"
            case Url(url=url, role=role):
                said = f"{role} {url}"
            case _:
                continue
        lines.append(f"{' > '.join(piece.via[1:])} | {said}" + ("" if piece.state == "active" else f" [{piece.state}]"))
    assert reading.notices == []
    return lines


def sql(text: str) -> str:
    """`text` as MySQL writes it in a string."""
    for char, written in (("\\", "\\\\"), ("'", "\\'"), ('"', '\\"'), ("\r", "\\r"), ("\n", "\\n"), ("\0", "\\0")):
        text = text.replace(char, written)
    return f"'{text}'"


def php(value: object) -> str:
    """`value` as PHP serialises it."""
    match value:
        case bool():
            return f"b:{int(value)};"
        case int():
            return f"i:{value};"
        case str():
            return f's:{len(value.encode())}:"{value}";'
        case list():
            return php(dict(enumerate(value)))
        case dict():
            return f"a:{len(value)}:{{{''.join(php(key) + php(entry) for key, entry in value.items())}}}"
    return "N;"


def option(name: str, value: str, head: str = MYSQL + OPTIONS) -> list[str]:
    """What is told of one option."""
    return told(f"{head}INSERT INTO `wp_options` VALUES (1,'siteurl','http://x'),(2,{sql(name)},{sql(value)}),(3,'home','x');\n")


def test_an_option_that_holds_markup() -> None:
    assert option("ihaf_insert_header", SCRIPT) == ["html > script | fbq: fbq(\\'init\\', \\'102938475610293\\')"]


def test_settings_in_a_serialised_option() -> None:
    value = {"enabled": True, "pixel_id": ["123456789012345"], "label": "é", "server": {"token": ""}}
    assert option("pys_facebook", php(value)) == [
        "serialised | options.pys_facebook.enabled = 1",
        "serialised | options.pys_facebook.pixel_id.0 = 123456789012345",
        "serialised | options.pys_facebook.server.token = token",
    ]


def test_only_entries_under_keys_that_mean_something_are_told() -> None:
    assert option("plugin_x", php({"color": "red", "facebook": {"pixel_id": "12345", "size": 3}})) == [
        "serialised | options.plugin_x.facebook.pixel_id = 12345"
    ]


def test_settings_in_json_and_in_json_in_a_serialised_value() -> None:
    assert option("x", '{"a":{"pixel_id":12345,"b":1}}') == ["json | options.x.a.pixel_id = 12345"]
    assert option("x", php({"settings": '{"pixel_id":"12345"}'})) == ["serialised > json | options.x.settings.pixel_id = 12345"]


def test_an_empty_setting_stands_at_its_key() -> None:
    assert option("facebook_pixel_id", "") == [" | options.facebook_pixel_id = facebook_pixel_id"]
    assert option("x", php({"pixel_id": ""})) == ["serialised | options.x.pixel_id = pixel_id"]


@pytest.mark.parametrize("switch", [{"enabled": False}, {"active": "0"}, {"is_enabled": "no"}])
def test_what_a_switch_beside_it_turns_off_is_dormant(switch: dict[str, object]) -> None:
    assert option("x", php({**switch, "pixel_id": "12345"}))[-1] == "serialised | options.x.pixel_id = 12345 [dormant]"


@pytest.mark.parametrize(("switch", "state"), [("on", ""), ("off", " [dormant]"), ("false", " [dormant]")])
def test_code_with_a_switch_of_its_own(switch: str, state: str) -> None:
    value = php({"divi_integrate_header_enable": switch, "divi_integration_head": SCRIPT})
    assert option("et_divi", value) == ["serialised > html > script | fbq: fbq(\\'init\\', \\'102938475610293\\')" + state]


def test_active_plugins() -> None:
    listed = ["akismet/akismet.php", "official-facebook-pixel/facebook-for-wordpress.php"]
    shown = "wordpress plugin official-facebook-pixel: official-facebook-pixel/facebook-for-wordpress.php"
    assert option("active_plugins", php(listed)) == [f"serialised | {shown}"]
    value = sql(php({listed[1]: 1700000000, "a/b.php": 1}))
    network = f"INSERT INTO `wp_sitemeta` VALUES (1,1,'active_sitewide_plugins',{value});\n"
    assert told(MYSQL + network) == [f"serialised | {shown}"]


def test_transients_are_copies() -> None:
    assert option("_transient_feed", SCRIPT)[0].endswith("[dormant]")


@pytest.mark.parametrize(
    ("table", "tail"),
    [
        ("wp_options", "options"),
        ("wpfk_options", "options"),
        ("wp_2_options", "options"),
        ("wp_pys_options", "pys_options"),
        ("core_config_data", "core_config_data"),
        ("mg_core_config_data", "core_config_data"),
        ("abc_extensions", "extensions"),
        ("booking_rooms", "booking_rooms"),
    ],
)
def test_names_of_tables_without_their_prefix(table: str, tail: str) -> None:
    assert table_tail(table) == tail


def post(**columns: str) -> str:
    row = {"ID": "7", "post_content": SCRIPT, "post_status": "publish", "post_type": "page", **columns}
    names = ", ".join(f"`{name}`" for name in row)
    return f"{MYSQL}INSERT INTO `wp_posts` ({names}) VALUES ({', '.join(map(sql, row.values()))});\n"


@pytest.mark.parametrize(
    ("columns", "state"),
    [
        ({}, ""),
        ({"post_type": "wpcode"}, ""),
        ({"post_status": "draft"}, " [dormant]"),
        ({"post_status": "trash"}, " [dormant]"),
        ({"post_status": "inherit", "post_type": "revision"}, " [dormant]"),
    ],
)
def test_posts_and_their_status(columns: dict[str, str], state: str) -> None:
    assert told(post(**columns)) == ["html > script | fbq: fbq(\\'init\\', \\'102938475610293\\')" + state]


@pytest.mark.parametrize(
    ("insert", "state"),
    [
        ("INSERT INTO `wp_hfcm_scripts` (`name`, `snippet`, `status`) VALUES ('p', '{}', 'active');", ""),
        ("INSERT INTO `wp_hfcm_scripts` (`name`, `snippet`, `status`) VALUES ('p', '{}', 'inactive');", " [dormant]"),
        ("INSERT INTO `cms_block` (`title`, `content`, `is_active`) VALUES ('p', '{}', 1);", ""),
        ("INSERT INTO `cms_block` (`title`, `content`, `is_active`) VALUES ('p', '{}', 0);", " [dormant]"),
        ("INSERT INTO `jos_modules` (`title`, `content`, `published`) VALUES ('p', '{}', '0');", " [dormant]"),
        ("REPLACE INTO `wp_postmeta` VALUES (1,2,'_elementor_code','{}');", ""),
        ("INSERT IGNORE INTO db.core_config_data VALUES (1,'default',0,'design/head/includes','{}');", ""),
        ("UPDATE core_config_data SET value = '{}' WHERE path = 'design/head/includes';", ""),
        ("INSERT INTO ps_configuration SET name='X', value='{}';", ""),
        ("INSERT INTO [dbo].[Settings] ([Name], [Value]) VALUES (N'head', N'{}')\nGO\n", ""),
        ("INSERT INTO whatever VALUES (1, NULL, 'head_code', '{}', -1.5, NOW());", ""),
        ("INSERT INTO watchdog_log (message) VALUES ('{}');", " [dormant]"),
        ("CALL set_setting('head', '{}');", ""),
    ],
)
def test_tables_and_statements(insert: str, state: str) -> None:
    shown = SCRIPT.replace("'", "''")
    assert told(insert.replace("{}", shown)) == ["html > script | fbq: fbq(''init'', ''102938475610293'')" + state]


def test_tables_with_a_column_for_each_setting() -> None:
    created = (
        "CREATE TABLE settings (id int, name varchar(9), pixel_id varchar(9));\nINSERT INTO settings VALUES (1,'x','12345'),(2,'y',NULL);\n"
    )
    assert told(created) == [" | settings.pixel_id = 12345"]
    assert told("INSERT INTO settings (id, pixel_id) VALUES (1, 12345);") == [" | settings.pixel_id = 12345"]
    assert told(POSTGRES + "COPY settings (id, pixel_id) FROM stdin;\n1\t12345\n\\.\n") == [" | settings.pixel_id = 12345"]


def test_paths_are_keys() -> None:
    insert = "INSERT INTO `core_config_data` (`path`, `value`) VALUES ('facebook/business_extension/pixel_id', '123456789012345');"
    assert told(insert) == [" | core_config_data.facebook.business_extension.pixel_id = 123456789012345"]


def test_plugins_and_parameters_of_joomla() -> None:
    columns = "(`extension_id`, `name`, `type`, `element`, `folder`, `enabled`, `params`)"
    row = "(%d, 'plg_system_officialfacebookpixel', 'plugin', 'officialfacebookpixel', 'system', %d, '{\"pixel_id\":\"12345\"}')"
    assert told(f"INSERT INTO `jos_extensions` {columns} VALUES {row % (1, 1)}, {row % (2, 0)};") == [
        " | joomla plugin officialfacebookpixel: officialfacebookpixel",
        "json | extensions.officialfacebookpixel.pixel_id = 12345",
        " | joomla plugin officialfacebookpixel: officialfacebookpixel [dormant]",
        "json | extensions.officialfacebookpixel.pixel_id = 12345 [dormant]",
    ]


def test_configuration_of_drupal() -> None:
    modules = php({"module": {"block": 0, "officialfacebookpixel": 0}}).encode().hex()
    insert = f"INSERT INTO `config` VALUES ('', 'x.pixel_id', {sql(php({'id': '12345'}))}),('','core.extension',%s,'');"
    assert told(MYSQL + insert % sql(php({"module": {"block": 0, "officialfacebookpixel": 0}}))) == [
        "serialised | config.x.pixel_id.id = 12345",
        "serialised | drupal plugin officialfacebookpixel: officialfacebookpixel",
    ]
    assert told(f"INSERT INTO `config` (`name`, `data`) VALUES ('pixel_id.settings', 0x{php({'id': '12345'}).encode().hex()});") == [
        "serialised | config.pixel_id.settings.id = 3132333435"
    ]
    assert modules


def test_postgresql() -> None:
    rows = ["1\tsiteurl\t\\N", "2\thead\t{}", "3\tfacebook_pixel_id\t12345", "\\.", ""]
    copied = "COPY public.wp_options (option_id, option_name, option_value) FROM stdin;\n" + "\n".join(rows)
    assert told(POSTGRES + copied.replace("{}", SCRIPT.replace(">", ">\\n\\t"))) == [
        "html > script | fbq: fbq('init', '102938475610293')",
        " | options.facebook_pixel_id = 12345",
    ]
    escaped = SCRIPT.replace("'", "\\'")
    assert told(f"{POSTGRES}INSERT INTO t (name, value) VALUES ('c:\\', 'd'), ('head', E'{escaped}');\n") == [
        "html > script | fbq: fbq(\\'init\\', \\'102938475610293\\')"
    ]


def test_shortcodes_and_line_ends_of_page_builders() -> None:
    packed = "JTNDc2NyaXB0JTNFZmJxJTI4JTI3aW5pdCUyNyUyQyUyMCUyNzEyMzQ1JTI3JTI5JTNCJTNDJTJGc2NyaXB0JTNF"
    assert told(post(post_content=f"[vc_row][vc_raw_html]{packed}[/vc_raw_html][/vc_row] <i>fbq</i>")) == [
        "html > script | fbq: ZmJxJTI4JTI3aW5pdCUyNyUyQyUyMCUyNzEyMzQ1JTI3JTI5"
    ]
    end = "<!-- [et_pb_line_break_holder] -->"
    broken = f"[et_pb_code]<script>{end}  fbq('init', '12345');{end}</script>[/et_pb_code]"
    assert told(post(post_content=broken)) == ["html > script | fbq: fbq(\\'init\\', \\'12345\\')"]


def test_php_code_of_snippets() -> None:
    code = f"add_action('wp_head', function () {{ ?>\n{SCRIPT}\n<?php }} );"
    insert = f"INSERT INTO `wp_snippets` (`id`, `name`, `code`, `active`) VALUES (1, 'p', {sql(code)}, 1), (2, 'p', {sql(code)}, 0);\n"
    call = "php > html > script | fbq: fbq(\\'init\\', \\'102938475610293\\')"
    assert told(MYSQL + insert) == [call, f"{call} [dormant]"]
    bare = "add_action('wp_head', function () { echo \"<script>fbq('init', '12345');</script>\"; });"
    assert told(MYSQL + insert.split("(1,")[0] + f"(1, 'p', {sql(bare)}, 1);") == [
        "php > html > script | fbq: fbq(\\'init\\', \\'12345\\')"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "INSERT INTO t VALUES (1,'We use fbq and pixels, see connect.facebook.net');",
        "-- fbq( is gone\n",
        "INSERT INTO t VALUES (1,'<pre>&lt;script&gt;fbq(1)&lt;/script&gt;</pre>');",
        "INSERT INTO `wp_posts` (`post_content`) VALUES ('<p>Paste <code>fbq(1)</code></p>');",
    ],
)
def test_prose_is_nothing(text: str) -> None:
    assert [line for line in told(text) if "fbq:" in line or "Url" in line] == []


# ---------------------------------------------------------------- broken and hostile dumps


@pytest.mark.parametrize(
    "broken",
    [
        "INSERT INTO `wp_options` VALUES (1,'a','b",
        "INSERT INTO `wp_options` VALUES (1,'a','b'\n",
        "INSERT INTO `wp_options` (`a`, ",
        "CREATE TABLE `wp_options` (\n",
        "/* never closed ",
        "`",
        "SELECT $tag$ abc",
    ],
)
def test_reading_goes_on_behind_a_broken_statement(broken: str) -> None:
    after = f"INSERT INTO `wp_options` VALUES (2,'head',{sql(SCRIPT)});\n"
    assert [line for line in told(f"{MYSQL}{broken}\n{after}") if "fbq:" in line] == [
        "html > script | fbq: fbq(\\'init\\', \\'102938475610293\\')"
    ]


def test_a_dump_that_is_cut_off_is_read_to_its_end() -> None:
    cut = f"{MYSQL}INSERT INTO `wp_options` VALUES (1,'a','b'),(2,'head',{sql(SCRIPT)},'ye"
    assert told(cut) == ["html > script | fbq: fbq(\\'init\\', \\'102938475610293\\')"]


PIECES = (
    *(
        "(",
        "((",
        "'",
        '"',
        "(1,",
        "INSERT INTO t VALUES (",
        "\nINSERT INTO t VALUES ('",
        "/*",
        "--",
        "\\",
        "$a$",
        "`",
        "COPY t FROM stdin;\n",
    ),
    *("(1,'a'),", 's:5:"', "a:9:{", 'a:1:{i:0;s:9:"', '["', '{"a":', "')"),
)


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("head", ["", "INSERT INTO t VALUES (1,'", "INSERT INTO t (name, value) VALUES ('pixel_id','a:5:{"])
def test_hostile_text_takes_linear_time(piece: str, head: str) -> None:
    code = head + piece * (200_000 // len(piece)) + " fbq('init', '1')"
    start = time.process_time()
    source = Source("a.sql", code.encode())
    reading = Reading(source, LiteralProbe(LITERALS))
    reading.read(source.slice(), "sql", Frame())
    assert time.process_time() - start < 3


# ---------------------------------------------------------------- in pieces

SCANNER = Scanner(LITERALS)
_TEXTS = st.sampled_from(["a", "it's", 'say "x"', "é日😀", "a\nb", "\r\n", "c:\\", "(", ")", ";", "--", "/*", "#", "\\'", SCRIPT, "fbq"])
_VALUES = st.lists(_TEXTS, max_size=4).map("".join)
_ROWS = st.lists(
    st.tuples(st.sampled_from(["head", "pys_facebook", "x", "active_plugins"]), _VALUES | _VALUES.map(lambda v: php({"pixel_id": v}))),
    min_size=1,
    max_size=5,
)


def _insert(rows: Sequence[tuple[str, str]], between: str) -> str:
    return "INSERT INTO `wp_options` VALUES " + f",{between}".join(f"({n},{sql(a)},{sql(b)})" for n, (a, b) in enumerate(rows)) + ";\n"


_STATEMENTS = st.one_of(
    st.builds(_insert, _ROWS, st.sampled_from(["", "\n", "\r\n"])),
    st.sampled_from(
        [OPTIONS, "-- a comment's end\n", "/*!40000 it's */;\n", "\r\n", "LOCK TABLES `wp_options` WRITE;\n", "DELIMITER ;;\n", "\n\n"]
    ),
    _VALUES.map(lambda value: f"UPDATE `wp_options` SET option_value = {sql(value)} WHERE option_name = 'head';\n"),
    _VALUES.map(
        lambda value: "COPY wp_options FROM stdin;\n1\thead\t" + value.replace("\\", "").replace("\n", "\\n").replace("\r", "") + "\n\\.\n"
    ),
)
_DUMPS = st.lists(_STATEMENTS, min_size=1, max_size=6).map("".join)


def in_pieces(data: bytes, chunk: int) -> list[Finding]:
    report = check_dump("dump.sql", lambda: io.BytesIO(data), load_catalog(), SCANNER, chunk)
    assert report.skipped == ()
    return list(report.findings)


@settings(deadline=None, max_examples=80)
@given(dump=_DUMPS, chunk=st.integers(1, 400), encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
def test_the_size_of_the_pieces_changes_nothing(dump: str, chunk: int, encoding: str) -> None:
    data = (MYSQL + dump).encode(encoding, "replace")
    whole = check_source("dump.sql", data, literals=SCANNER.present(data))
    assert in_pieces(data, chunk) == in_pieces(data, len(data)) == list(whole.findings)


@settings(deadline=None, max_examples=30)
@given(dump=_DUMPS, chunk=st.integers(1, 400), encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16-le"]))
def test_places_in_pieces_are_those_in_the_file(dump: str, chunk: int, encoding: str) -> None:
    text = MYSQL + dump + _insert([("head", SCRIPT)], "")
    data = (b"\xff\xfe" if encoding == "utf-16-le" else b"") + text.encode(encoding)
    source = Source("dump.sql", data)
    found = in_pieces(data, chunk)
    assert found
    for finding in found:
        at = next(index for index in range(len(source.text)) if source.place(index) == finding.start)
        end = next(index for index in range(at, len(source.text) + 1) if source.place(index) == finding.end)
        column = finding.start.column - finding.lines_from
        assert finding.lines[0][column:].startswith(source.text[at:end].partition("\n")[0].rstrip("\r"))


def published(status: str, kind: str = "page") -> list[str]:
    """The states of what is found in a meta field of a post, whatever the pieces."""
    meta = f"INSERT INTO `wp_postmeta` VALUES (1,70,'_edit_lock','x'),(2,7,'_elementor_code',{sql(SCRIPT)});\n"
    row = [sql(str(number)) for number in range(23)]
    row[0], row[4], row[7], row[20] = "7", sql("a text with (7,'x') in it"), sql(status), sql(kind)
    posts = f"INSERT INTO `wp_posts` VALUES ({','.join(['70', *row[1:]])}),\n({','.join(row)});\n"
    states = {chunk: [found.state for found in in_pieces((MYSQL + meta + posts).encode(), chunk)] for chunk in (7, 100, 10_000)}
    assert len({tuple(found) for found in states.values()}) == 1
    return states[7]


def test_meta_fields_of_posts_that_are_not_published() -> None:
    assert published("publish") == ["active"]
    assert published("draft") == published("inherit", "revision") == ["dormant"]


def test_a_row_longer_than_a_piece() -> None:
    data = f"{MYSQL}INSERT INTO `wp_options` VALUES (1,'a','{'x' * 5000}'),(2,'head',{sql(SCRIPT)}),(3,'b','{'y' * 5000}');\n".encode()
    for chunk in (10, 999, 100_000):
        (found,) = in_pieces(data, chunk)
        assert (found.start.line, data[found.start.offset : found.end.offset]) == (2, b"fbq(\\'init\\', \\'102938475610293\\')")


# ---------------------------------------------------------------- exports of posts

EXPORT = """<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<item>
<content:encoded><![CDATA[<!-- wp:html -->@<!-- /wp:html -->]]></content:encoded>
<wp:status><![CDATA[publish]]></wp:status>
<wp:post_type>page</wp:post_type>
<wp:postmeta>
<wp:meta_key><![CDATA[_elementor_data]]></wp:meta_key>
<wp:meta_value><![CDATA[[{"settings":{"html":"<script>fbq('init', '222')<\\/script>"}}]]]></wp:meta_value>
</wp:postmeta>
<wp:postmeta><wp:meta_key>pixel_id</wp:meta_key><wp:meta_value><![CDATA[123456789]]></wp:meta_value></wp:postmeta>
<wp:comment><wp:comment_content><![CDATA[@]]></wp:comment_content></wp:comment>
</item>
<item>
<content:encoded><![CDATA[@]]></content:encoded>
<wp:status>draft</wp:status>
<wp:postmeta><wp:meta_key>_elementor_code</wp:meta_key><wp:meta_value><![CDATA[@]]></wp:meta_value></wp:postmeta>
</item>
</channel></rss>
"""


def test_an_export_of_posts() -> None:
    call = "fbq: fbq('init', '102938475610293')"
    source = Source("export.xml", EXPORT.replace("@", SCRIPT).encode())
    reading = Reading(source, LiteralProbe(LITERALS))
    reading.read(source.slice(), "xml", Frame())
    found = [
        (" > ".join(piece.via), source.text[slice(*piece.span)], piece.state)
        for piece in reading.evidence
        if not isinstance(piece, Library)
    ]
    assert found == [
        ("xml > html > script", call[5:], "active"),
        ("xml > json > html > script", "fbq('init', '222')", "active"),
        ("xml", "123456789", "active"),
        ("xml > html > script", call[5:], "dormant"),
        ("xml > html > script", call[5:], "dormant"),
    ]
