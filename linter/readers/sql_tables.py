"""What is known of the tables of content management systems: their columns, what switches a row off, which rows are plugins."""

import re

KEYS = (
    "option_name", "meta_key", "path", "name", "key", "variable", "setting_key", "setting_name", "setting", "config_name", "conf_name",
    "cfg_name", "var_name", "identifier", "fieldname",
)  # fmt: skip
"""Columns that name what another one holds, the surest first."""
VALUES = (
    "option_value", "meta_value", "value", "setting_value", "config_value", "conf_value", "cfg_value", "var_value", "data", "params",
    "options", "settings", "content_value", "val",
)  # fmt: skip
"""Columns of the values of these names."""

PAIRS: dict[str, tuple[str, str]] = {
    "extensions": ("element", "params"),
    "modules": ("module", "params"),
    "template_styles": ("template", "params"),
}
"""Tables whose columns of names and values are others."""

LAYOUTS: dict[str, tuple[str, ...]] = {
    "options": ("option_id", "option_name", "option_value", "autoload"),
    "pys_options": ("option_id", "option_name", "option_value"),
    "sitemeta": ("meta_id", "site_id", "meta_key", "meta_value"),
    "postmeta": ("meta_id", "post_id", "meta_key", "meta_value"),
    "termmeta": ("meta_id", "term_id", "meta_key", "meta_value"),
    "usermeta": ("umeta_id", "user_id", "meta_key", "meta_value"),
    "posts": (
        "id", "post_author", "post_date", "post_date_gmt", "post_content", "post_title", "post_excerpt", "post_status", "comment_status",
        "ping_status", "post_password", "post_name", "to_ping", "pinged", "post_modified", "post_modified_gmt", "post_content_filtered",
        "post_parent", "guid", "menu_order", "post_type", "post_mime_type", "comment_count",
    ),
    "core_config_data": ("config_id", "scope", "scope_id", "path", "value", "updated_at"),
    "configuration": ("id_configuration", "id_shop_group", "id_shop", "name", "value", "date_add", "date_upd"),
    "config": ("collection", "name", "data"),
    "variable": ("name", "value"),
}  # fmt: skip
"""The columns of tables by their name without its prefix, for dumps that do not tell them."""

_TAILS = (
    *LAYOUTS, "hfcm_scripts", "snippets", "extensions", "modules", "module", "template_styles", "system", "setting", "settings", "comments",
    "commentmeta", "extension", "setup_module", "cms_block", "cms_page", "blocks", "block_custom", "sys_template", "tt_content", "plugins",
)  # fmt: skip
PATHS = {"core_config_data": "/", "projectconfig": "."}
"""Tables in which a name is a path, and what stands between its parts."""

SWITCHES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("post_status", ("draft", "auto-draft", "trash", "inherit", "pending")),
    ("post_type", ("revision", "customize_changeset", "oembed_cache")),
    ("status", ("inactive", "disabled", "draft", "trash", "0", "f", "false")),
    ("active", ("0", "f", "false", "-1")),
    ("is_active", ("0", "f", "false")),
    ("enabled", ("0", "f", "false")),
    ("published", ("0", "-2", "f", "false")),
    ("hidden", ("1", "t", "true")),
    ("deleted", ("1", "t", "true")),
)
"""Columns, and the values that switch a row off."""

PLUGINS: tuple[tuple[str, str, str, tuple[tuple[str, tuple[str, ...]], ...], str], ...] = (
    ("joomla", "extensions", "element", (), "name"),
    ("prestashop", "module", "name", (), ""),
    ("magento", "setup_module", "module", (), ""),
    ("drupal", "system", "name", (("type", ("module",)),), ""),
    ("opencart", "extension", "code", (), ""),
    ("craft", "plugins", "handle", (), ""),
)
"""Platform, table, column of the machine name, what other columns must say, and the column of the name that people see."""

_COPIES = re.compile(
    r"(?:\A|_)(?:caches?|cached|logs?|sessions?|watchdog|revisions?|history|queue|statistics|stats|visits?|visitors?|search_index|comments"
    r"|commentmeta|redirection_404)(?:_|\Z)"
)
_TRANSIENT = re.compile(r"_(?:site_)?transient_")


def table_tail(table: str) -> str:
    """A table's name without its prefix: `wp_2_options`, `wpfk_options` -> `options`; in small letters."""
    name = table.lower()
    return max((tail for tail in _TAILS if name == tail or name.endswith("_" + tail)), key=len, default=name)


def is_copy(tail: str) -> bool:
    """Whether a table holds what was stored for a while, counted, or said by visitors: no source of what the site sends."""
    return _COPIES.search(tail) is not None


def is_transient(name: str) -> bool:
    """Whether an option is a copy that is kept for a while."""
    return _TRANSIENT.match(name) is not None


def keys_of(table: str, name: str) -> tuple[str, ...]:
    """The keys that a name stands for: its parts, where it is a path."""
    between = PATHS.get(table)
    return tuple(name.split(between)[:10]) if between else (name,)
