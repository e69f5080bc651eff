"""PHP files: the page around the code, and strings and comments in it."""

import time

import pytest

from tests.recording import run

PIXEL = "fbq('init', '123');"


def test_page_is_handed_on_once_with_php_masked() -> None:
    reading = run("php", f"<?php get_header(); ?>\n<script>{PIXEL}</script>\n<?php get_footer();")
    [(language, page, frame)] = reading.handed
    assert language == "html"
    assert frame.state == "active"
    assert page.text.strip() == f"<script>{PIXEL}</script>"
    assert page.span(page.text.index("fbq"), page.text.index("fbq") + 3) == (31, 34)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<script>fbq('init', '<?= $id ?>')</script>", "<script>fbq('init', '__________')</script>"),
        ("<script>fbq('init', <?php echo f('?>') ?>)</script>", "<script>fbq('init', " + "_" * 21 + ")</script>"),
        ("<script>fbq('init', '<? the_id() ?>')</script>", "<script>fbq('init', '______________')</script>"),
        ("<?php // x ?><script>fbq('init')</script>", "<script>fbq('init')</script>"),
        ("<?php /* ?> */ ?><b>fbq</b>", "<b>fbq</b>"),
        ("<?xml version='1'?><b>fbq</b>", "<?xml version='1'?><b>fbq</b>"),
    ],
)
def test_masks(source: str, expected: str) -> None:
    assert run("php", source).texts("html") == [expected]


def test_a_value_that_the_file_sets_once_stands_in_the_page() -> None:
    reading = run("php", "<?php $id = '123'; ?><script>fbq('init', '<?php echo esc_js( $id ); ?>')</script>")
    assert reading.texts("html") == ["<script>fbq('init', '123')</script>"]


def test_first_of_two_branches_in_an_expression() -> None:
    source = "<script>fbq('init', <?php if ($a): ?>'1'<?php else: ?>'2'<?php endif; ?>);</script>"
    [text] = run("php", source).texts("html")
    assert "'1'" in text
    assert "'2'" not in text


def test_switched_off_part_of_the_page_is_dormant() -> None:
    source = f"<b>fbq</b><?php if (false): ?><script>{PIXEL}</script><?php else: ?><i>fbq</i><?php endif; ?>"
    reading = run("php", source)
    assert reading.texts("html", "dormant") == [f"<script>{PIXEL}</script>"]
    [live] = reading.texts("html")
    assert PIXEL not in live
    assert "<i>fbq</i>" in live


def test_part_behind_a_consent_question_is_gated() -> None:
    source = f"<?php if (wp_has_consent('marketing')) {{ ?><script>{PIXEL}</script><?php }} ?>"
    assert run("php", source).texts("html", "consent-gated") == [f"<script>{PIXEL}</script>"]


@pytest.mark.parametrize(
    ("code", "language", "expected"),
    [
        ("echo '<script>fbq(\\'init\\', \\'123\\');</script>';", "html", "<script>fbq('init', '123');</script>"),
        ("echo \"<script>fbq('init', '{$a['x']}');</script>\";", "html", None),
        ("$s = \"fbq('init', '\" . $id . \"');\";", "javascript", "fbq('init', '___');"),
        ("define('PIXEL', '99'); echo '<script>fbq(\"init\", \"' . PIXEL . '\")</script>';", "html", '<script>fbq("init", "99")</script>'),
        ("echo '<script>'; echo \"fbq('init', '1');\"; echo '</script>';", "html", "<script>fbq('init', '1');</script>"),
        ("$o = '<script>'; $o .= \"fbq('init', '1');\"; $o .= '</script>';", "html", "<script>fbq('init', '1');</script>"),
        ("return sprintf(\"fbq('init', '%s', %d);\", '123', $x);", "javascript", "fbq('init', '123', __);"),
        ("wp_add_inline_script('h', \"fbq('track', 'PageView');\");", "javascript", "fbq('track', 'PageView');"),
        ("echo <<<HTML\n<script>fbq('init', '$id')</script>\nHTML;\n", "html", "<script>fbq('init', '___')</script>"),
        ("$id = '7'; echo \"<script>fbq('init', '$id')</script>\";", "html", "<script>fbq('init', '7')</script>"),
        ("echo <<<'X'\n  <script>fbq('init', '$id')</script>\n  X;\n", "html", "<script>fbq('init', '$id')</script>"),
        ("echo implode(\"\\n\", ['<script>', \"fbq('init', '1');\", '</script>']);", "html", "<script>fbq('init', '1');</script>"),
        ("$x = $a ? \"fbq('init', '1');\" : '';", "javascript", "fbq('init', '1');"),
        ("const F = \"<script>fbq('init', %s); x = '%s'</script>\";", "html", "<script>fbq('init', __); x = '__'</script>"),
        ("echo base64_decode('PHNjcmlwdD5mYnEoMSk8L3NjcmlwdD4=') . 'fbq';", "html", "<script>fbq(1)</script>fbq"),
        ("class A { const S = \"<script>fbq('init')</script>\"; }", "html", "<script>fbq('init')</script>"),
    ],
)
def test_strings_in_code(code: str, language: str, expected: str | None) -> None:
    texts = run("php", "<?php\n" + code).texts(language)
    assert len(texts) == 1
    assert expected is None or texts == [expected]


@pytest.mark.parametrize(
    ("code", "role"),
    [
        ("wp_enqueue_script('fb', 'https://connect.facebook.net/en_US/fbevents.js', [], null);", "script"),
        ("$this->addJs('https://connect.facebook.net/en_US/fbevents.js');", "script"),
        ("wp_enqueue_style('x', 'https://connect.facebook.net/x.css');", "style"),
        ("$r = wp_remote_post('https://graph.facebook.com/v9/' . $id . '/events', $args);", "request"),
        ("$url = 'https://graph.facebook.com/v9/1/events'; $ch = curl_init($url);", "request"),
        ("$client->post('https://graph.facebook.com/v9/1/events');", "request"),
        ("$u = add_query_arg($a, 'https://www.facebook.com/tr');", "code"),
        ("$hosts = ['connect.facebook.net', 'x.com'];", "data"),
        ("if ($r === 'preconnect') { $urls[] = 'https://connect.facebook.net'; }", "hint"),
        ("wp_print_script_tag(['src' => 'https://connect.facebook.net/en_US/fbevents.js']);", "script"),
        ("$x = ['#tag' => 'script', '#attributes' => ['src' => 'https://connect.facebook.net/en_US/fbevents.js']];", "script"),
    ],
)
def test_addresses_in_code(code: str, role: str) -> None:
    assert [found for found, _ in run("php", "<?php\n" + code).urls()] == [role]


@pytest.mark.parametrize(
    "code",
    [
        "__('Paste your fbq(...) snippet');",
        "if (strpos($tag, 'connect.facebook.net') !== false) {}",
        "$this->assertStringContainsString(\"fbq('init'\", $out);",
        "// We call fbq() on every page.",
        "/** fbq('init', 'x') is documented at https://connect.facebook.net/x */",
        "function fbq_init() { return 1; }",
        "echo 'Please call fbq to track.';",
        "$h['fbq'] = 1;",
    ],
)
def test_prose_and_searches_give_nothing(code: str) -> None:
    reading = run("php", "<?php\n" + code)
    assert reading.handed == []
    assert reading.evidence == []


def test_commented_out_code_is_dormant() -> None:
    source = "<?php\n// echo '<script>';\n// fbq('init', '1');\nfoo();\n"
    source += "/* wp_enqueue_script('x', 'https://connect.facebook.net/x/fbevents.js'); */"
    reading = run("php", source)
    assert [name for name, _, _ in reading.handed] == ["html", "javascript"]
    assert {frame.state for _, _, frame in reading.handed} == {"dormant"}


def test_code_in_a_false_branch_is_dormant() -> None:
    assert run("php", "<?php if (false) { echo \"<script>fbq('init')</script>\"; }").texts("html", "dormant") != []


def test_block_is_the_statement_and_unit_the_function() -> None:
    source = "<?php\nfunction a() {\n  wp_enqueue_script('fb', 'https://connect.facebook.net/en_US/fbevents.js');\n}\n"
    [url] = run("php", source).evidence
    assert source[slice(*url.block)] == "wp_enqueue_script('fb', 'https://connect.facebook.net/en_US/fbevents.js');"
    assert source[slice(*url.unit)].startswith("function a()")
    assert source[slice(*url.span)] == "https://connect.facebook.net/en_US/fbevents.js"


def test_places_behind_non_ascii_text() -> None:
    source = "<?php $t = 'Zähne – Weiß 🦷'; wp_enqueue_script('fb', 'https://connect.facebook.net/ü.js');"
    [url] = run("php", source).evidence
    assert source[slice(*url.span)] == "https://connect.facebook.net/ü.js"


def test_long_files_are_read_around_hits() -> None:
    filler = "$a['k'] = array('x', 'y');\n" * 45_000
    source = f"<?php\n{filler}wp_enqueue_script('fb', 'https://connect.facebook.net/en_US/fbevents.js');\n{filler}"
    [url] = run("php", source).evidence
    assert source[slice(*url.span)] == "https://connect.facebook.net/en_US/fbevents.js"


@pytest.mark.parametrize(
    "text", ['"{$', '<?php "{$"', "<?php <<<A\n", "<?php 'fbq", "<?php if(", "<?php /*", "<?= ", "?>", "<?php {$", '<?php "$a{']
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    start = time.process_time()
    run("php", "<?php fbq" + text * (100_000 // len(text)) + " 'fbq("[:6])
    assert time.process_time() - start < 5
