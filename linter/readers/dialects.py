"""What the template readers know of each template language: its delimiters, its blocks and how a tag opens or ends one.

Facts are from the languages' own manuals. A dialect is a table row, not a parser.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from linter.readers import flow
from linter.readers.flow import Flow

Kind = Literal["output", "control", "comment", "keep"]
"""What a form is: it prints, it only steers, it is a comment, or it stands for plain text and is no tag."""


class Form(NamedTuple):
    """A pair of delimiters. `guard`, where given, must match the whole inside, else it is no tag."""

    open: str
    close: str
    kind: Kind
    guard: str = ""


@dataclass(frozen=True, slots=True)
class Dialect:
    """One template language. Patterns are regular expressions; the first form that fits wins.

    `control`: an inside it matches prints nothing though its delimiters may. `blocks`: first word of a tag -> role of
    the text up to its end tag `block_end` ("comment", "raw", "sample", or the language it is read as). `bare`: names the
    function in `linter.readers.bare` that finds tags without delimiters, and `bare_open` where to call it.
    """

    forms: tuple[Form, ...]
    flow: Callable[[str], Flow]
    control: str = ""
    blocks: Mapping[str, str] = field(default_factory=dict)
    block_end: str = ""
    bare: str = ""
    bare_open: str = ""


_CURLY = flow.by_words("if unless case for foreach tablerow ifchanged ifequal ifnotequal", "else elsif elseif elif when")
_CODE_CONTROL = (
    r"[\s-]*(?:(?:if|unless|elsif|else|end|for|while|until|case|when|begin|next)\b|\}|@?[\w.]+\s*\|?\|?=(?![=>~]))"
    r"|[^\n]*(?:\bdo(?:\s*\|[^|]*\|)?|\{)\s*-?$"
)
_GO_CONTROL = r"[\s-]*(?:(?:if|else|end|range|with|define|block|template|break|continue|return)\b|\$\w+\s*:?=)"
_SMARTY_CONTROL = (
    r"/|(?:if|else|elseif|foreach|foreachelse|for|forelse|while|section|sectionelse|include|includeif|assign|append|capture|block|"
    r"extends|strip|function|call|nocache|setfilter|var|default|define|layout|import|snippet|sep|first|last|iterateWhile|"
    r"contentType|varType|templateType|parameters|continue|break|switch|case|embed|sandbox|try|rollback|debug|php)\b"
)
_SMARTY_TAG = (
    r"\$\w[^;]*|!?\$\w[^;]*|=[^;=][^;]*|_['\"$][^;]*|#\w+#|/\w*\s*|(?:if|elseif|while|foreach|for)\s*\(.*\)\s*"
    r"|(?!(?:return|var|let|const|function|throw|new|typeof|this|delete|void|await|async)\b)[A-Za-z]\w*(?:\s*/?|\s+[^;{:,].*|\|.*)"
)
_VELOCITY_OPEN = (
    r"(?<![\w\\$])\$(?=!?[A-Za-z_])"
    r"|(?<![\w&\"'])#(?=\{?(?:if|elseif|else|end|foreach|set|macro|include|parse|define|evaluate|stop|break)\b)"
)
_CODE_FORMS = (
    Form(r"<%%", "", "keep"),
    Form(r"<%#", r"%>", "comment"),
    Form(r"<%!?--", r"--%>", "comment"),
    Form(r"<%={1,2}", r"%>", "output"),
    Form(r"<%-", r"%>", "output"),
    Form(r"<%", r"%>", "control"),
)
_EL = Form(r"[$#]\{", r"\}", "output", r"[^\n{}]*")
_SHOPIFY = {
    "comment": "comment", "doc": "comment", "raw": "raw", "highlight": "sample", "codeblock": "sample",
    "javascript": "javascript", "schema": "data", "style": "css", "stylesheet": "css",
}  # fmt: skip
_TWIG = {
    "comment": "comment", "raw": "raw", "verbatim": "raw", "highlight": "sample", "codeblock": "sample", "js": "javascript", "css": "css",
}  # fmt: skip

DIALECTS: Mapping[str, Dialect] = {
    "liquid": Dialect(
        (Form(r"\{\{", r"\}\}", "output"), Form(r"\{%", r"%\}", "control")),
        _CURLY,
        blocks=_SHOPIFY,
        block_end=r"\{%-?\s*end(?:WORD)\s*-?%\}",
    ),
    "twig": Dialect(
        (Form(r"\{#", r"#\}", "comment"), Form(r"\{\{", r"\}\}", "output"), Form(r"\{%", r"%\}", "control")),
        _CURLY,
        blocks=_TWIG,
        block_end=r"\{%[-~+]?\s*end(?:WORD)\b[^%]{0,80}%\}",
    ),
    "handlebars": Dialect(
        (
            Form(r"\\\{\{", "", "keep"),
            Form(r"\{\{~?!--", r"--~?\}\}", "comment"),
            Form(r"\{\{~?!", r"\}\}", "comment"),
            Form(r"\{\{\{\{", r"\}\}\}\}", "control"),
            Form(r"\{\{\{", r"\}\}\}", "output"),
            Form(r"\{\{", r"\}\}", "output"),
        ),
        flow.handlebars,
        control=r"[\s~]*(?:[#/^>*]|else\b)",
        blocks={"raw": "raw"},
        block_end=r"\{\{\{\{\s*/\s*(?:WORD)\s*\}\}\}\}",
    ),
    "go": Dialect(
        (Form(r"\{\{-?\s*/\*", r"\*/\s*-?\}\}", "comment"), Form(r"\{\{", r"\}\}", "output")),
        flow.go,
        control=_GO_CONTROL,
    ),
    "erb": Dialect(_CODE_FORMS, flow.code, control=_CODE_CONTROL),
    "heex": Dialect((*_CODE_FORMS, Form(r"(?<==)\{", r"\}", "output")), flow.code, control=_CODE_CONTROL),
    "asp": Dialect(
        (
            Form(r"<%--", r"--%>", "comment"),
            Form(r"<%[=:#$]", r"%>", "output"),
            Form(r"<%[@!]?", r"%>", "control"),
            _EL,
        ),
        flow.code,
    ),
    "blade": Dialect(
        (
            Form(r"\{\{--", r"--\}\}", "comment"),
            Form(r"@@(?=\w)|@(?=\{[{!])\{[{!]", "", "keep"),
            Form(r"\{!!", r"!!\}", "output"),
            Form(r"\{\{\{", r"\}\}\}", "output"),
            Form(r"\{\{", r"\}\}", "output"),
        ),
        flow.by_words("if unless isset foreach for forelse while switch", "else elseif case default"),
        blocks={"verbatim": "raw", "php": "php"},
        block_end=r"@end(?:WORD)\b",
        bare="blade",
        bare_open=r"(?<!\w)@(?=[A-Za-z])",
    ),
    "smarty": Dialect(
        (Form(r"\{\*", r"\*\}", "comment"), Form(r"\{(?=\S)", r"\}", "output", _SMARTY_TAG)),
        flow.by_words("if foreach for while section switch", "else elseif foreachelse sectionelse case"),
        control=_SMARTY_CONTROL,
        blocks={"literal": "raw", "php": "code", "syntax": "raw"},
        block_end=r"\{/(?:WORD)\}",
    ),
    "razor": Dialect((Form(r"@\*", r"\*@", "comment"),), flow.none, bare="razor", bare_open=r"@@|(?<!\w)@(?=[\w({:])"),
    "silverstripe": Dialect(
        (
            Form(r"<%--", r"--%>", "comment"),
            Form(r"<%t\b", r"%>", "output"),
            Form(r"<%", r"%>", "control"),
            Form(r"\{(?=\$)", r"\}", "output", r"\$[^;{}\n]*"),
        ),
        flow.by_words("if loop with control cached uncached", "else else_if"),
        bare="dollar",
        bare_open=r"(?<![\w\\$])\$(?=[A-Za-z_])",
    ),
    "freemarker": Dialect(
        (
            Form(r"<#--", r"-->", "comment"),
            Form(r"\[#--", r"--\]", "comment"),
            Form(r"<(?=/?[#@][A-Za-z])", r">", "control"),
            Form(r"\[(?=/?[#@][a-z])", r"\]", "control", r"/?[#@](?:if|else|elseif|list|assign|macro|include|import)\b[^;]*"),
            _EL,
        ),
        flow.by_words("#if #list #switch if list switch", "else elseif case"),
        blocks={"noparse": "raw", "comment": "comment"},
        block_end=r"</#(?:WORD)>",
    ),
    "velocity": Dialect(
        (
            Form(r"#\*", r"\*#", "comment"),
            Form(r"(?<![^\s>])##", r"(?=\n)|\Z", "comment"),
            Form(r"#\[\[", r"\]\]#", "keep"),
            Form(r"\$!?\{", r"\}", "output", r"[^\n{}]*"),
        ),
        flow.by_words("if foreach macro define", "else elseif"),
        bare="velocity",
        bare_open=_VELOCITY_OPEN,
    ),
    "coldfusion": Dialect(
        (
            Form(r"<!---", r"--->", "comment"),
            Form(r"<(?=/?cf\w)", r">", "control"),
            Form(r"#(?=[A-Za-z_(])", r"#", "output", r"[^\n<>{};]{1,300}"),
        ),
        flow.by_words("cfif cfloop cfswitch", "cfelse cfelseif cfcase"),
        blocks={"cfscript": "code"},
        block_end=r"</(?:WORD)\s*>",
    ),
}
"""Dialect name (see `linter.languages`) -> its row. TypoScript is no HTML with holes: `linter.readers.typoscript`."""
