"""Template dialects: what is masked, what is read apart, and that no offset shifts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.languages import ENDINGS
from linter.readers.dialects import DIALECTS
from linter.readers.templates import inner_language
from tests.handing import Recorder, hand

OUTPUT = [
    ("liquid", "fbq('init', '{{ settings.id }}')"),
    ("liquid", "fbq('init', {{- settings.id | default: '}}' -}})"),
    ("twig", "fbq('init', '{{ id|e('js') }}')"),
    ("handlebars", "fbq('init', '{{{id}}}')"),
    ("handlebars", "fbq('init', '{{~id~}}')"),
    ("go", "fbq('init', {{ .Site.Params.pixel }})"),
    ("erb", "fbq('init', '<%= ENV['ID'] %>')"),
    ("erb", "fbq('init', '<%- id -%>')"),
    ("asp", "fbq('init', '<%: Model.Id %>')"),
    ("asp", "fbq('init', '${pixel.id}')"),
    ("blade", "fbq('init', '{{ config('x.id') }}')"),
    ("blade", "fbq('init', '{!! $id !!}')"),
    ("blade", "fbq('init', @json($id))"),
    ("smarty", "fbq('init', '{$id|escape:'html'}')"),
    ("razor", "fbq('init', '@Model.Pixel.Id')"),
    ("razor", 'fbq("init", "@(Model["id"])")'),
    ("silverstripe", "fbq('init', '$SiteConfig.PixelID')"),
    ("silverstripe", "fbq('init', '{$ID.XML}')"),
    ("freemarker", "fbq('init', '${id!\"\"}')"),
    ("velocity", "fbq('init', '$!config.id')"),
    ("heex", "fbq('init', '<%= @id %>')"),
    ("coldfusion", "<cfoutput>fbq('init', '#id#')</cfoutput>"),
]


PAGE = "\n<i>"


def template(dialect: str, code: str, path: str = "file") -> Recorder:
    """Reads `code` in front of an element, so that it is part of a page and not of a script."""
    name = "freemarker" if dialect == "velocity" else dialect
    recorder = hand("template", name, code + PAGE, "file.vm" if dialect == "velocity" else path)
    recorder.handed = [item._replace(shown=item.shown.removesuffix(PAGE)) for item in recorder.handed]
    return recorder


@pytest.mark.parametrize(("dialect", "code"), OUTPUT)
def test_output_is_a_hole_of_the_same_length(dialect: str, code: str) -> None:
    (item,) = template(dialect, code).handed
    assert item.language == "html"
    assert len(item.shown) == len(code)
    head, _, tail = item.shown.strip().partition("@")
    assert head.rstrip("'\" ") == "fbq('init',".replace("'", '"' if '("' in head else "'")
    assert set(tail.strip().strip("@")) <= set("'\") ")


CONTROL = [
    ("liquid", "{% if a %}", "{% endif %}"),
    ("liquid", "{%- unless template contains '%}' -%}", "{%- endunless -%}"),
    ("twig", "{% if a %}", "{% endif %}"),
    ("handlebars", "{{#if a}}", "{{/if}}"),
    ("go", "{{ if .a }}", "{{ end }}"),
    ("go", "{{- with .a -}}", "{{- end -}}"),
    ("erb", "<% if a %>", "<% end %>"),
    ("erb", "<% if (a) { %>", "<% } %>"),
    ("erb", "<%- if a -%>", "<%- end -%>"),
    ("asp", "<% If a Then %>", "<% End If %>"),
    ("blade", "@if(has($a, ')'))", "@endif"),
    ("smarty", "{if $a}", "{/if}"),
    ("silverstripe", "<% if $A %>", "<% end_if %>"),
    ("freemarker", "<#if a == '>'>", "</#if>"),
    ("velocity", "#if($a)", "#end"),
    ("coldfusion", "<cfif a>", "</cfif>"),
]


@pytest.mark.parametrize(("dialect", "begin", "end"), CONTROL)
def test_control_is_blank(dialect: str, begin: str, end: str) -> None:
    assert template(dialect, f"{begin}\nfbq();{end}\n").only("html") == f"{' ' * len(begin)}\nfbq();{' ' * len(end)}\n"


COMMENTS = [
    ("liquid", "{% comment %}", "{% endcomment %}"),
    ("liquid", "{%- comment -%}", "{%- endcomment -%}"),
    ("twig", "{#", "#}"),
    ("twig", "{% comment 'why' %}", "{% endcomment %}"),
    ("handlebars", "{{!--", "--}}"),
    ("handlebars", "{{!", "}}"),
    ("go", "{{/*", "*/}}"),
    ("go", "{{- /*", "*/ -}}"),
    ("erb", "<%#", "%>"),
    ("erb", "<%--", "--%>"),
    ("asp", "<%--", "--%>"),
    ("blade", "{{--", "--}}"),
    ("smarty", "{*", "*}"),
    ("razor", "@*", "*@"),
    ("silverstripe", "<%--", "--%>"),
    ("freemarker", "<#--", "-->"),
    ("velocity", "#*", "*#"),
    ("velocity", "##", "\n"),
    ("coldfusion", "<!---", "--->"),
]


@pytest.mark.parametrize(("dialect", "begin", "end"), COMMENTS)
def test_comment_is_dormant(dialect: str, begin: str, end: str) -> None:
    recorder = template(dialect, f"<b>{begin}<script>fbq()</script>{end}</b>")
    assert recorder.only("html", "dormant") == "<script>fbq()</script>"
    assert not recorder.live()


NEVER = [
    ("liquid", "{% if false %}", "{% endif %}"),
    ("twig", "{% if False %}", "{% endif %}"),
    ("handlebars", "{{#if false}}", "{{/if}}"),
    ("go", "{{ if false }}", "{{ end }}"),
    ("erb", "<% if false %>", "<% end %>"),
    ("erb", "<% if (false) { %>", "<% } %>"),
    ("blade", "@if(false)", "@endif"),
    ("smarty", "{if false}", "{/if}"),
    ("razor", "@if (false) {", "}"),
    ("freemarker", "<#if false>", "</#if>"),
]


@pytest.mark.parametrize(("dialect", "begin", "end"), NEVER)
def test_block_that_never_runs_is_dormant(dialect: str, begin: str, end: str) -> None:
    recorder = template(dialect, f"<b>{begin}\n<script>fbq()</script>\n{end}</b>")
    assert recorder.only("html", "dormant").strip() == "<script>fbq()</script>"
    assert not recorder.live()


def test_else_of_a_block_that_never_runs_is_live() -> None:
    recorder = template("liquid", "{% if false %}{% if a %}fbq(1){% endif %}{% else %}fbq(2){% endif %}")
    assert recorder.only("html", "dormant").strip() == "fbq(1)"
    assert recorder.only("html").strip() == "fbq(2)"


@pytest.mark.parametrize(
    ("dialect", "code"),
    [
        ("liquid", "fbq(1, {% if a %}'1'{% else %}'2'{% endif %})"),
        ("erb", "fbq(1, <% if a %>'1'<% else %>'2'<% end %>)"),
        ("erb", "fbq(1, <% if (a) { %>'1'<% } else { %>'2'<% } %>)"),
        ("go", "fbq(1, {{ if .A }}'1'{{ else }}'2'{{ end }})"),
        ("handlebars", "fbq(1, {{#if a}}'1'{{else}}'2'{{/if}})"),
        ("blade", "fbq(1, @if($a)'1'@else'2'@endif)"),
        ("smarty", "fbq(1, {if $a}'1'{else}'2'{/if})"),
    ],
)
def test_of_alternatives_the_first_is_kept(dialect: str, code: str) -> None:
    assert template(dialect, code).only("html").replace(" ", "") == "fbq(1,'1')"


def test_branches_that_call_are_all_kept() -> None:
    shown = template("liquid", "{% if a %}fbq('1');{% else %}fbq('2');{% endif %}").only("html")
    assert shown.replace(" ", "") == "fbq('1');fbq('2');"


@pytest.mark.parametrize(
    ("dialect", "code", "shown"),
    [
        ("liquid", "{% raw %}fbq('{{ a }}'){% endraw %}", "fbq('{{ a }}')"),
        ("twig", "{% verbatim %}fbq('{{ a }}'){% endverbatim %}", "fbq('{{ a }}')"),
        ("blade", "@verbatim fbq('{{ a }}') @endverbatim", "fbq('{{ a }}')"),
        ("blade", "fbq('@{{ a }}')", "fbq('@{{ a }}')"),
        ("smarty", "{literal}fbq({if(a)b}){/literal}", "fbq({if(a)b})"),
        ("smarty", "function(){ldelim}fbq(){rdelim}", "function(){       fbq()}"),
        ("smarty", "!function(f,b){if(f.fbq)return;n=f.fbq=function(){n.callMethod?1:2}}", None),
        ("smarty", "fbq('a', {value: 1}); x={a:fbq}; function a(){return fbq}", None),
        ("freemarker", "<#noparse>fbq('${a}')</#noparse>", "fbq('${a}')"),
        ("handlebars", "\\{{fbq}}", None),
        ("liquid", "fbq('{{ a')", None),
        ("blade", "a@fbq.com @media (fbq) {}", None),
        ("razor", "me@fbq.com", None),
        ("coldfusion", "<b style='color:#fff' id='#'>fbq #aaa</b>", None),
    ],
)
def test_what_is_no_tag_is_kept(dialect: str, code: str, shown: str | None) -> None:
    assert template(dialect, code).only("html").strip() == (shown or code)


@pytest.mark.parametrize(
    ("dialect", "code", "role"),
    [
        ("liquid", '{{ "https://connect.facebook.net/en_US/fbevents.js" | script_tag }}', "script"),
        ("liquid", "<script src=\"{{ 'https://connect.facebook.net/en_US/fbevents.js' }}\"></script>", "script"),
        ("twig", "{{ script('https://connect.facebook.net/en_US/fbevents.js') }}", "script"),
        ("twig", "{{ image('https://www.facebook.com/tr?id=1') }}", "image"),
        ("erb", '<%= javascript_include_tag "https://connect.facebook.net/en_US/fbevents.js" %>', "script"),
        ("go", '{{ $url := "https://connect.facebook.net/en_US/fbevents.js" }}', "code"),
    ],
)
def test_address_in_a_tag(dialect: str, code: str, role: str) -> None:
    (url,) = template(dialect, code).urls
    assert url.role == role
    assert url.url.startswith("https://")
    assert code[slice(*url.span)] == url.url


@pytest.mark.parametrize(
    ("dialect", "code"),
    [
        ("liquid", "{% assign code = '<script>fbq()</script>' %}"),
        ("twig", "{{ '<script>fbq()</script>'|raw }}"),
        ("erb", '<%= raw "<script>fbq()</script>" %>'),
        ("razor", '@Html.Raw("<script>fbq()</script>")'),
        ("asp", '<% Response.Write("<script>fbq()</script>") %>'),
        ("blade", "{!! '<script>fbq()</script>' !!}"),
    ],
)
def test_markup_in_a_tag(dialect: str, code: str) -> None:
    assert template(dialect, code).only("html") == "<script>fbq()</script>"


def test_concatenated_strings_are_one() -> None:
    assert template("erb", "<%= \"fbq('init', '\" + id + \"')\" %>").only("javascript") == "fbq('init', '@')"


def test_conditions_give_nothing() -> None:
    assert not template("blade", "@if(str_contains($x, 'https://connect.facebook.net/a'))x@endif").urls


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("a/x.js.liquid", "javascript"),
        ("x.js.erb", "javascript"),
        ("x.css.liquid", "css"),
        ("x.json.erb", "data"),
        ("x.html.erb", "html"),
        ("x.liquid", "html"),
        ("x.js.blade.php", "javascript"),
    ],
)
def test_inner_language(path: str, language: str) -> None:
    assert inner_language(path)[0] == language


def test_blocks_in_other_languages() -> None:
    code = '{% javascript %}fbq(){% endjavascript %}{% schema %}{"a": "fbq"}{% endschema %}{% style %}fbq{% endstyle %}'
    assert [(item.language, item.shown) for item in template("liquid", code).handed] == [
        ("javascript", "fbq()"),
        ("data", '{"a": "fbq"}'),
        ("css", "fbq"),
    ]


def test_front_matter_is_data() -> None:
    recorder = template("liquid", "---\nhead: fbq\n---\n<b>fbq</b>")
    assert recorder.only("data") == "head: fbq\n"
    assert recorder.only("html").strip() == "<b>fbq</b>"


def test_code_sample_is_nothing() -> None:
    assert not template("liquid", "{% highlight html %}<script>fbq()</script>{% endhighlight %}").handed


def test_blade_php_block() -> None:
    assert template("blade", "@php echo 'fbq'; @endphp").only("php") == "<?php  echo 'fbq'; "
    assert template("blade", "<?php echo 1 ?> fbq {{ $a }}").handed[0].language == "php"


def test_tpl_files_of_other_languages() -> None:
    assert template("smarty", "{% if a %}fbq{% endif %}").only("html").strip() == "fbq"


def test_razor_blocks_keep_their_braces() -> None:
    code = "@if (Model.A) {\n<script>fbq('@Model.Id')</script>\n} @{ var a = 1; }"
    assert template("razor", code).only("html") == " if (@@@@@@@) {\n<script>fbq('@@@@@@@@@')</script>\n}" + " " * 16


def test_comment_in_a_script_is_javascript() -> None:
    assert template("liquid", "<script>{% comment %}fbq(){% endcomment %}</script>").only("javascript", "dormant") == "fbq()"


TYPOSCRIPT = """
page.headerData.10 = TEXT
page.headerData.10.value = <script>fbq('init', '{$pixel}')</script>
# page.headerData.20.value = <script>fbq(2)</script>
page {
  jsInline.5.value (
    fbq(3)
  )
  includeJS.a = https://connect.facebook.net/en_US/fbevents.js
}
/*
x.value = <b>fbq(4)</b>
*/
"""


def test_part_of_a_script_in_a_file_named_as_a_page() -> None:
    assert hand("template", "liquid", "var a = 1;\nfbq('init', '{{ id }}');").handed[0].language == "javascript"
    assert hand("template", "erb", "<script>fbq()</script>", "a.js.erb").handed[0].language == "html"


def test_typoscript() -> None:
    recorder = template("typo3", TYPOSCRIPT)
    assert recorder.handed[0].shown.strip() == "<script>fbq('init', '@@@@@@@@')</script>"
    assert (recorder.handed[1].state, recorder.handed[1].shown.strip()) == ("dormant", "<script>fbq(2)</script>")
    assert recorder.only("javascript").strip() == "fbq(3)"
    assert recorder.handed[3].state == "dormant"
    assert [(url.role, url.url) for url in recorder.urls] == [("script", "https://connect.facebook.net/en_US/fbevents.js")]


def test_every_dialect_of_the_languages_has_a_row() -> None:
    named = {language.dialect for language in ENDINGS.values() if language.reader == "template"}
    assert named - set(DIALECTS) <= {"typo3"}


WORDS = r"if else end endif raw false comment fbq <script> </script> * -- ! = ` /"
MARKS = r"{{ }} {% %} {# #} <% %> { } @ @if ( ) $a # ## <# <cf > ' \" \\"
PARTS = st.sampled_from([*WORDS.split(), *MARKS.split(), "\n", " ", "---\n"])


@given(st.sampled_from([*DIALECTS, "typo3"]), st.lists(PARTS, max_size=40).map("".join))
def test_any_text_keeps_its_length(dialect: str, code: str) -> None:
    for item in template(dialect, code).handed:
        if item.language == "html" and item.state == "active" and not item.text.steps and item.text.base == 0 and dialect != "typo3":
            assert len(item.shown) <= len(code)


@pytest.mark.parametrize(
    "unit", ["{{", "{{ '", "{% comment %}", "@if(", "@{", "{$", "<%", "<#if ", "$a.b(", "#if(", "{{'}}", "{% if a %}x{% else %}"]
)
@pytest.mark.parametrize("dialect", [*DIALECTS])
def test_hostile_repetition_is_linear(dialect: str, unit: str) -> None:
    template(dialect, unit * 5000 + "fbq")
