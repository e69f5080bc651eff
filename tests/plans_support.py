"""Small made-up repositories for the tests of plans, and plans of them."""

from collections.abc import Mapping
from pathlib import Path

from linter.commands import Context
from linter.findings import Finding
from linter.options import check_options
from linter.plan_commands import plan
from linter.plans.model import Fixable, FixNote
from tests.cli_support import ENV, tree
from tests.containers import export, html

ID = "5039284756102938"
LOADER = "!function(f,b,e,v){}(window,document,'script','https://connect.facebook.net/en_US/fbevents.js');"
BASE = (
    f"<script>{LOADER}\nfbq('init', '{ID}'); fbq('track', 'PageView');</script>\n"
    f"<noscript><img src='https://www.facebook.com/tr?id={ID}&ev=PageView&noscript=1'></noscript>\n"
)
FORM = "<form action=/send><input name=email><input name=phone><textarea name=reason></textarea></form>"


def page(title: str, head: str = "", body: str = "") -> str:
    """A page."""
    return f"<!doctype html>\n<html><head><title>{title}</title>\n{head}</head>\n<body>\n{body}\n</body></html>\n"


HARDCODED: Mapping[str, str | bytes] = {
    "index.html": page("Dental practice", BASE, "<a href=appointment.html>Book</a><a href=contact.html>Contact</a>"),
    "appointment.html": page("Request an appointment", BASE, FORM + "<script src=js/book.js></script>"),
    "contact.html": page("Contact", BASE.replace("<script>", "<!--<script>").replace("</noscript>", "</noscript>-->"), FORM),
    "js/book.js": "function done(form) {\n  var sent = fbq('track', 'Schedule', {value: 1});\n  return sent && form.submit();\n}\n",
    "_headers": "/*\n  Content-Security-Policy: default-src 'self'; script-src 'self' https://connect.facebook.net\n",
    "sw.js": "self.addEventListener('install', () => caches.open('v1'));\n",
    "CNAME": "practice.example\n",
}
OPTIONS = (
    "CREATE TABLE `wp_options` (\n  `option_id` bigint(20) NOT NULL,\n  `option_name` varchar(191) DEFAULT '',\n"
    "  `option_value` longtext,\n  PRIMARY KEY (`option_id`)\n) ENGINE=InnoDB;\n"
    "INSERT INTO `wp_options` VALUES (1,'active_plugins','a:1:{i:0;s:45:\\\"official-facebook-pixel/facebook-for-wordpress.php\\\";}'),\n"
    f"(2,'ihaf_insert_header','<script>{LOADER.replace(chr(39), chr(92) + chr(39))} fbq(\\'init\\', \\'{ID}\\');</script>'),\n"
    '(3,\'et_divi\',\'a:2:{s:4:\\"logo\\";s:1:\\"a\\";'
    "s:21:\\\"divi_integration_head\\\";s:44:\\\"<script>fbq(\\'track\\', \\'Lead\\');</script>\\\";}');\n"
)
WORDPRESS: Mapping[str, str | bytes] = {
    "wp-content/plugins/official-facebook-pixel/facebook-for-wordpress.php": "<?php\n/*\nPlugin Name: Meta pixel for WordPress\n*/\n",
    "wp-content/plugins/autoptimize/autoptimize.php": "<?php\n/*\nPlugin Name: Autoptimize\n*/\n",
    "wp-content/plugins/complianz-gdpr/complianz-gpdr.php": "<?php\n/*\nPlugin Name: Complianz\n*/\n",
    "wp-content/themes/practice/style.css": "/*\nTheme Name: Practice\n*/\n",
    "wp-content/themes/practice/functions.php": "<?php\n",
    "composer.json": '{\n  "require": {\n    "wpackagist-plugin/official-facebook-pixel": "^4.0"\n  }\n}\n',
    "backup/site.sql": "-- MySQL dump 10.13\n" + OPTIONS,
}
CONTAINER: Mapping[str, str | bytes] = {
    "index.html": page(
        "Practice",
        "<script>(function(w,d,s,l,i){})(window,document,'script','dataLayer','GTM-AB12CD3');</script>\n"
        "<script async src='https://www.googletagmanager.com/gtm.js?id=GTM-AB12CD3'></script>\n"
        "<script async src='https://www.googletagmanager.com/gtm.js?id=GTM-ZZ98YX7'></script>\n",
    ),
    "container.json": export([html(1, "Meta - base"), html(2, "Meta - lead", "<script>fbq('track', 'Lead');</script>")]),
}
SHOPIFY: Mapping[str, str | bytes] = {
    "layout/theme.liquid": page(
        "{{ page_title }}", "{{ content_for_header }}\n" + BASE.replace(ID, "{{ settings.pixel }}"), "{{ content_for_layout }}"
    ),
    "config/settings_schema.json": "[]\n",
    "config/settings_data.json": (
        '{\n  "current": {\n    "blocks": {\n      "1": {\n'
        '        "type": "shopify://apps/zotek-facebook-pixel/blocks/app-embed/0a1b2c3d-0000-4000-8000-000000000000",\n'
        '        "disabled": false\n      }\n    }\n  }\n}\n'
    ),
}
NEXT: Mapping[str, str | bytes] = {
    "package.json": '{\n  "dependencies": {\n    "next": "16.0.0",\n    "react-facebook-pixel": "^1.0.4"\n  }\n}\n',
    "pnpm-lock.yaml": "lockfileVersion: '9.0'\n",
    ".env.production": f"NEXT_PUBLIC_FACEBOOK_PIXEL_ID={ID}\n",
    "vercel.json": "{}\n",
    "app/layout.tsx": (
        "import ReactPixel from 'react-facebook-pixel';\n\nReactPixel.init(process.env.NEXT_PUBLIC_FACEBOOK_PIXEL_ID);\n\n"
        "export default function Layout({ children }) {\n  return <html><body>{children}</body></html>;\n}\n"
    ),
    "app/appointment/page.tsx": (
        "import ReactPixel from 'react-facebook-pixel';\n\nexport default function Page() {\n"
        "  return <form onSubmit={() => ReactPixel.track('Schedule')}><input name=\"email\" /></form>;\n}\n"
    ),
}
SERVER: Mapping[str, str | bytes] = {
    "book.php": (
        "<?php\n$token = 'EAAGm0PX4ZCpsBAKxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx';\n"
        f"$url = 'https://graph.facebook.com/v21.0/{ID}/events?access_token=' . $token;\n"
        "$data = ['data' => [['event_name' => 'Schedule', 'user_data' => ['em' => hash('sha256', $_POST['email'])]]]];\n"
        "$curl = curl_init($url);\ncurl_setopt($curl, CURLOPT_POSTFIELDS, json_encode($data));\ncurl_exec($curl);\n"
    ),
    "composer.json": '{\n  "require": {\n    "facebook/php-business-sdk": "^21.0"\n  }\n}\n',
    "composer.lock": "{}\n",
}
SITES = {
    "hardcoded": HARDCODED, "wordpress": WORDPRESS, "container": CONTAINER, "shopify": SHOPIFY, "next": NEXT, "server": SERVER,
}  # fmt: skip


def some_fixes(finding: Finding) -> FixNote | None:
    """What fixes could say: snippets in pages, policies and embeds are edited, PHP with a look, a used result is refused."""
    if finding.kind == "base-code" and finding.via[:1] == ("html",):
        return FixNote("safe", "the script element and its noscript twin")
    if finding.kind == "csp":
        return FixNote("safe", "one host of the policy")
    if finding.kind == "event-call" and finding.path.endswith(".js"):
        return FixNote("safe", reason_refused="its result is used in `sent`")
    if finding.path.endswith("layout.tsx"):
        return FixNote("unsafe", "the import and its calls")
    return None


def planned(folder: Path, files: Mapping[str, str | bytes], format: str = "text", fixable: Fixable = some_fixes, *select: str) -> str:
    """What `pixellint plan` prints for a repository."""
    import io

    out, err = io.StringIO(), io.StringIO()
    tree(folder, files)
    context = Context(io.StringIO(), out, err, ENV, str(folder))
    plan(check_options((".",), select=select, isolated=True), format, context, lambda run, context: fixable)
    return out.getvalue() + err.getvalue()
