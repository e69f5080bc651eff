"""PHP functions that only print a tracker go with their hooks; what stays and why."""

import pytest
from fixing_support import CATALOG, fix, fixed_soundly
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.fixes.model import Task, applied, merged
from linter.fixes.php_hooks import fix as fix_hooks
from linter.fixes.php_hooks import why_not
from linter.fixes.php_names import mentions
from linter.fixes.recorded import record

ID = "1802345678901234"
LOADER = """!function(f,b,e,v,n,t,s){if(f.fbq)return;n=f.fbq=function(){n.callMethod?
n.callMethod.apply(n,arguments):n.queue.push(arguments)};if(!f._fbq)f._fbq=n;n.push=n;n.loaded=!0;n.version='2.0';n.queue=[];
t=b.createElement(e);t.async=!0;t.src=v;s=b.getElementsByTagName(e)[0];s.parentNode.insertBefore(t,s)}(window,document,'script',
'https://connect.facebook.net/en_US/fbevents.js');"""
SNIPPET = f"""<!-- Meta Pixel Code -->
<script>
{LOADER}
fbq('init', '{ID}');
fbq('track', 'PageView');
</script>
<noscript><img height="1" width="1" style="display:none" src="https://www.facebook.com/tr?id={ID}&ev=PageView&noscript=1"/></noscript>
<!-- End Meta Pixel Code -->
"""
GTAG = """<script async src="https://www.googletagmanager.com/gtag/js?id=G-RDJLRWL8VE"></script>
<script>
window.dataLayer = window.dataLayer || [];
function gtag(){dataLayer.push(arguments);}
gtag('js', new Date());
gtag('config', 'G-RDJLRWL8VE');
</script>
"""
HEAD = "<?php\n\nadd_theme_support( 'title-tag' );\n"
TAIL = "\n/** Sidebars. */\nfunction site_widgets() {\n\tregister_sidebar();\n}\nadd_action( 'widgets_init', 'site_widgets' );\n"


def inline(inside: str = SNIPPET, before: str = "", name: str = "site_pixel") -> str:
    return f"function {name}() {{{before} ?>\n{inside}<?php }}\nadd_action( 'wp_head', '{name}' );\n"


IMAGE = '<noscript><img src="https://www.facebook.com/tr?id=%s&ev=PageView"></noscript>'
TAG = "https://www.googletagmanager.com/gtag/js?id=G-RDJLRWL8VE"
INLINE = (
    "window.dataLayer = window.dataLayer || []; function gtag(){dataLayer.push(arguments);} "
    "gtag('js', new Date()); gtag('config', 'G-RDJLRWL8VE');"
)
LINES = SNIPPET.replace("'", "\\'").splitlines()
ESCAPED = SNIPPET.replace("\\", "\\\\").replace('"', '\\"')
HOOK = "add_action( 'wp_head', 'site_pixel' );\n"
TAKEN = {
    "markup": inline(),
    "with comments": "// Meta Pixel\n/**\n * Prints the pixel.\n */\n" + inline().replace("add_action", "// into the head\nadd_action"),
    "another tracker": inline(GTAG),
    "both": inline(SNIPPET + GTAG),
    "an account that is looked up": inline(SNIPPET.replace(ID, "<?php echo esc_js( get_option( 'pixel' ) ); ?>")),
    "an account in a variable": inline(
        SNIPPET.replace(ID, "<?= esc_attr( $id ) ?>"),
        "\n\t$id = get_theme_mod( 'pixel' );\n\tif ( ! $id || is_admin() ) {\n\t\treturn;\n\t}\n",
    ),
    "under a condition": f"function site_pixel() {{\n\tif ( is_front_page() ) {{ ?>\n{SNIPPET}<?php }}\n}}\n" + HOOK,
    "under a condition with a colon": f"function site_pixel() {{\n\tif ( is_home() ) : ?>\n{SNIPPET}<?php endif;\n}}\n" + HOOK,
    "an alternative": f"function site_pixel() {{\n\tif ( a() ) {{ ?>\n{SNIPPET}<?php }} else {{ ?>\n{GTAG}<?php }}\n}}\n" + HOOK,
    "the hook before it": HOOK + inline().replace(HOOK, ""),
    "two hooks": inline() + "add_action( 'login_head', 'site_pixel' );\n",
    "a hook under a condition": inline().replace(HOOK, "if ( ! is_admin() ) {\n\t" + HOOK + "}\n"),
    "a hook under a condition without braces": inline().replace(HOOK, "if ( ! is_admin() ) " + HOOK),
    "a hook by its full name": inline().replace("'site_pixel' )", "__NAMESPACE__ . '\\\\site_pixel' )"),
    "if it is not there yet": "if ( ! function_exists( 'site_pixel' ) ) {\n" + inline() + "}\n",
    "if it is not there yet, with a colon": "if ( ! function_exists( 'site_pixel' ) ) :\n" + inline() + "endif;\n",
    "a closure": f"add_action( 'wp_head', function () {{ ?>\n{SNIPPET}<?php }}, 5 );\n",
    "echo": f'function site_pixel() {{\n\techo "{ESCAPED}";\n}}\n' + HOOK.replace("'", '"'),
    "echo, piece by piece": "function site_pixel() {\n" + "".join(f"\techo '{line}' . \"\\n\";\n" for line in LINES) + "}\n" + HOOK,
    "a heredoc": "function site_pixel() {\n\t$id = get_option( 'x' );\n\techo <<<HTML\n"
    + SNIPPET.replace(ID, "{$id}")
    + "HTML;\n}\n"
    + HOOK,
    "a variable": f"function site_pixel() {{\n\t$out = '<!-- x -->';\n\t$out .= \"{ESCAPED}\";\n\techo $out;\n}}\n" + HOOK,
    "a buffer": f"function site_pixel() {{\n\tob_start(); ?>\n{SNIPPET}<?php $out = ob_get_clean();\n\techo $out;\n}}\n" + HOOK,
    "printf": f"function site_pixel() {{\n\tprintf( '{IMAGE}', get_option( 'x' ) );\n}}\n" + HOOK,
    "an enqueued script": f"function site_pixel() {{\n\twp_enqueue_script( 'ga', '{TAG}', array(), null, false );\n"
    f"\twp_add_inline_script( 'ga', \"{INLINE}\" );\n}}\n" + HOOK,
}


@pytest.mark.parametrize("code", TAKEN.values(), ids=TAKEN)
def test_functions_that_only_print_a_tracker_go(code: str) -> None:
    before = HEAD + "\n" + code + TAIL
    result = fixed_soundly({"functions.php": before.encode()}, unsafe=True)
    assert result.files["functions.php"].decode() == HEAD + TAIL
    assert result.fixes.refused == {}
    crlf = fixed_soundly({"functions.php": before.replace("\n", "\r\n").encode()}, unsafe=True)
    assert crlf.files["functions.php"].decode() == (HEAD + TAIL).replace("\n", "\r\n")


@pytest.mark.parametrize("code", TAKEN.values(), ids=TAKEN)
def test_functions_stay_unless_asked_for(code: str) -> None:
    left = fix({"functions.php": (HEAD + code + TAIL).encode()}).files["functions.php"].decode()
    assert "site_pixel" in left or "function ()" in left


ENQUEUED = """function site_scripts() {
	wp_enqueue_script( 'site', get_theme_file_uri( 'site.js' ) );
	// Analytics
	wp_enqueue_script( 'ga', 'https://www.googletagmanager.com/gtag/js?id=G-RDJLRWL8VE', array(), null );
	wp_script_add_data( 'ga', 'async', true );
	wp_enqueue_style( 'site', 'site.css' );
}
add_action( 'wp_enqueue_scripts', 'site_scripts' );
"""


def test_an_enqueued_script_goes_alone() -> None:
    result = fixed_soundly({"functions.php": (HEAD + ENQUEUED).encode()}, unsafe=True)
    assert result.files["functions.php"].decode() == HEAD + "".join(
        line for line in ENQUEUED.splitlines(keepends=True) if "'ga'" not in line and "Analytics" not in line
    )
    assert fix({"functions.php": (HEAD + ENQUEUED).encode()}).fixes.unsafe


REASONS = {
    "used elsewhere": (inline() + "site_pixel();\n", "is used in line"),
    "handed on": (inline() + "$all = array( 'site_pixel' );\n", "is used in line"),
    "not hooked up": (inline().rsplit("add_action", 1)[0], "hooked up nowhere"),
    "a filter": (inline().replace("add_action", "add_filter"), "is used in line"),
    "more markup": (inline(SNIPPET + "<link rel='icon' href='/i.png'>\n"), "prints something else"),
    "more script": (inline(SNIPPET.replace("fbq('track'", "window.site = 1;\nfbq('track'")), "prints something else"),
    "what is not known": (inline(SNIPPET + "<?php echo get_option( 'more' ); ?>\n"), "prints something else"),
    "more done": (inline(before="\n\tupdate_option( 'seen', 1 );"), "it also calls update_option"),
    "an object": (inline(before="\n\t$x = new Pixel();"), "makes an object"),
    "a method": (inline(before="\n\t$x = site()->save();"), "it also calls save"),
    "a global": (inline(before="\n\tglobal $seen;\n\t$seen = true;"), "it also sets $seen"),
    "a file": (inline(before="\n\trequire 'more.php';"), "takes in another file"),
    "a loop": (inline(before="\n\ttry { x(); } finally { y(); }"), "does more than print"),
    "not a hook": (f"$x = function () {{ ?>\n{SNIPPET}<?php }};\n", "not hooked up where it stands"),
}


@pytest.mark.parametrize(("code", "reason"), REASONS.values(), ids=REASONS)
def test_functions_that_do_more_stay(code: str, reason: str) -> None:
    task = asked(HEAD + code)
    assert fix_hooks(task).edits == {}
    assert any(reason in why for why in why_not(task).values()), why_not(task)


HANDLES = {
    "a dependency": (
        ENQUEUED + "wp_enqueue_script( 'more', 'more.js', array( 'ga' ) );\n",
        "its handle `ga` is used in line 12 too",
    ),
    "other code": (
        ENQUEUED.replace("\twp_script_add_data( 'ga', 'async', true );", "\twp_add_inline_script( 'ga', 'window.mine = 1;' );"),
        "adds other code to the script `ga`",
    ),
    "put together": (ENQUEUED.replace("'ga'", "$handle"), "its handle is not written out"),
    "a widget": (
        "wp_enqueue_script( 'fb', 'https://connect.facebook.net/en_US/sdk.js' );\n",
        "people see it on the page",
    ),
}


@pytest.mark.parametrize(("code", "reason"), HANDLES.values(), ids=HANDLES)
def test_scripts_that_something_needs_stay(code: str, reason: str) -> None:
    result = fixed_soundly({"functions.php": (HEAD + code).encode()}, unsafe=True)
    assert result.files["functions.php"].decode() == HEAD + code
    assert any(reason in why for why in result.fixes.refused.values()), result.fixes.refused


LEAD = "\techo \"<script>fbq('track', 'Lead', {value: 1});</script>\";\n"
ECHOES = {
    "beside markup of the site": ("\techo '<main>';\n" + LEAD + "\techo '</main>';\n", "\techo '<main>';\n\techo '</main>';\n"),
    "two together": ("\tsite();\n" + LEAD + LEAD.replace("Lead", "Contact") + "\treturn 1;\n", "\tsite();\n\treturn 1;\n"),
    "piece by piece": (
        "\tsite();\n" + "".join(f"\techo '{line}';\n" for line in LINES if "//" not in line or "src" in line or "https" in line),
        "\tsite();\n",
    ),
    "under a condition": ("\tsite();\n\tif ( $order->get_id() ) {\n\t" + LEAD + "\t}\n", "\tsite();\n"),
    "under a condition without braces": ("\tsite();\n\tif ( is_page() )\n\t" + LEAD, "\tsite();\n"),
    "an alternative": (
        "\tif ( a() ) {\n\t\tb();\n\t} else {\n" + LEAD + "\t}\n",
        "\tif ( a() ) {\n\t\tb();\n\t} else {\n\t}\n",
    ),
}


@pytest.mark.parametrize(("code", "left"), ECHOES.values(), ids=ECHOES)
def test_statements_that_print_only_a_tracker_go(code: str, left: str) -> None:
    around = "<?php\nfunction site_thanks() {{\n{}}}\n"
    result = fixed_soundly({"thanks.php": around.format(code).encode()}, unsafe=True)
    assert result.files["thanks.php"].decode() == around.format(left)


@pytest.mark.parametrize(
    "code",
    [
        '\techo "<p>Thanks</p><script>fbq(\'track\', \\"Lead\\");</script>";\n',
        "\tif ( a() ) b();\n\telse\n" + LEAD,
        "\tif ( a() )\n" + LEAD + "\telse b();\n",
        "\tforeach ( a() as $b )\n" + LEAD,
        LEAD.replace("Lead", '" . save() . "').replace("save", "save_options"),
    ],
)
def test_statements_that_do_more_stay(code: str) -> None:
    assert fix_hooks(asked("<?php\nfunction site_thanks() {\n" + code + "}\n")).edits == {}


CONSTANTS = {
    "a constant": "define( 'FB_PIXEL_ID', '{}' );\n",
    "a constant of the language": "const FB_PIXEL_ID = '{}';\n",
    "a constant unless it is there": "if ( ! defined( 'FB_PIXEL_ID' ) ) {{\n\tdefine( 'FB_PIXEL_ID', '{}' );\n}}\n",
}


@pytest.mark.parametrize("code", CONSTANTS.values(), ids=CONSTANTS)
def test_accounts_of_code_that_goes_are_emptied(code: str) -> None:
    page = inline(SNIPPET.replace(ID, "<?php echo FB_PIXEL_ID; ?>"))
    result = fixed_soundly({"functions.php": (HEAD + code.format(ID) + page + TAIL).encode()}, unsafe=True)
    assert result.files["functions.php"].decode() == HEAD + code.format("") + TAIL


def test_accounts_alone_are_emptied_when_asked_for() -> None:
    code = "<?php\nreturn [\n    'facebook_pixel_id' => '" + ID + "',\n    'x' => 1,\n];\n"
    assert fix({"config/services.php": code.encode()}).files["config/services.php"].decode() == code
    result = fixed_soundly({"config/services.php": code.encode()}, unsafe=True)
    assert result.files["config/services.php"].decode() == code.replace(ID, "")


def test_requests_of_the_server_stay_with_a_reason() -> None:
    code = "<?php\nfunction site_sent() {\n\twp_remote_post( 'https://www.google-analytics.com/mp/collect', [ 'body' => '{}' ] );\n}\n"
    for unsafe in (False, True):
        result = fix({"functions.php": code.encode()}, unsafe)
        assert result.files["functions.php"].decode() == code
        assert all("code of the server" in why for why in result.fixes.refused.values())
        assert result.fixes.refused


def test_plugins_are_left_alone() -> None:
    path = "wp-content/plugins/acme/acme.php"
    assert fix({path: (HEAD + inline()).encode()}, unsafe=True).files[path].decode().count("site_pixel") == 2


def asked(code: str, unsafe: bool = True, path: str = "functions.php") -> Task:
    recorded = record(path, code.encode(), CATALOG)
    assert recorded is not None
    matches = tuple(match for row in recorded.told if row.finding.state != "dormant" for match in row.matches)
    return Task(recorded.source, recorded.parts, matches, CATALOG, unsafe)


def test_names_that_no_other_file_may_use() -> None:
    found = fix_hooks(asked(HEAD + inline() + ENQUEUED)).takes
    assert set(found.values()) == {("site_pixel",), ("'ga'",)}
    files = [("a.php", "site_pixel();"), ("b.php", 'array( "ga" )'), ("c.php", "my_site_pixel(); gaga"), ("d.js", "site_pixel()")]
    assert mentions(files, {"site_pixel", "'ga'"}, "functions.php") == ["a.php", "b.php"]
    assert mentions(files, set(), "functions.php") == []


def test_code_that_is_broken_stays() -> None:
    for code in (HEAD + inline().replace("<?php }", "<?php "), "<?php function (", inline()):
        outcome = fix_hooks(asked(code))
        assert outcome.edits == {}


WORDS = [
    *(
        "<?php\n",
        "?>",
        "function a() {",
        "}",
        "add_action('wp_head', 'a');",
        SNIPPET,
        "if (x) {",
        "else",
        "echo '",
        "';",
        "<<<X\n",
        "\nX;\n",
    ),
    *("a", "(", ")", f"wp_enqueue_script('g', '{TAG}');", "endif;", ":", "foreach ($a as $b)", "<?=", "// x\n", "/*"),
]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(WORDS), max_size=20))
def test_no_code_is_too_odd(words: list[str]) -> None:
    task = asked("".join(words))
    outcome = fix_hooks(task)
    applied(task.source.text, merged(edit for row in outcome.edits.values() for edit in row))
    assert set(outcome.takes) <= set(outcome.edits)
    assert set(why_not(task)) <= set(range(len(task.matches)))
