"""Single-file components: expressions are masked, their strings, handlers and scripts are read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.handing import Recorder, hand


def component(dialect: str, code: str) -> Recorder:
    return hand("component", dialect, code)


def test_astro_front_matter_is_typescript() -> None:
    recorder = component("astro", "---\nconst a = 'fbq';\n---\n<b>fbq</b>")
    assert recorder.only("typescript").strip() == "const a = 'fbq';"
    assert recorder.only("html").strip() == "<b>fbq</b>"


def test_scripts_are_left_alone() -> None:
    code = "<script>if (a) { fbq('init', `${x}`) }</script>\n<style>a{b:c}</style>"
    for dialect in ("vue", "svelte", "astro", "riot"):
        assert component(dialect, code).only("html") == code


@pytest.mark.parametrize(
    ("dialect", "code", "shown"),
    [
        ("svelte", '<img src="https://www.facebook.com/tr?id={id}&ev=1">', '<img src="https://www.facebook.com/tr?id=@@@@&ev=1">'),
        ("svelte", "<img src={`https://www.facebook.com/tr?id=${id}`}>", '<img src= "https://www.facebook.com/tr?id=@@@@@" >'),
        ("astro", "<img src={'https://www.facebook.com/tr'} {a} width={1} />", '<img src= "https://www.facebook.com/tr"  @@@ width=@@@ />'),
        ("astro", "<img src=`https://www.facebook.com/tr?id=${a}`>", '<img src="https://www.facebook.com/tr?id=@@@@">'),
        ("svelte", "<a on:click={() => fbq('a', {b: 1})}>x</a>", "<a on:click=\"() => fbq('a', {b: 1})\">x</a>"),
        ("svelte", '<a onclick={() => fbq("a")}>x</a>', "<a onclick='() => fbq(\"a\")'>x</a>"),
        ("svelte", "{#if a > 1}<b>fbq</b>{/if}", "@@@@@@@@@@@<b>fbq</b>@@@@@"),
        ("svelte", "<b>{a}</b><!-- {fbq} -->", "<b>@@@</b><!-- {fbq} -->"),
        ("astro", "{a && (<script>fbq()</script>)}", "{a && (<script>fbq()</script>)}"),
        ("vue", "<b>{{ a }}</b><i>fbq</i>", "<b>@@@@@@@</b><i>fbq</i>"),
        ("vue", '<img :src="`https://www.facebook.com/tr?id=${id}`">', '<img :src="`https://www.facebook.com/tr?id=@@@@@`">'),
        ("vue", "<img :src=\"'https://www.facebook.com/tr?id=' + id\">", '<img :src=" https://www.facebook.com/tr?id=@@@@@@">'),
        ("vue", "<a @click=\"fbq('a')\">", "<a @click=\"fbq('a')\">"),
        ("riot", '<img src="https://www.facebook.com/tr?id={ id }">', '<img src="https://www.facebook.com/tr?id=@@@@@@">'),
    ],
)
def test_masking(dialect: str, code: str, shown: str) -> None:
    assert component(dialect, code).only("html") == shown


@pytest.mark.parametrize("code", ["{@html `<script>fbq()<\\/script>`}", "{@html '<script>fbq()</script>'}"])
def test_svelte_html(code: str) -> None:
    assert component("svelte", code).only("html") == "<script>fbq()</script>"


def test_astro_set_html() -> None:
    assert component("astro", "<script set:html={`fbq('init', '${id}')`} />").only("javascript") == "fbq('init', '@@@@@')"
    assert component("astro", "<Fragment set:html={'<b>fbq</b>'} />").only("html") == "<b>fbq</b>"


def test_expressions_with_a_literal_are_read() -> None:
    assert component("svelte", "<b>{fbq('a')}</b>").only("javascript") == "fbq('a')"
    assert component("astro", "<A b={c ? \"fbq()\" : ''} />").only("javascript") == "c ? \"fbq()\" : ''"


@pytest.mark.parametrize(
    ("dialect", "code"),
    [
        ("svelte", "{#if false}<b>fbq</b>{#if a}x{/if}{:else}y{/if}"),
        ("astro", "{false && (<b>fbq</b>)}"),
        ("astro", "<b>{/* don't <script>fbq()</script> */}</b>"),
    ],
)
def test_what_never_runs_is_dormant(dialect: str, code: str) -> None:
    recorder = component(dialect, code)
    assert "fbq" in recorder.only("html", "dormant")
    assert not recorder.live()


def test_vue_template_in_pug() -> None:
    code = '<template lang="pug">\nscript(src="https://connect.facebook.net/a.js")\n</template>\n<script>fbq()</script>'
    recorder = hand("component", "vue", code, through=("indented",))
    assert recorder.handed[0].shown == '<script src="https://connect.facebook.net/a.js">\n</script>'
    assert "fbq()" in recorder.handed[1].shown


PARTS = st.sampled_from(
    [
        "{",
        "}",
        "{{",
        "}}",
        "<a",
        ">",
        "/>",
        "`",
        '"',
        "'",
        "${",
        "=",
        " b",
        "fbq",
        "---\n",
        "<!--",
        "-->",
        "{/*",
        "*/",
        "{#if false}",
        "{/if}",
        "<script>",
    ]
)


@given(st.sampled_from(["vue", "svelte", "astro", "riot", "marko"]), st.lists(PARTS, max_size=40).map("".join))
def test_any_text_can_be_read(dialect: str, code: str) -> None:
    component(dialect, code)


@pytest.mark.parametrize("unit", ["{", "<a b={", "{/*", "<a b='", "<a b=`", "{<a ", "{'", "<!--", "<script>", "{#if false}", "{{"])
@pytest.mark.parametrize("dialect", ["vue", "svelte", "astro"])
def test_hostile_repetition_is_linear(dialect: str, unit: str) -> None:
    component(dialect, unit * 5000 + "fbq")
