"""What MkDocs calls while it builds the site: it is handed the generated pages, and the parts that pages ask for."""

import sys
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from docs.generator.site import filled, navigation, pages


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Puts the generated pages into the menu, where `mkdocs.yml` has their sections."""
    sections = navigation()
    config.nav = [_with_pages(entry, sections) for entry in config.nav or []]
    return config


def _with_pages(entry: Any, sections: dict[str, list[str]]) -> Any:
    name = next(iter(entry)) if isinstance(entry, dict) else ""
    return {name: sections[name]} if name in sections else entry


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the generated pages to those in the folder."""
    for path, text in pages().items():
        files.append(File.generated(config, path, content=text))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Puts in the parts that a page names."""
    try:
        return filled(markdown)
    except LookupError as error:
        raise PluginError(f"{page.file.src_uri}: there is no part {error}") from None
