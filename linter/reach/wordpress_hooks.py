"""WordPress hooks: which a file uses, under which its code runs, and conditions on the page asked for."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from linter.reach.php_blocks import Block

_ADD = re.compile(
    r"\badd_(?:action|filter)\s*+\(\s*+['\"]([\w/.-]{1,80})['\"]\s*+(?:,\s*+(?:['\"](?:[\w\\]{1,100}::)?([\w]{1,100})['\"]"
    r"|(?:array\s*+\(|\[)[^,'\"()\[\]]{1,100},\s*+['\"](\w{1,100})['\"]|(?:static\s++)?(function\b|fn\b)))?"
)
_ADMIN = re.compile(
    r"(?:admin_|network_admin|user_admin|login_|wp_ajax_|load-|save_post|add_meta_box|customize_|wp_dashboard|manage_|enqueue_block_editor"
    r"|enqueue_block_assets\Z|user_profile|show_user|edit_user|personal_options|delete_|activated_|deactivated_|upgrader|rest_api_init|cli_"
    r"|wp_mail|phpmailer|cron|mce_|tiny_mce|plugin_action|plugin_row|after_switch_theme|switch_theme|display_post_states|upload_mimes"
    r"|register_form|user_register|authenticate|media_|wp_handle_upload|dashboard_|welcome_panel|after_plugin_row|in_admin)"
)
_PAGE = (
    "wp_head",
    "wp_footer",
    "wp_body_open",
    "wp_enqueue_scripts",
    "wp_print_footer_scripts",
    "wp_print_scripts",
    "template_redirect",
    "init",
)
_FUNCTION = re.compile(r"function\s++&?\s*+(\w++)?")
_CLOSURE_OF = re.compile(r"\badd_(?:action|filter)\s*+\(\s*+['\"]([\w/.-]{1,80})['\"]\s*+,\s*+(?:static\s++)?\Z")
_TEST = re.compile(r"(!?)\s*+\b(is_\w+)\s*+\(([^()]{0,200}(?:\([^()]{0,200}\)[^()]{0,100})?)\)")
_TEXT = re.compile(r"['\"]([^'\"\n]{1,80})['\"]")


class Hooks:
    """The hooks that the code of a file uses."""

    def __init__(self, code: str) -> None:
        self._code = code
        self._by_function: dict[str, set[str]] = defaultdict(set)
        self.names: list[str] = []
        for match in _ADD.finditer(code):
            self.names.append(match[1])
            name = match[2] or match[3]
            if name:
                self._by_function[name].add(match[1])

    @property
    def admin_only(self) -> bool:
        """Whether the file uses hooks, and only such as run in the administration, or for no page."""
        return bool(self.names) and all(_ADMIN.match(name) for name in self.names)

    @property
    def told(self) -> str:
        """The hook to name where one stands for the file: the first that prints on pages; "" where none is used."""
        return next((name for name in _PAGE if name in self.names), next((name for name in self.names if not _ADMIN.match(name)), ""))

    def around(self, blocks: Sequence[Block], offset: int) -> set[str]:
        """The hooks under which the code at an offset runs; empty where it runs under none, or that is not known."""
        found: set[str] = set()
        for block in blocks:
            if block.begin <= offset < block.end and (match := _FUNCTION.match(block.head)):
                if match[1]:
                    found |= self._by_function.get(match[1], set())
                else:
                    at = self._code.rfind(block.head, 0, block.begin)
                    closure = _CLOSURE_OF.search(self._code[max(at - 160, 0) : at])
                    found |= {closure[1]} if closure else set()
        return found


def is_admin_hook(name: str) -> bool:
    """Whether a hook runs in the administration, or for no page."""
    return bool(_ADMIN.match(name))


def is_page_hook(name: str) -> bool:
    """Whether a hook prints on pages."""
    return name in _PAGE


def only_admin(heads: Iterable[str]) -> bool:
    """Whether one of the conditions holds in the administration only."""
    return any(match[2] == "is_admin" and not match[1] for head in heads for match in _TEST.finditer(head))


def conditions_of(heads: Iterable[str]) -> list[tuple[str, list[str]]]:
    """The conditional tags that the conditions ask to hold, with their texts; none where one is asked not to hold or joined by `&&`."""
    found: list[tuple[str, list[str]]] = []
    for head in heads:
        if head[:1].lower() not in "ie" or "&&" in head:
            continue
        for negated, name, arguments in _TEST.findall(head):
            if not negated and name not in ("is_admin", "is_user_logged_in", "is_wp_error", "is_array", "is_customize_preview"):
                found.append((name, _TEXT.findall(arguments)))
    return found
