"""`balance.holds_whole_blocks`: spans of templates, marked by `[[` and `]]` in the text."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.fixes.balance import holds_whole_blocks
from linter.readers.dialects import DIALECTS

WHOLE = [
    ("", "<p>[[<script></script>]]</p>"),
    ("liquid", "[[{% if a %}x{% endif %}]]"),
    ("liquid", "{% if a %}[[x {{ b }}]]{% endif %}"),
    ("liquid", "{% if a %}[[x]]{% else %}y{% endif %}"),
    ("liquid", "[[{% assign id = 1 %}{{ id }}]] {{ other }}"),
    ("liquid", "{% raw %}[[{{ x }}]]{% endraw %}"),
    ("liquid", "[[{% raw %}{{ x }}{% endraw %}]]"),
    ("smarty", "{literal}a [[b {/literal}{$c}{literal} d]]{/literal}"),
    ("liquid", "[[{% comment %}{% if %}{% endcomment %}]]"),
    ("twig", "{% block head %}[[{% for a in b %}{{ a }}{% else %}{% endfor %}]]{% endblock %}"),
    ("twig", "{% block title 'x' %}{% if a %}[[y]]{% endif %}"),
    ("handlebars", "{{#if a}}[[x {{b}}]]{{/if}}"),
    ("handlebars", "[[{{#if a}}{{else}}{{/if}}]]"),
    ("go", "[[{{ if .A }}{{ with .B }}{{ . }}{{ end }}{{ end }}]]"),
    ("go", "[[{{ $id := .A }}{{ $id }}]]"),
    ("erb", "[[<% if a %><%= b %><% else %><% end %>]]"),
    ("erb", "<% a.each do |b| %>[[x]]<% end %>"),
    ("erb", "[[<% if (a) { %><%- b %><% } else { %><% } %>]]"),
    ("blade", "@section('x')\n[[@if(a) {{ $b }} @endif]]\n@endsection"),
    ("blade", "@section('title', 'y')\n@push('x')[[y]]@endpush"),
    ("smarty", "{if $a}[[{literal}{x}{/literal}{$b}]]{/if}"),
    ("razor", "@if (a) {\n[[<script src='x'></script>]]\n}"),
    ("razor", "[[@if (a) {\n<script>if (b) { c() }</script>\n} else { <p>d</p> }]] @using X"),
    ("silverstripe", "<% if $A %>[[$B]]<% end_if %>"),
    ("freemarker", "[[<#if a??>${b}<#else>c</#if>]]"),
    ("velocity", "[[#if($a) $b #else c #end]]"),
    ("coldfusion", "[[<cfif a>x<cfelse>y</cfif>]]"),
    ("svelte", "{#if a}[[<script>{b}</script>]]{:else}x{/if}"),
    ("svelte", "[[{#if a}{b}{/if}]]"),
    ("svelte", "<a onclick={() => { [[a();]] b() }}>c</a>"),
    ("astro", "---\nconst a = {};\n---\n[[<script>if (a) { b() }</script>]]"),
    ("vue", "<div>[[<b>{{ c }}</b>]]</div>"),
    ("", "<?php if ($a): ?>[[<b><?= $c ?></b>]]<?php endif; ?>"),
    ("", "[[<?php if ($a): ?>x<?php elseif ($b): ?>y<?php else: ?>z<?php endif; ?>]]"),
    ("", "[[<?php if ($a) { ?>x<?php } else { ?>z<?php } ?>]]"),
    ("", "<?php function a() { ?>[[x]]<?php } ?>"),
    ("", "<?php echo '[[<b>x</b>]]';"),
    ("", "<?php echo <<<HTML\n[[<b>{$x} $y</b>]]\nHTML;\n"),
    ("", "<?php $x = '%s[[<b></b>]]';"),
    ("", "---\na: b\n---\n[[{% if a %}x{% endif %}]]"),
]
BROKEN = [
    ("liquid", "[[{% if a %}x]]{% endif %}"),
    ("liquid", "{% if a %}x[[{% endif %}]]"),
    ("liquid", "{% if a %}[[x{% else %}y]]{% endif %}"),
    ("liquid", "{% if a [[%}x]]{% endif %}"),
    ("liquid", "{{ a [[| b }}]]"),
    ("liquid", "[[{% assign id = 1 %}]] {{ id }}"),
    ("liquid", "[[{% include 'a' %}]]"),
    ("liquid", "[[{% raw %}{{ x }}]]{% endraw %}"),
    ("smarty", "{literal}a [[b {/literal}{$c} d]]"),
    ("liquid", "{% comment %}[[x]]{% endcomment %}"),
    ("liquid", "{% if a %}[[{% if b %}x{% endif %}]]"),
    ("twig", "[[{% block a %}x{% endblock %}]]"),
    ("twig", "[[{% block a %}x]]{% endblock %}"),
    ("handlebars", "[[{{> a}}]]"),
    ("handlebars", "[[{{#if a}}]]{{/if}}"),
    ("go", "[[{{ if .A }}]]{{ end }}"),
    ("go", "[[{{ partial .A }}{{ define \"x\" }}{{ end }}]]"),
    ("erb", "[[<% if a %>]]<% end %>"),
    ("erb", "<% if z %>[[<% if a then b end %><% end %>]]"),
    ("erb", "[[<% track(a) %>]]"),
    ("erb", "[[<%= a += 1 %>]]"),
    ("erb", "[[<% content_for :head do %>a<% end %>]]"),
    ("blade", "[[@if(a)]] @endif"),
    ("blade", "[[@include('a')]]"),
    ("blade", "[[@section('a') b @endsection]]"),
    ("smarty", "{if $a}[[{else}]]{/if}"),
    ("razor", "[[@if (a) {\n<b></b>\n]]}"),
    ("razor", "@if (a) {\n[[<b></b>\n}]]"),
    ("razor", "[[@{ var a = 1; Count(); }]]"),
    ("razor", "[[@{ Html.Count(); }]]"),
    ("svelte", "{#if a}[[<b/>{:else}]]{/if}"),
    ("astro", "{a && [[<script></script>]]}"),
    ("", "<?php if ($a): ?>[[x<?php else: ?>y]]<?php endif; ?>"),
    ("", "[[<?php if ($a) { ?>x<?php } else { ?>]]z<?php } ?>"),
    ("", "[[<?php wp_head(); ?>]]"),
    ("", "[[<?php $a = 1; ?>]]<?= $a ?>"),
    ("", "[[<?php include 'a.php'; ?>]]"),
    ("", "<?php if ($a) ?>[[x]]<?php b(); ?>"),
    ("", "<?php [[echo 1;]]"),
    ("", "<?php printf('[[<b>%s</b>]]', $a);"),
    ("", "<?php echo \"<b>{$a[[b}</b>]]\";"),
    ("", "<?= [[$a ?>]]"),
    ("", "[[{% if a %}x]]{% endif %}"),
    ("markdown", "[[<% if a %>x]]<% end %>"),
]  # fmt: skip


def _ask(dialect: str, marked: str) -> bool:
    begin = marked.index("[[")
    end = marked.index("]]", begin) - 2
    return holds_whole_blocks(marked.replace("[[", "", 1).replace("]]", "", 1), begin, end, dialect)


@pytest.mark.parametrize(("dialect", "marked"), WHOLE)
def test_whole_spans(dialect: str, marked: str) -> None:
    assert _ask(dialect, marked)


@pytest.mark.parametrize(("dialect", "marked"), BROKEN)
def test_spans_that_change_the_template(dialect: str, marked: str) -> None:
    assert not _ask(dialect, marked)


TAGS = """{% if a %} {% endif %} {% else %} {{ x }} {% raw %} {% endraw %} {{#if a}} {{/if}} {{else}} <% if a %> <% } %> <% end %>
<?php if ($a): ?> <?php endif; ?> <?php } ?> <?php if (1) { ?> @if(a) @endif @if (a) { } ' " <script> </script> {if $a} {/if}
#if(a) #end <!-- -->"""
PIECES = st.sampled_from([*re.split(r"(?<=[>})'\"f])\s|(?<=#end)\s", TAGS), "\n", "---\n"])


@given(st.lists(PIECES, max_size=30).map("".join), st.sampled_from(["", "vue", "svelte", "astro", *DIALECTS]), st.data())
@settings(max_examples=300, deadline=None)
def test_anything_is_answered(text: str, dialect: str, data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(begin, len(text)))
    assert holds_whole_blocks(text, begin, end, dialect) in (True, False)
