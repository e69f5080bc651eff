"""Fixes in markup: exact texts before and after, reasons of refusals, properties of what is left."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.catalog import load_catalog
from linter.evidence import Span
from linter.fixes import markup
from linter.fixes.model import Outcome, Part, Task, applied, merged
from linter.fixes.recorded import record

LOADER = "https://connect.facebook.net/en_US/fbevents.js"
SCRIPT = f'<script async src="{LOADER}"></script>'
INLINE = "<script>\nfbq('init', '1234567890');\nfbq('track', 'PageView');\n</script>"
IMAGE = '<img height="1" width="1" src="https://www.facebook.com/tr?id=1234567890&ev=PageView&noscript=1"/>'
NOSCRIPT = f"<noscript>{IMAGE}</noscript>"
GTAG = '<script async src="https://www.googletagmanager.com/gtag/js?id=G-ABCDE12345"></script>'
GTAG_CONFIG = "<script>function gtag(){dataLayer.push(arguments);} gtag('config', 'G-ABCDE12345');</script>"
TORN = markup.TORN
SEEN = "people see it on the page: what takes its place is to be chosen"


def emptied(parts: tuple[Part, ...]) -> tuple[Span, ...]:
    """What the fixer of scripts would leave empty: scripts and handlers that say nothing of `own`."""
    scripts = [part for part in parts if part.language == "javascript" and part.frame.element in ("script", "handler")]
    return tuple(part.text.span(0, len(part.text)) for part in scripts if "own" not in part.text.text)


def fix(path: str, text: str) -> tuple[str, Outcome]:
    """The text after the edits, and the outcome."""
    recorded = record(path, text.encode(), load_catalog())
    assert recorded is not None
    matches = tuple(match for row in recorded.told if row.finding.state != "dormant" for match in row.matches)
    outcome = markup.fix(Task(recorded.source, recorded.parts, matches, load_catalog(), emptied=emptied(recorded.parts)))
    assert not set(outcome.edits) & set(outcome.refused)
    edits = [edit for edits in outcome.edits.values() for edit in edits]
    assert all(edit.text == "" for edit in merged(edits))
    return applied(recorded.source.text, edits), outcome


PAGE = "<!DOCTYPE html>\n<html>\n<head>\n<title>x</title>\n{}<style></style>\n</head>\n<body>\n<p>y</p>\n</body>\n</html>\n"
GONE = [
    SCRIPT,
    f"\n<!-- Meta Pixel Code -->\n{INLINE}\n{NOSCRIPT}\n<!-- End Meta Pixel Code -->\n\n",
    f"<!-- Facebook Pixel Code -->{SCRIPT}{INLINE}<!-- End Facebook Pixel Code -->\n",
    f"<!-- Facebook-Pixel Anfang -->\n{INLINE}\n<!-- Ende Facebook-Pixel -->\n",
    f"<!-- Código del píxel de Facebook -->\n{SCRIPT}\n{INLINE}\n<!-- Fin del código del píxel de Facebook -->\n",
    f"<!-- Meta Pixel Code -->\n{INLINE}\n<!-- Meta Pixel Code (noscript) -->\n{NOSCRIPT}\n<!-- Meta Pixel Code -->\n",
    f"{INLINE}\n<noscript>\n  <!-- Facebook Pixel -->\n  <div style='display:none'>{IMAGE}</div>\n</noscript>\n",
    f"<!-- Global site tag (gtag.js) -->\n{GTAG}\n{GTAG_CONFIG}\n",
    '<!-- Google Tag Manager (noscript) -->\n<noscript><iframe src="https://www.googletagmanager.com/ns.html?id=GTM-ABCDEF"></iframe></noscript>\n',
    f'<link rel="preconnect" href="https://connect.facebook.net">\n<link rel="dns-prefetch" href="//connect.facebook.net" />\n{SCRIPT}\n',
    f'<link rel="preload" as="script" href="{LOADER}">\n',
    f'<script type="text/plain" data-category="marketing" data-src="{LOADER}"></script>\n',
    '<amp-pixel src="https://www.facebook.com/tr?id=1234567890&ev=PageView&noscript=1" layout="nodisplay"></amp-pixel>\n',
    '<amp-analytics type="facebookpixel"><script type="application/json">{"vars": {"pixelId": "1234567890"}}</script></amp-analytics>\n',
]


@pytest.mark.parametrize("snippet", GONE)
def test_snippets_go_without_a_trace(snippet: str) -> None:
    text, outcome = fix("index.html", PAGE.format(snippet))
    assert text in (PAGE.format(""), PAGE.format("\n"))
    assert not outcome.refused
    assert fix("index.html", text)[0] == text


CHANGED = [
    ("a.html", f'<p>own</p><a href="#" class="b" onclick="fbq(1)">x</a>{SCRIPT}', '<p>own</p><a href="#" class="b">x</a>'),
    ("a.html", "<a\n  onclick='fbq(\"track\", \"Lead\")'\n  href='#'>x</a>", "<a\n  href='#'>x</a>"),
    ("a.html", "<a onclick=fbq('track')>x</a>", "<a>x</a>"),
    ("a.html", f"<noscript><img src=own.gif>{IMAGE}</noscript>", "<noscript><img src=own.gif></noscript>"),
    ("a.html", f"<noscript><div>{IMAGE}</noscript>own", "<noscript><div></noscript>own"),
    ("a.html", f"<noscript>own {IMAGE}</noscript>", "<noscript>own </noscript>"),
    ("a.html", f"<p>one {IMAGE} two</p>", "<p>one two</p>"),
    ("a.html", f"<!-- Meta tags -->\n{SCRIPT}\n<meta name=own>\n", "<!-- Meta tags -->\n<meta name=own>\n"),
    ("a.html", f"<!--[if !IE]><!-->\n{SCRIPT}\n<!--<![endif]-->\n", "<!--[if !IE]><!-->\n<!--<![endif]-->\n"),
    ("a.html", f"<!-- Facebook Pixel and Google Analytics -->\n{SCRIPT}\n<p>", "<!-- Facebook Pixel and Google Analytics -->\n<p>"),
    ("a.html", f"{SCRIPT}\n<!-- Facebook Pixel Events -->\n<i>own</i>", "<!-- Facebook Pixel Events -->\n<i>own</i>"),
    ("a.html", f"<script>own()</script>\r\n\r\n{SCRIPT}\r\n\r\n<p>x</p>\r\n", "<script>own()</script>\r\n\r\n<p>x</p>\r\n"),
    ("a.html", '{{ with .own }}{{ end }}\n{{ template "_internal/google_analytics.html" . }}\n<p>', "{{ with .own }}{{ end }}\n<p>"),
    ("a.twig", f"{{% if own(1) %}}\n  {SCRIPT}\n{{% endif %}}\n", "{% if own(1) %}\n{% endif %}\n"),
    ("a.liquid", f"{{% if a %}}\n  {SCRIPT}\n{{% else %}}own{{% endif %}}\n", "{% if a %}\n{% else %}own{% endif %}\n"),
    ("a.liquid", f"own\n{{% if settings.fb != blank -%}}\n  {SCRIPT}\n{{%- endif %}}\n", "own\n"),
    ("a.html", f"{{{{- with .Site.Params.fb }}}}\n<!-- Meta Pixel -->\n{SCRIPT}\n{{{{ end -}}}}\n<i>own</i>", "<i>own</i>"),
    ("a.php", f"<i>own</i>\n<?php if (!empty($fb)): ?>\n{SCRIPT}\n<?php endif; ?>\n", "<i>own</i>\n"),
    ("a.php", f"<?php if (own($fb)): ?>\n{SCRIPT}\n<?php endif; ?>\n", "<?php if (own($fb)): ?>\n<?php endif; ?>\n"),
    ("a.ejs", f"<!-- Meta Pixel -->\n<% if (fb.id) {{ %>\n{SCRIPT}\n<% }} %>\n<!-- End Meta Pixel -->\n<i>own</i>", "<i>own</i>"),
    ("a.blade.php", f"own @production\n{SCRIPT}\n@endproduction own", "own own"),
    ("a.astro", f"---\n---\n<i>own</i>\n{{fb.id && (\n{SCRIPT}\n)}}\n", "---\n---\n<i>own</i>\n"),
    ("a.liquid", f"{{% comment %}} Meta Pixel {{% endcomment %}}\n{SCRIPT}\n<p>own</p>", "<p>own</p>"),
    ("a.twig", f"{{# Facebook Pixel #}}\n{SCRIPT}\n{{# /Facebook Pixel #}}\n<p>own</p>", "<p>own</p>"),
    ("a.blade.php", f"{{{{-- Facebook Pixel --}}}}\n{SCRIPT}\n<p>own</p>", "<p>own</p>"),
    ("a.html.erb", f"<%# Facebook Pixel %>\n<% if fb? %>\n{SCRIPT}\n<% end %>\nown", "own"),
    ("a.tpl", "{literal}\n<script>fbq('{/literal}{$id}{literal}');</script>\n{/literal}{$own}", "{literal}\n{/literal}{$own}"),
    ("a.php", f"<b><?= $own ?></b>\n{SCRIPT}\n<?php own(); ?>\n", "<b><?= $own ?></b>\n<?php own(); ?>\n"),
    ("a.php", f"<?php echo '<p>own</p>{SCRIPT}'; ?>", "<?php echo '<p>own</p>'; ?>"),
    ("a.php", f"<?php echo <<<HTML\n<p>own</p>\n{SCRIPT}\n<p>$own</p>\nHTML;\n", "<?php echo <<<HTML\n<p>own</p>\n<p>$own</p>\nHTML;\n"),
    ("a.md", f"own text\n{SCRIPT}\nown text\n", "own text\n\nown text\n"),
    ("a.md", f"# own\n\n{SCRIPT}\n\nown\n", "# own\n\nown\n"),
    ("a.vue", "<template>\n<a @click=\"fbq(1)\" href=\"#\">own</a>\n</template>\n", '<template>\n<a href="#">own</a>\n</template>\n'),
    ("a.svelte", f"<svelte:head>\n  {SCRIPT}\n</svelte:head>\n{{#if own}}x{{/if}}\n", "<svelte:head>\n</svelte:head>\n{#if own}x{/if}\n"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "before", "after"), CHANGED)
def test_only_what_is_the_vendors_goes(path: str, before: str, after: str) -> None:
    text, outcome = fix(path, before)
    assert (text, dict(outcome.refused)) == (after, {})
    assert fix(path, text)[0] == text


KEPT = [
    ("a.html", f'<script src="{LOADER}" onload="own()"></script>', "its element runs code of its own (`onload`)"),
    ("a.html", f'<script id="fb" src="{LOADER}"></script><script>own("#fb")</script>', "its id `fb` is used elsewhere in the file"),
    ("a.html", f'<script src="{LOADER}">own()</script>', "something stands inside its script element"),
    ("a.html", f'<p></p><script src="{LOADER}">', "its script element is never closed"),
    (
        "a.html",
        '<img src="own.png" data-src="https://www.facebook.com/tr?id=1&ev=a">',
        "the img element shows something else, and only `data-src` is the vendor's",
    ),
    ("a.html", '<iframe src="https://www.facebook.com/plugins/page.php?href=own"></iframe>', SEEN),
    (
        "a.html",
        '<link rel="preconnect" href="https://connect.facebook.net"><script src="https://connect.facebook.net/en_US/sdk.js"></script>',
        "the page also loads connect.facebook.net/en_US/sdk.js",
    ),
    ("a.php", f"<?php own('{SCRIPT}'); ?>", TORN),
    ("a.php", f"<?php echo own('<p>%s</p>{NOSCRIPT.replace('1234567890', '%s')}'); ?>", TORN),
    ("a.liquid", f"<noscript>{{% include 'own' %}}{IMAGE}</noscript>", TORN),
    ("a.haml", f"%div\n  {NOSCRIPT}\n", "the page is written in indented markup: its lines are to be taken out by hand"),
    (
        "a.vue",
        '<template><div><img v-if="own" src="https://www.facebook.com/tr?id=1&ev=a"><p v-else>own</p></div></template>',
        "the element behind it is its other branch",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("path", "text", "why"), KEPT)
def test_what_is_in_doubt_is_kept(path: str, text: str, why: str) -> None:
    after, outcome = fix(path, text)
    assert why in outcome.refused.values()
    assert "own" in after or "script" in after


def test_scripts_that_are_not_empty_stay() -> None:
    text = "<script>own(); fbq('track', 'Lead')</script>"
    assert fix("a.html", text) == (text, Outcome())


PIECES = [
    *GONE, "<p>own</p>", "<!-- own -->", "<!-- Meta Pixel Code -->", "<script>own()</script>", "<noscript>own</noscript>", "\n", "  ",
    "\r\n",
    "{% if flag %}", "{% endif %}", "{{ own }}", "<?php if ($flag): ?>", "<?php endif; ?>", "<noscript>", "</noscript>", "<script>",
    "</script>", "<!--", "-->", '"', "'", "<?php echo '", "'; ?>", "{#if flag}", "{/if}", "<% if flag %>", "<% end %>", IMAGE, INLINE,
    "<template>", "</template>",
]  # fmt: skip
PATHS = [
    "a.html",
    "a.php",
    "a.liquid",
    "a.twig",
    "a.vue",
    "a.svelte",
    "a.astro",
    "a.erb",
    "a.md",
    "a.tpl",
    "a.cshtml",
    "a.hbs",
    "a.blade.php",
    "a.txt",
]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), st.sampled_from(PATHS))
@settings(max_examples=300, deadline=None)
def test_what_is_left_was_there_and_stays(text: str, path: str) -> None:
    once, outcome = fix(path, text)
    at = 0
    for character in once:
        at = text.index(character, at) + 1
    assert once.count("own") == text.count("own")
    if not outcome.refused:
        assert fix(path, once)[0].count("own") == once.count("own")
