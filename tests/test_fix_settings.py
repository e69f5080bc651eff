"""Settings that are switched off, by platform; what stays and why."""

import pytest
from fixing_support import CATALOG, fix, fixed_soundly
from hypothesis import given
from hypothesis import strategies as st

from linter.fixes.model import Task, applied, merged
from linter.fixes.recorded import record
from linter.fixes.settings import fix as fix_settings

ID = "1802345678901234"
APP = "shopify://apps/acme-facebook-pixel/blocks/embed/2632fe16-c075-4321-a88b-50b567f42507"
HEAD = "/*\n * The contents of this file are auto-generated.\n */\n"


def embed(inside: str) -> str:
    return f'{HEAD}{{\n  "current": {{\n    "blocks": {{\n      "855": {{\n{inside}      }}\n    }}\n  }}\n}}\n'


SAFE = {
    "an app embed": (
        "config/settings_data.json",
        embed(f'        "type": "{APP}",\n        "disabled": false,\n        "settings": {{}}\n'),
        embed(f'        "type": "{APP}",\n        "disabled": true,\n        "settings": {{}}\n'),
    ),
    "an app embed with escaped slashes": (
        "config/settings_data.json",
        embed(f'        "disabled": false,\n        "type": "{APP}"\n'.replace("/", "\\/")),
        embed(f'        "disabled": true,\n        "type": "{APP}"\n'.replace("/", "\\/")),
    ),
    "an app embed that does not say whether it is on": (
        "config/settings_data.json",
        embed(f'        "type": "{APP}",\n        "settings": {{}}\n'),
        embed(f'        "type": "{APP}",\n        "disabled": true,\n        "settings": {{}}\n'),
    ),
    "an app embed that says nothing else": (
        "config/settings_data.json",
        embed(f'        "type": "{APP}"\n'),
        embed(f'        "type": "{APP}",\n        "disabled": true\n'),
    ),
    "an app embed on one line": (
        "config/settings_data.json",
        f'{{"current":{{"blocks":{{"1":{{"type":"{APP}","settings":{{}}}}}}}}}}',
        f'{{"current":{{"blocks":{{"1":{{"type":"{APP}","disabled":true,"settings":{{}}}}}}}}}}',
    ),
    "a text of a theme": (
        "config/settings_data.json",
        f'{HEAD}{{\n  "current": {{\n    "color": "#fff",\n    "meta_pixel_id": "{ID}",\n    "x": 1\n  }}\n}}\n',
        f'{HEAD}{{\n  "current": {{\n    "color": "#fff",\n    "meta_pixel_id": "",\n    "x": 1\n  }}\n}}\n',
    ),
    "a module with a switch": (
        "config/sync/simple_facebook_pixel.settings.yml",
        f"pixel_enabled: true\npixel_id: '{ID}'\nexclude_admin_pages: true\n",
        f"pixel_enabled: false\npixel_id: '{ID}'\nexclude_admin_pages: true\n",
    ),
    "a module without a switch": (
        "config/sync/facebook_pixel.settings.yml",
        f"_core:\n  default_config_hash: x\nfacebook_id: '{ID}'\nprivacy:\n  donottrack: true\n",
        "_core:\n  default_config_hash: x\nfacebook_id: ''\nprivacy:\n  donottrack: true\n",
    ),
    "a module's account in double quotes": (
        "config/sync/facebook_pixel.settings.yml",
        f'facebook_id: "{ID}" # ours\n',
        "facebook_id: '' # ours\n",
    ),
    "a service of Hugo": (
        "hugo.toml",
        "title = 'x'\n[services.googleAnalytics]\nid = 'G-RDJLRWL8VE' # ga\n",
        "title = 'x'\n[services.googleAnalytics]\nid = '' # ga\n",
    ),
    "Hugo's own setting": (
        "config.toml",
        'baseURL = "https://x.example/"\ngoogleAnalytics = "UA-12345678-1"\n',
        'baseURL = "https://x.example/"\ngoogleAnalytics = ""\n',
    ),
    "Hugo's own setting in YAML": (
        "site/config.yaml",
        "languageCode: en\ngoogleAnalytics: UA-12345678-1\nparams:\n  a: 1\n",
        'languageCode: en\ngoogleAnalytics: ""\nparams:\n  a: 1\n',
    ),
    "Hugo in a folder": (
        "config/_default/services.toml",
        '[googleAnalytics]\nid = "G-RDJLRWL8VE"\n',
        '[googleAnalytics]\nid = ""\n',
    ),
    "Jekyll": ("_config.yml", "title: x\ngoogle_analytics: UA-12345678-1\nurl: x\n", "title: x\ngoogle_analytics:\nurl: x\n"),
    "Jekyll with quotes": (
        "_config.yml",
        f'facebook_pixel_id: "{ID}" # the pixel\nbaseurl: ""\n',
        'facebook_pixel_id: # the pixel\nbaseurl: ""\n',
    ),
    "a theme's provider": (
        "_config.yml",
        'analytics:\n  provider: "google-gtag"\n  google:\n    tracking_id: "UA-12345678-1"\n    anonymize_ip: false\n',
        "analytics:\n  provider: false\n  google:\n    tracking_id:\n    anonymize_ip: false\n",
    ),
    "Windows line ends": ("_config.yml", "a: 1\r\ngoogle_analytics: UA-12345678-1\r\n", "a: 1\r\ngoogle_analytics:\r\n"),
}


@pytest.mark.parametrize(("path", "before", "after"), SAFE.values(), ids=SAFE)
def test_settings_are_switched_off(path: str, before: str, after: str) -> None:
    result = fixed_soundly({path: before.encode()})
    assert result.files[path].decode() == after
    assert result.fixes.refused == {}


CAREFUL = {
    "a parameter of a theme": (
        "hugo.toml",
        f"[params]\n  facebookPixelId = '{ID}'\n",
        "[params]\n  facebookPixelId = ''\n",
    ),
    "a number of a theme": (
        "config/_default/params.toml",
        f"facebook_pixel = {ID}\n",
        'facebook_pixel = ""\n',
    ),
    "below another key": (
        "_config.yml",
        "analytics:\n  google:\n    id: 1\n  facebook_pixel:\n    facebook_pixel_id: " + ID + "\n",
        "analytics:\n  google:\n    id: 1\n  facebook_pixel:\n    facebook_pixel_id:\n",
    ),
    "a block that is seen": (
        "templates/index.json",
        f'{{"sections": {{"a": {{"type": "apps", "blocks": {{"b": {{"type": "{APP}", "settings": {{}}}}}}}}}}}}',
        f'{{"sections": {{"a": {{"type": "apps", "blocks": {{"b": {{"type": "{APP}", "disabled": true, "settings": {{}}}}}}}}}}}}',
    ),
    "a module that is not known": (
        "config/sync/acme_facebook_pixel.settings.yml",
        f"facebook_id: '{ID}'\n",
        "facebook_id: ''\n",
    ),
}


@pytest.mark.parametrize(("path", "before", "after"), CAREFUL.values(), ids=CAREFUL)
def test_what_a_theme_decides_is_switched_off_when_asked_for(path: str, before: str, after: str) -> None:
    given = fixed_soundly({path: before.encode()})
    assert given.files[path].decode() == before
    assert set(given.fixes.refused.values()) == {"--unsafe-fixes takes it out"}
    assert fixed_soundly({path: before.encode()}, unsafe=True).files[path].decode() == after


REFUSED = {
    "a variable": (".env", f"META_PIXEL_ID={ID}\n", "a variable that other things may read"),
    "a value from elsewhere": ("_config.yml", "facebook_pixel_id: ${PIXEL}\n", "comes from elsewhere"),
    "a workflow": (".github/workflows/x.yml", "env:\n  FACEBOOK_PIXEL_ID: ${{ secrets.P }}\n", "comes from elsewhere"),
    "an application": ("appsettings.json", f'{{"facebookPixelId": "{ID}"}}', "the code that reads it"),
    "a number of a theme": ("config/settings_data.json", f'{{"current": {{"meta_pixel_id": {ID}}}}}', "its value is no text"),
    "a number of a module": ("config/sync/facebook_pixel.settings.yml", f"facebook_id: {ID}\n", "its value is no text"),
    "several in one": ("config/sync/facebook_pixel.settings.yml", f"a:\n  facebook_id: '{ID}'\n", "one of several settings"),
    "a module's own": ("modules/x/config/install/facebook_pixel.settings.yml", f"facebook_id: '{ID}'\n", "the code that reads it"),
    "an odd switch": (
        "config/settings_data.json",
        f'{{"current": {{"blocks": {{"1": {{"type": "{APP}", "disabled": "maybe"}}}}}}}}',
        "neither true nor false",
    ),
    "a broken file": ("config/settings_data.json", f'{{"current": {{"meta_pixel_id": "{ID}", }}', "unusual way"),
    "a list": ("_config.yml", f"facebook_pixel_ids:\n  - {ID}\n", "unusual way"),
    "an anchor": ("_config.yml", f"facebook_pixel_id: &pixel {ID}\nother: *pixel\n", "unusual way"),
    "an active module": ("config/sync/core.extension.yml", "module:\n  node: 0\n  facebook_pixel: 0\n", "drush pmu facebook_pixel -y"),
}


@pytest.mark.parametrize(("path", "before", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_is_in_doubt_stays_with_a_reason(path: str, before: str, reason: str) -> None:
    result = fixed_soundly({path: before.encode()}, unsafe=True)
    assert result.files[path].decode() == before
    assert result.fixes.refused
    assert [why for why in result.fixes.refused.values() if reason not in why] == []


def test_what_is_to_be_done_then() -> None:
    assert "drush config:import" in fix({"config/sync/facebook_pixel.settings.yml": f"facebook_id: '{ID}'\n".encode()}).fixes.after[0]
    assert "build the site" in fix({"_config.yml": b"google_analytics: UA-12345678-1\n"}).fixes.after[0]
    assert fix({"hugo.toml": b"googleAnalytics = 'UA-12345678-1'\n"}).fixes.after == ()


PATHS = [
    "_config.yml",
    "hugo.toml",
    "config/settings_data.json",
    "x/facebook_pixel.settings.yml",
    "config.yaml",
    ".env",
    "templates/a.json",
]
PIECES = [
    *"{}[]:,='\"\n#&*- ",
    "facebook_pixel_id",
    ID,
    '"type"',
    f'"{APP}"',
    '"current"',
    "provider",
    "baseURL: x",
    "disabled",
    "google",
    "\r\n",
    "  ",
]


@given(st.sampled_from(PATHS), st.lists(st.sampled_from(PIECES), max_size=25), st.booleans())
def test_no_text_is_too_odd(path: str, pieces: list[str], unsafe: bool) -> None:
    recorded = record(path, "".join(pieces).encode(), CATALOG)
    assert recorded is not None
    matches = tuple(match for row in recorded.told for match in row.matches)
    outcome = fix_settings(Task(recorded.source, recorded.parts, matches, CATALOG, unsafe))
    applied(recorded.source.text, merged(edit for row in outcome.edits.values() for edit in row))
    assert unsafe or not outcome.unsafe
