"""Markdown from values: text that stays text, tables, fences, and blocks that unfold."""

import re
from collections.abc import Iterable, Sequence

ENTITIES = {character: f"&#{ord(character)};" for character in '&<>"*_`[]|~\\'}
LANGUAGES = {
    "html": "html", "htm": "html", "xhtml": "html", "svg": "html", "md": "html", "js": "js", "mjs": "js", "cjs": "js", "ts": "ts",
    "jsx": "jsx", "tsx": "tsx", "php": "php", "json": "json", "yml": "yaml", "yaml": "yaml", "toml": "toml", "xml": "xml", "css": "css",
    "sql": "sql", "py": "python", "rb": "ruby", "sh": "bash", "ini": "ini", "conf": "nginx", "vue": "html", "svelte": "html",
    "twig": "twig", "liquid": "liquid", "njk": "jinja", "j2": "jinja",
}  # fmt: skip
"""File endings, and the name of the language by which their code is coloured."""


def plain(text: str) -> str:
    """A text of any kind as one line of Markdown that shows exactly that text."""
    return "".join(ENTITIES.get(character, character) for character in " ".join(text.split()))


def code(text: str) -> str:
    """A text as inline code, in Markdown and in a table alike."""
    return f"<code>{plain(text)}</code>"


def link(text: str, url: str) -> str:
    """A link; `text` is Markdown, `url` any address without spaces."""
    return f"[{text}]({url.replace('(', '%28').replace(')', '%29')})"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; cells are Markdown of one line without bars."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def language(file: str) -> str:
    """By what language the code of a file is coloured."""
    return LANGUAGES.get(file.rpartition(".")[2].lower(), "text")


def fence(text: str, name: str = "text", title: str = "") -> str:
    """A fenced block that ends where the text ends, whatever is in it."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    marks = "`" * max(3, longest + 1)
    head = f'{name} title="{title}"' if title else name
    return f"{marks}{head}\n{text.strip(chr(10))}\n{marks}"


def unfolding(kind: str, title: str, body: str) -> str:
    """A block of which the title is seen, and the body when it is opened."""
    inner = "\n".join(f"    {line}" if line else "" for line in body.split("\n"))
    return f'??? {kind} "{plain(title)}"\n\n{inner}'


def page(title: str, description: str, *parts: str) -> str:
    """A page: its front matter, its heading, and its parts, of which empty ones are left out."""
    head = f"---\ntitle: {_quoted(title)}\ndescription: {_quoted(description)}\n---"
    return "\n\n".join([head, f"# {plain(title)}", *(part for part in parts if part)]) + "\n"


def _quoted(text: str) -> str:
    escaped = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
