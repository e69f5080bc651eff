"""Shapes in which pixels stand on real sites: what `--fix` leaves of them, file by file. Ids and names are made up."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from cli_support import pixellint, tree
from fixing_support import fixed_soundly

LOADER = """!function(f,b,e,v,n,t,s)
{if(f.fbq)return;n=f.fbq=function(){n.callMethod?
n.callMethod.apply(n,arguments):n.queue.push(arguments)};
if(!f._fbq)f._fbq=n;n.push=n;n.loaded=!0;n.version='2.0';
n.queue=[];t=b.createElement(e);t.async=!0;
t.src=v;s=b.getElementsByTagName(e)[0];
s.parentNode.insertBefore(t,s)}(window, document,'script',
'https://connect.facebook.net/en_US/fbevents.js');"""
STOCK = f"<!-- Meta Pixel Code -->\n<script>\n{LOADER}\nfbq('init', '2203344556677881');\nfbq('track', 'PageView');\n</script>\n"
GTAG = """<script async src="https://www.googletagmanager.com/gtag/js?id=G-BRCHWD7Q2Z"></script>
<script>
  window.dataLayer = window.dataLayer || [];
  function gtag(){dataLayer.push(arguments);}
  gtag('js', new Date());
  gtag('config', 'G-BRCHWD7Q2Z');
</script>
"""
CONSENT = """<script>
switch (readCookie('noticed')) {
  case 'true':
    gtag('consent', 'update', { 'analytics_storage': 'granted' });
    fbq('consent', 'grant');
    hide();
    break;
  default:
    show();
}
</script>
"""
OF_OWN = f"""(function () {{
  var PIXEL_ID = '2203344556677881';
  if (!PIXEL_ID) {{ return; }}
  function load() {{
    {LOADER}
    fbq('init', PIXEL_ID);
    fbq('track', 'PageView');
  }}
  window.Site = {{
    load: load,
    track: function (name) {{
      if (!window.fbq) return;
      fbq('track', name);
    }}
  }};
}})();
"""
WAITING = "function ready() {\n  if (window.fbq) { fbq('track', 'Lead'); book(); }\n}\n"

FIXED: dict[str, tuple[Mapping[str, str], Mapping[str, str]]] = {
    "a notice that grants consent, in another file": (
        {"_includes/pixel.html": STOCK, "_includes/ga.html": GTAG, "_includes/notice.html": CONSENT},
        {"_includes/pixel.html": "", "_includes/ga.html": "", "_includes/notice.html": re.sub(r".*'consent'.*\n", "", CONSENT)},
    ),
    "an include in Jekyll": (
        {"_includes/head.html": f"<head>\n{{% if site.pixel %}}\n{STOCK}{{% endif %}}\n</head>\n"},
        {"_includes/head.html": "<head>\n</head>\n"},
    ),
    "a theme's header": (
        {"header.php": f"<?php wp_head(); ?>\n{STOCK}</head>\n<body <?php body_class(); ?>>\n"},
        {"header.php": "<?php wp_head(); ?>\n</head>\n<body <?php body_class(); ?>>\n"},
    ),
    "pages with the same snippet, and a script for all": (
        {"a.html": f"<html>\n{STOCK}</html>\n", "b.html": f"<html>\n{STOCK}</html>\n", "s.js": "book(1);\nfbq('track', 'Lead');\n"},
        {"a.html": "<html>\n</html>\n", "b.html": "<html>\n</html>\n", "s.js": "book(1);\n"},
    ),
    "a handler that opens a page, too": (
        {"a.html": f"<html>\n{STOCK}<a onclick=\"fbq('track', 'Contact'); return call(this)\">x</a>\n</html>\n"},
        {"a.html": '<html>\n<a onclick="return call(this)">x</a>\n</html>\n'},
    ),
}
LEFT: dict[str, tuple[Mapping[str, str], str]] = {
    "a callback of the vendor's sends the form": (
        {"a.html": f"<html>\n{STOCK}</html>\n", "s.js": "fbq('track', 'Lead', {}, function () { form.submit(); });\n"},
        "it calls",
    ),
    "a form is sent only where the vendor is there": (
        {"a.html": f"<html>\n{STOCK}</html>\n", "s.js": WAITING},
        "its guard also holds other code",
    ),
    "own code waits for the vendor": (
        {"a.html": f"<html>\n{STOCK}</html>\n", "s.js": "if (window.fbq) { book(); }\n"},
        "still used in s.js:1",
    ),
    "the vendor's function goes by another name": (
        {"a.html": f"<html>\n{STOCK}</html>\n", "s.js": "var p = fbq; p('track', 'Lead');\n"},
        "still used in s.js:1",
    ),
    "other code uses the vendor's queue": (
        {"a.html": GTAG, "s.js": "dataLayer.push({ event: 'menu', open: menu() });\n"},
        "dataLayer is still used in s.js:1",
    ),
    "other code uses a helper of the snippet": (
        {"a.html": GTAG, "s.js": "gtag('event', make(), { a: 1 });\n"},
        "gtag is still used in s.js:1",
    ),
}


@pytest.mark.parametrize(("before", "after"), FIXED.values(), ids=FIXED)
def test_fixed(before: Mapping[str, str], after: Mapping[str, str], tmp_path: Path) -> None:
    outcome = pixellint("check", ".", "--fix", cwd=tree(tmp_path, before))
    assert {name: (tmp_path / name).read_text(encoding="utf-8") for name in after} == dict(after), outcome.out + outcome.err
    assert outcome.status == 0


@pytest.mark.parametrize(("files", "reason"), LEFT.values(), ids=LEFT)
def test_left_alone(files: Mapping[str, str], reason: str, tmp_path: Path) -> None:
    outcome = pixellint("check", ".", "--fix", cwd=tree(tmp_path, files))
    assert {name: (tmp_path / name).read_text(encoding="utf-8") for name in files} == dict(files)
    assert reason in outcome.out
    assert outcome.status == 1


def test_no_half_of_a_snippet_goes() -> None:
    after = fixed_soundly({"js/pixel.js": OF_OWN.encode()}).files["js/pixel.js"].decode()
    assert ("fbevents.js" in after) == ("fbq('init'" in after)
