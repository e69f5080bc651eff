"""Plain PHP sites: pages, and the chains by which files get onto them."""

from reach_stack_support import Opener

from linter.reach.php import open_php
from linter.reach.php_blocks import around, blocks_of
from linter.reach.php_paths import HERE, HOLE, ROOT, Paths, arguments_of
from linter.reach.php_text import Php
from linter.reach.site import Site

HEADER = "<!doctype html><html><head><title>Praxis</title></head><body>"
FOOTER = "</body></html>"
SITES = Opener(open_php)
stack_of, pages_of, reach = SITES.stack_of, SITES.pages_of, SITES.reach


def test_a_page_includes_its_header_from_a_folder() -> None:
    files = {
        "index.php": "<?php include 'inc/header.php'; ?>\n<h1>Welcome</h1>\n<?php include 'inc/footer.php'; ?>",
        "contact.php": "<?php\n$title = 'Contact';\nrequire_once(__DIR__ . '/inc/header.php'); ?><p></p><?php include('inc/footer.php');",
        "inc/header.php": HEADER + "\n<?php include 'tracking.php'; ?>",
        "inc/footer.php": FOOTER,
        "inc/tracking.php": "<script>fbq('init','1')</script>",
        "inc/old-tracking.php": "<script>fbq('init','2')</script>",
        "send.php": "<?php mail('a', $_POST['b']); header('Location: thanks.php');",
    }
    assert {path: page.title for path, page in pages_of(files).items()} == {"index.php": "Welcome", "contact.php": "Contact"}
    assert reach(files, "inc/tracking.php") == {
        "index.php": ("index.php:1", "inc/header.php:2", "inc/tracking.php"),
        "contact.php": ("contact.php:3", "inc/header.php:2", "inc/tracking.php"),
    }
    assert reach(files, "inc/old-tracking.php") == {}
    stack = stack_of(files)[1]
    assert stack.complete()
    assert stack.covers("inc/old-tracking.php")
    assert not stack.covers("send.php")


def test_what_is_commented_out_or_only_spoken_of_is_not_included() -> None:
    page = HEADER + "{}" + FOOTER
    dead = [
        "<?php // include 'pixel.php';\n?>",
        "<?php # include 'pixel.php'; ?>",
        "<?php /* include 'pixel.php'; */ ?>",
        "<!-- <?php include 'pixel.php'; ?> -->",
        "<p>We include 'pixel.php' here</p>",
        "<?php echo \"include 'pixel.php'\"; ?>",
        "<?php include 'other/pixel.php'; ?>",
        "<?php $x->include('pixel.php'); ?>",
    ]
    for text in dead:
        files = {"index.php": page.format(text), "pixel.php": "<script></script>"}
        assert reach(files, "pixel.php") == {}, text


def test_ways_to_name_a_file() -> None:
    alive = [
        "include 'inc/pixel.php'",
        'require ("inc/pixel.php")',
        "include_once dirname(__FILE__) . '/inc/pixel.php'",
        "include dirname(dirname(__FILE__)) . '/site/inc/pixel.php'",
        "include dirname(__DIR__, 1) . '/site/inc/pixel.php'",
        "include $_SERVER['DOCUMENT_ROOT'] . '/inc/pixel.php'",
        'include $_SERVER["DOCUMENT_ROOT"]."/site/inc/pixel.php"',
        "define('INC', __DIR__ . '/inc'); include INC . '/pixel.php'",
        "const INC = 'inc/'; include INC . 'pixel.php'",
        "$dir = __DIR__ . DIRECTORY_SEPARATOR . 'inc'; include \"$dir/pixel.php\"",
        "$name = 'pixel'; include \"inc/{$name}.php\"",
        "include ROOT_PATH . 'inc/pixel.php'",
        "include SHARED . 'pixel.php'",
        "if (!@include('inc/pixel.php')) { }",
        "include realpath(__DIR__ . '/../site/inc/pixel.php')",
        "foreach (['nav', 'pixel'] as $part) { include \"inc/$part.php\"; }",
        "function part($name) { include 'inc/' . $name . '.php'; } part('pixel')",
    ]
    for code in alive:
        files = {
            "site/index.php": f"{HEADER}<?php {code}; ?>{FOOTER}",
            "site/inc/pixel.php": "<script></script>",
            "site/inc/nav.php": "<ul></ul>",
            "site/config.php": "<?php define('SHARED', __DIR__ . '/inc/');",
        }
        assert list(reach(files, "site/inc/pixel.php")) == ["site/index.php"], code


def test_names_count_from_the_folder_of_the_page() -> None:
    files = {
        "index.php": "<?php include 'parts/head.php' ?><p></p>",
        "en/index.php": "<?php include '../parts/head.php' ?><p></p>",
        "parts/head.php": HEADER + "<?php include 'parts/pixel.php' ?>" + FOOTER,
        "parts/pixel.php": "",
    }
    assert list(reach(files, "parts/pixel.php")) == ["en/index.php", "index.php"]


def test_a_front_controller_chooses_pages_from_a_switch() -> None:
    files = {
        "index.php": "<?php\ninclude 'header.php';\nswitch ($_GET['p']) {\ncase 'contact':\n include 'pages/contact.php'; break;\n"
        "default:\n include 'pages/home.php';\n}\ninclude 'footer.php';",
        "header.php": HEADER + "<script src='js/all.js'></script>",
        "footer.php": FOOTER,
        "pages/home.php": "<h1>Home</h1>",
        "pages/contact.php": "<h1>Contact</h1><script src='/js/contact.js'></script>",
        "js/all.js": "",
        "js/contact.js": "",
    }
    assert sorted(pages_of(files)) == ["index.php", "pages/contact.php", "pages/home.php"]
    assert reach(files, "js/contact.js") == {"pages/contact.php": ("pages/contact.php:1", "js/contact.js")}
    assert reach(files, "js/all.js")["pages/home.php"] == (
        "pages/home.php:1 (shown by line 7 of it)",
        "index.php:2",
        "header.php:1",
        "js/all.js",
    )


def test_a_front_controller_takes_any_file_of_a_folder() -> None:
    files = {
        "index.php": "<?php include 'top.php'; $page = $_GET['page'] ?? 'home'; include \"pages/$page.php\"; ?>" + FOOTER,
        "top.php": HEADER + "<?php include 'pixel.php' ?>",
        "pixel.php": "<script></script>",
        "pages/home.php": "<h1>Home</h1>",
        "pages/booking.php": "<h1>Book</h1>",
        "pages/lang.php": "<?php return ['a' => 'b'];",
    }
    assert sorted(pages_of(files)) == ["index.php", "pages/booking.php", "pages/home.php"]
    assert sorted(reach(files, "pixel.php")) == ["index.php", "pages/booking.php", "pages/home.php"]


def test_routes_name_files_by_paths() -> None:
    files = {
        "index.php": "<?php $routes = require 'routes.php'; require $routes[$uri];",
        "routes.php": "<?php return ['/' => 'views/home.view.php', '/contact' => 'views/contact.view.php'];",
        "views/home.view.php": "<?php require 'partials/head.php' ?><p></p>",
        "views/contact.view.php": "<?php require 'partials/head.php' ?><?php require 'partials/pixel.php' ?>",
        "views/partials/head.php": HEADER + FOOTER,
        "views/partials/pixel.php": "",
    }
    assert sorted(pages_of(files)) == ["/", "/contact"]
    assert reach(files, "views/partials/pixel.php") == {"/contact": ("views/contact.view.php:1", "views/partials/pixel.php")}


def test_a_layout_includes_the_file_that_the_page_names() -> None:
    files = {
        "about.php": "<?php $content = 'content/about.php'; include 'layout.php';",
        "layout.php": HEADER + "<?php include $content; ?>" + FOOTER,
        "content/about.php": "<p></p><?php include 'widget.php' ?>",
        "content/widget.php": "",
        "content/contact.php": "<p></p><?php include 'widget.php' ?>",
    }
    assert reach(files, "content/widget.php") == {"about.php": ("about.php:1", "content/about.php:1", "content/widget.php")}


def test_scripts_behind_echoed_addresses() -> None:
    files = {
        "index.php": "<?php include 'inc/head.php' ?><p></p>",
        "inc/head.php": HEADER
        + "\n<script src=\"<?php echo $base_url; ?>/js/a.js?v=<?= time() ?>\"></script>\n<script src='<?= BASE_URL ?>js/b.js'></script>"
        + "<script src='js/c.js'></script><?php /* <script src='js/d.js'></script> */ ?>"
        + FOOTER,
        "js/a.js": "",
        "js/b.js": "",
        "js/c.js": "",
        "js/d.js": "",
    }
    assert reach(files, "js/a.js") == {"index.php": ("index.php:1", "inc/head.php:2", "js/a.js")}
    assert reach(files, "js/b.js") == {"index.php": ("index.php:1", "inc/head.php:3", "js/b.js")}
    assert reach(files, "js/c.js")
    assert not reach(files, "js/d.js")


def test_files_that_the_server_puts_before_every_page() -> None:
    files = {
        "shop/.htaccess": "php_value auto_prepend_file /var/www/shop/track.php\n",
        "shop/index.php": HEADER + FOOTER,
        "shop/track.php": "",
        "index.php": HEADER + FOOTER,
    }
    assert reach(files, "shop/track.php") == {
        "shop/index.php": ("shop/index.php:1 (every page, by the server's settings)", "shop/track.php")
    }


def test_frameworks_and_parts_are_no_pages() -> None:
    files = {
        "index.php": HEADER + FOOTER,
        "vendor/x/page.php": HEADER + FOOTER,
        "wp-content/themes/a/index.php": HEADER + FOOTER,
        "app/artisan": "",
        "app/public/index.php": HEADER + FOOTER,
        "layouts/main.php": HEADER + FOOTER,
        "old-header.php": HEADER,
        "emails/welcome.php": HEADER + FOOTER,
    }
    assert list(pages_of(files)) == ["index.php"]
    assert open_php(Site(["a.html"], lambda _path: "")) is None


def test_values_of_expressions() -> None:
    settings = {"$x": ["'one'", "$y . 'two'"], "$y": ["$x"], "K": ["__DIR__"]}
    paths = Paths("a/b.php", lambda name: settings.get(name, []))
    assert paths.values("'a' . \"b{$q}c\" . '.php';") == [f"ab{HOLE}c.php"]
    assert paths.values("$_SERVER['DOCUMENT_ROOT'] . '/x'") == [ROOT + "/x"]
    assert paths.values("K . '/x.php' ?> 'no'") == [HERE + "a/x.php"]
    assert "one" in paths.values("$x")
    assert paths.values("$cond ? 'a' : 'b'") == [HOLE]
    assert paths.values("foo('a', bar(1)) . '.php')") == [HOLE + ".php"]
    assert paths.values("") == [""]
    assert arguments_of("f('a,b', [1, 2], g(3)) x", 2) == ["'a,b'", " [1, 2]", " g(3)"]


def test_blocks_know_their_heads() -> None:
    code = "if (a(1)) { x } elseif (b): y else: z endif; function f($n) { if (c) d; w }"
    blocks = blocks_of(code)
    assert around(blocks, code.index(" x ")) == ["if (a(1))"]
    assert around(blocks, code.index(" y ")) == ["elseif (b)"]
    assert around(blocks, code.index(" z ")) == []
    assert around(blocks, code.index(" w ")) == ["function f($n)"]


def test_hostile_texts_cost_little() -> None:
    for text in ["<?php " + "'\\" * 30_000, "<?php " + "<<<A\n" * 20_000, "<!--" * 30_000, "<?php if(" * 10_000, "<?php include " * 5_000]:
        files = {"index.php": text}
        list(stack_of(files)[1].links("index.php", text))
    chain = {f"p{number}.php": f"<?php $a = $a . $b; $b = $a . $b; include $a; include 'p{number + 1}.php';" for number in range(300)}
    assert pages_of(chain | {"p300.php": HEADER + FOOTER}).keys() == {"p0.php"}
    assert len(Php("<?php 'a").code) == 8
