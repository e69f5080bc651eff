"""What the template readers know of each template language: its delimiters, its blocks and how a tag opens or ends one.

Facts are from the languages' own manuals. A dialect is a table row, not a parser.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Kind = Literal["output", "control", "comment", "keep"]
"""What a form is: it prints, it only steers, it is a comment, or it stands for plain text and is no tag."""
Flow = Literal["", "open", "else", "end"]
"""What a tag does to the block structure."""


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


_WORD = re.compile(r"[\s~+#/^@-]*([\w.]+)")
FALSE = re.compile(
    r"[\s~+#@-]*(?:(?:if|elseif|elsif|elif)\b[\s(]*(?:false|0|nil|null|none)|unless\b[\s(]*true)[\s){:~+-]*(?:then[\s~+-]*)?$",
    re.IGNORECASE,
)
"""A tag's inside that opens a block which never runs."""
TRUE_ELSE = re.compile(r"[\s~+#@-]*(?:if\b[\s(]*true|unless\b[\s(]*(?:false|nil))[\s){:~+-]*(?:then[\s~+-]*)?$", re.IGNORECASE)
"""A tag's inside that opens a block whose other branches never run."""


def word(inside: str) -> str:
    """The first word of a tag's inside, lower case."""
    match = _WORD.match(inside)
    return match[1].lower() if match else ""


def _words(opens: str, elses: str = "else elsif elseif elif") -> Callable[[str], Flow]:
    """Blocks told by words: `if` ... `else` ... `endif`, `end_if` or `/if`."""
    names, branches = frozenset(opens.split()), frozenset(elses.split())

    def flow(inside: str) -> Flow:
        name = word(inside)
        if inside.lstrip(" \t\r\n~-").startswith("/"):
            return "end" if name in names else ""
        if name in names:
            return "open"
        if name in branches:
            return "else"
        return "end" if name.startswith("end") and name[3:].lstrip("_") in names else ""

    return flow


def _go_flow(inside: str) -> Flow:
    name = word(inside)
    if name in ("if", "range", "with", "block", "define"):
        return "open"
    return "else" if name == "else" else "end" if name == "end" else ""


def _handlebars_flow(inside: str) -> Flow:
    text = inside.strip(" \t\r\n~")
    if text[:1] == "#" or (text[:1] == "^" and len(text) > 1):
        return "open"
    return "end" if text[:1] == "/" else "else" if text == "^" or word(text) == "else" else ""


_RUBY_OPEN = re.compile(r"(?:if|unless|case|while|until|for|begin)\b|.*\bdo\b(?:\s*\|[^|]*\|)?$|.*(?:->|=>)$", re.DOTALL)


def _code_flow(inside: str) -> Flow:
    """Blocks of Ruby, Elixir, JavaScript, C#, Java and VBScript code between `<% %>`."""
    text = inside.strip(" \t\r\n-_=")
    if text.endswith("{") or text.endswith(":"):
        return "else" if text.startswith("}") or word(text) == "else" else "open"
    if text.startswith("}"):
        return "end"
    name = word(text)
    if name in ("end", "endif", "next", "loop", "wend"):
        return "end"
    if name in ("else", "elsif", "elseif", "when"):
        return "else"
    return "open" if _RUBY_OPEN.match(text) else ""


def _no_flow(inside: str) -> Flow:
    return ""


_CURLY = _words("if unless case for foreach tablerow ifchanged ifequal ifnotequal", "else elsif elseif elif when")
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
    "comment": "comment", "doc": "comment", "raw": "raw", "javascript": "javascript", "schema": "data", "style": "css", "stylesheet": "css",
    "highlight": "sample", "codeblock": "sample",
}  # fmt: skip
_TWIG = {"comment": "comment", "raw": "raw", "verbatim": "raw", "js": "javascript", "css": "css", "highlight": "sample", "codeblock": "sample"}
_ERB = Dialect(_CODE_FORMS, _code_flow, control=_CODE_CONTROL)

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
        _handlebars_flow,
        control=r"[\s~]*(?:[#/^>*]|else\b)",
        blocks={"raw": "raw"},
        block_end=r"\{\{\{\{\s*/\s*(?:WORD)\s*\}\}\}\}",
    ),
    "go": Dialect(
        (Form(r"\{\{-?\s*/\*", r"\*/\s*-?\}\}", "comment"), Form(r"\{\{", r"\}\}", "output")),
        _go_flow,
        control=_GO_CONTROL,
    ),
    "erb": _ERB,
    "heex": Dialect((*_CODE_FORMS, Form(r"(?<==)\{", r"\}", "output")), _code_flow, control=_CODE_CONTROL),
    "asp": Dialect(
        (
            Form(r"<%--", r"--%>", "comment"),
            Form(r"<%[=:#$]", r"%>", "output"),
            Form(r"<%[@!]?", r"%>", "control"),
            _EL,
        ),
        _code_flow,
    ),
    "blade": Dialect(
        (
            Form(r"\{\{--", r"--\}\}", "comment"),
            Form(r"@@(?=\w)|@(?=\{[{!])\{[{!]", "", "keep"),
            Form(r"\{!!", r"!!\}", "output"),
            Form(r"\{\{\{", r"\}\}\}", "output"),
            Form(r"\{\{", r"\}\}", "output"),
        ),
        _words("if unless isset foreach for forelse while switch", "else elseif case default"),
        blocks={"verbatim": "raw", "php": "php"},
        block_end=r"@end(?:WORD)\b",
        bare="blade",
        bare_open=r"(?<!\w)@(?=[A-Za-z])",
    ),
    "smarty": Dialect(
        (Form(r"\{\*", r"\*\}", "comment"), Form(r"\{(?=\S)", r"\}", "output", _SMARTY_TAG)),
        _words("if foreach for while section switch", "else elseif foreachelse sectionelse case"),
        control=_SMARTY_CONTROL,
        blocks={"literal": "raw", "php": "code", "syntax": "raw"},
        block_end=r"\{/(?:WORD)\}",
    ),
    "razor": Dialect((Form(r"@\*", r"\*@", "comment"),), _no_flow, bare="razor", bare_open=r"@@|(?<!\w)@(?=[\w({:])"),
    "silverstripe": Dialect(
        (
            Form(r"<%--", r"--%>", "comment"),
            Form(r"<%t\b", r"%>", "output"),
            Form(r"<%", r"%>", "control"),
            Form(r"\{(?=\$)", r"\}", "output", r"\$[^;{}\n]*"),
        ),
        _words("if loop with control cached uncached", "else else_if"),
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
        _words("#if #list #switch if list switch", "else elseif case"),
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
        _words("if foreach macro define", "else elseif"),
        bare="velocity",
        bare_open=r"(?<![\w\\$])\$(?=!?[A-Za-z_])|(?<![\w&\"'])#(?=\{?(?:if|elseif|else|end|foreach|set|macro|include|parse|define|evaluate|stop|break)\b)",
    ),
    "coldfusion": Dialect(
        (
            Form(r"<!---", r"--->", "comment"),
            Form(r"<(?=/?cf\w)", r">", "control"),
            Form(r"#(?=[A-Za-z_(])", r"#", "output", r"[^\n<>{};]{1,300}"),
        ),
        _words("cfif cfloop cfswitch", "cfelse cfelseif cfcase"),
        blocks={"cfscript": "code"},
        block_end=r"</(?:WORD)\s*>",
    ),
}
"""Dialect name (see `linter.languages`) -> its row. TypoScript is no HTML with holes: `linter.readers.typoscript`."""
