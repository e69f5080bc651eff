"""WordPress: themes, child themes, block themes, plugins, hooks and conditions."""

from reach_stack_support import Opener

from linter.reach.model import Page
from linter.reach.php import open_php
from linter.reach.site import Site
from linter.reach.wordpress import open_wordpress
from linter.reach.wordpress_hooks import Hooks, conditions_of
from linter.reach.wordpress_names import stands_for, template_name

STYLE = "/*\nTheme Name: Praxis\n*/"
HEADER = "<!doctype html><html><head>\n<?php wp_head(); ?>\n</head><body>"
FOOTER = "<?php wp_footer(); ?></body></html>"
PAGE = "<?php get_header(); ?><p></p><?php get_footer(); ?>"
THEME = {"style.css": STYLE, "header.php": HEADER, "footer.php": FOOTER, "index.php": PAGE, "page.php": PAGE}
SITES = Opener(open_wordpress)
stack_of, pages_of, reach = SITES.stack_of, SITES.pages_of, SITES.reach


def test_templates_stand_for_pages() -> None:
    files = THEME | {
        "front-page.php": PAGE,
        "single.php": PAGE,
        "single-doctor.php": PAGE,
        "page-contact.php": PAGE,
        "404.php": PAGE,
        "templates/booking.php": "<?php /* Template Name: Book an appointment */ get_header();",
        "inc/Template.php": "<?php // no template",
        "searchform.php": "<form></form>",
    }
    assert {path: page.stands_for for path, page in pages_of(files).items()} == {
        "index.php": "every page that no other template is for",
        "page.php": "every page",
        "front-page.php": "the front page",
        "single.php": "every single post",
        "single-doctor.php": "every single doctor",
        "page-contact.php": 'the page "contact"',
        "404.php": "404",
        "templates/booking.php": 'every page with the template "Book an appointment"',
    }
    assert pages_of(files)["templates/booking.php"].title == "Book an appointment"


def test_headers_footers_and_parts() -> None:
    files = THEME | {
        "page-lp.php": "<?php get_header('lp');\nget_template_part('parts/hero', 'lp');\n"
        "get_sidebar(); get_search_form(); comments_template();",
        "header-lp.php": "<html>",
        "parts/hero.php": "",
        "parts/hero-lp.php": '<script src="<?php echo get_template_directory_uri(); ?>/js/lp.js"></script>',
        "sidebar.php": "",
        "searchform.php": "",
        "comments.php": "",
        "js/lp.js": "",
    }
    assert reach(files, "header.php") == {"index.php": ("index.php:1", "header.php"), "page.php": ("page.php:1", "header.php")}
    assert reach(files, "header-lp.php") == {"page-lp.php": ("page-lp.php:1", "header-lp.php")}
    assert reach(files, "js/lp.js") == {"page-lp.php": ("page-lp.php:2", "parts/hero-lp.php:1", "js/lp.js")}
    assert reach(files, "parts/hero.php") == {}
    for part in ("sidebar.php", "searchform.php", "comments.php"):
        assert list(reach(files, part)) == ["page-lp.php"]


def test_names_that_are_not_known() -> None:
    files = THEME | {
        "single.php": "<?php get_header();\nget_template_part('parts/content', get_post_type());\nget_template_part($part); ?>",
        "archive.php": "<?php get_template_part('parts/card-' . $kind); // get_template_part('parts/dead'); ?>",
        "parts/content.php": "",
        "parts/content-doctor.php": "",
        "parts/card-a.php": "",
        "parts/dead.php": "",
    }
    assert list(reach(files, "parts/content.php")) == ["single.php"]
    assert list(reach(files, "parts/content-doctor.php")) == ["single.php"]
    assert list(reach(files, "parts/card-a.php")) == ["archive.php"]
    assert reach(files, "parts/dead.php") == {}
    assert stack_of(files)[1].covers("parts/dead.php")


def test_functions_and_what_they_include_print_where_hooks_are_called() -> None:
    files = THEME | {
        "functions.php": "<?php\nrequire get_template_directory() . '/inc/pixel.php';\nforeach (['setup', 'chat'] as $file) {\n"
        "  require_once get_theme_file_path(\"inc/$file.php\");\n}\nif (is_admin()) { require 'inc/panel.php'; }\n",
        "inc/pixel.php": "<?php add_action('wp_head', function () { ?><script></script><?php });",
        "inc/setup.php": "<?php add_action('after_setup_theme', 'x');",
        "inc/chat.php": "<?php add_action('wp_footer', 'chat');",
        "inc/panel.php": "<?php echo '<script></script>';",
        "inc/editor.php": "<?php add_action('admin_init', 'x');",
        "inc/old.php": "<?php add_action('wp_head', 'x');",
        "page-bare.php": "<html><body></body></html>",
    }
    assert reach(files, "inc/pixel.php") == {
        "index.php": ("index.php:1", "header.php:2 (every page)", "functions.php:2", "inc/pixel.php"),
        "page.php": ("page.php:1", "header.php:2 (every page)", "functions.php:2", "inc/pixel.php"),
    }
    assert list(reach(files, "inc/chat.php")) == ["index.php", "page.php"]
    for dead in ("inc/panel.php", "inc/old.php"):
        assert reach(files, dead) == {}


def test_a_hook_is_named() -> None:
    files = THEME | {"functions.php": "<?php add_action('wp_footer', 'track'); function track() { ?><script></script><?php }"}
    assert reach(files, "functions.php")["page.php"] == ("page.php:1", "footer.php:1 (hook wp_footer)", "functions.php")


def test_files_for_the_administration_reach_nothing() -> None:
    files = THEME | {
        "functions.php": "<?php require 'inc/admin.php';\nadd_action('admin_enqueue_scripts', 'editor');\n"
        "function editor() { wp_enqueue_script('e', get_template_directory_uri() . '/js/editor.js'); }\n"
        "add_action('wp_enqueue_scripts', 'site');\nfunction site() { wp_enqueue_script('s', get_theme_file_uri('/js/site.js')); }\n",
        "inc/admin.php": "<?php add_action('admin_footer', 'x');",
        "js/editor.js": "",
        "js/site.js": "",
    }
    assert reach(files, "inc/admin.php") == {}
    assert reach(files, "js/editor.js") == {}
    assert reach(files, "js/site.js")["page.php"] == (
        "page.php:1",
        "header.php:2 (hook wp_enqueue_scripts)",
        "functions.php:5 (hook wp_enqueue_scripts)",
        "js/site.js",
    )


def test_conditions_on_the_page_asked_for() -> None:
    files = THEME | {
        "functions.php": "<?php\nadd_action('wp_enqueue_scripts', function () {\n"
        "  if (is_page('contact')) {\n    wp_enqueue_script('c', get_theme_file_uri('js/contact.js'));\n  }\n"
        "  if (!is_front_page()) { wp_enqueue_script('n', get_theme_file_uri('js/inner.js')); }\n});\n",
        "header.php": HEADER + "<?php if (is_front_page()): ?>\n<?php get_template_part('parts/front'); ?>\n<?php endif; ?>",
        "page-contact.php": PAGE,
        "front-page.php": PAGE,
        "js/contact.js": "",
        "js/inner.js": "",
        "parts/front.php": "",
    }
    assert reach(files, "js/contact.js") == {
        "page-contact.php": ("page-contact.php:1 (functions.php:4, hook wp_enqueue_scripts, if is_page('contact'))", "js/contact.js")
    }
    assert list(reach(files, "parts/front.php")) == ["front-page.php"]
    assert len(reach(files, "js/inner.js")) == 4
    assert "if !is_front_page()" in reach(files, "js/inner.js")["page.php"][2]


def test_child_themes_override_their_parents() -> None:
    base = "wp-content/themes/"
    files = {f"{base}parent/{name}": text for name, text in THEME.items()} | {
        f"{base}child/style.css": "/*\nTheme Name: Child\nTemplate: parent\n*/",
        f"{base}child/header.php": HEADER,
        f"{base}child/functions.php": "<?php require get_stylesheet_directory() . '/a.php'; require get_template_directory() . '/b.php';",
        f"{base}child/a.php": "",
        f"{base}child/b.php": "",
        f"{base}parent/b.php": "",
        f"{base}parent/functions.php": "<?php add_action('wp_head', 'x');",
        f"{base}twentytwentyfour/style.css": STYLE,
        f"{base}twentytwentyfour/index.php": PAGE,
    }
    assert sorted(pages_of(files)) == [f"{base}parent/index.php", f"{base}parent/page.php"]
    assert len(reach(files, f"{base}child/header.php")) == 2
    assert reach(files, f"{base}parent/header.php") == {}
    assert len(reach(files, f"{base}parent/functions.php")) == 2
    assert len(reach(files, f"{base}child/a.php")) == 2
    assert len(reach(files, f"{base}parent/b.php")) == 2
    assert reach(files, f"{base}child/b.php") == {}


def test_plugins_get_onto_every_page() -> None:
    base = "wp-content/"
    files = {f"{base}themes/x/{name}": text for name, text in THEME.items()} | {
        f"{base}plugins/pixel/pixel.php": "<?php\n/*\nPlugin Name: Pixel\n*/\ninclude plugin_dir_path(__FILE__) . 'inc/front.php';",
        f"{base}plugins/pixel/inc/front.php": "<?php add_action('wp_head', 'x');\n"
        "wp_enqueue_script('a', plugins_url('js/a.js', dirname(__FILE__)));",
        f"{base}plugins/pixel/js/a.js": "",
        f"{base}plugins/tools/tools.php": "<?php\n/*\nPlugin Name: Tools\n*/\nadd_action('admin_menu', 'x');",
        f"{base}mu-plugins/site.php": "<?php add_action('wp_footer', 'x');",
        f"{base}mu-plugins/lib/unused.php": "<?php add_action('wp_footer', 'x');",
    }
    start = (f"{base}themes/x/page.php:1", f"{base}themes/x/header.php:2 (every page)")
    assert reach(files, f"{base}plugins/pixel/inc/front.php")[f"{base}themes/x/page.php"] == (
        *start,
        f"{base}plugins/pixel/pixel.php:5",
        f"{base}plugins/pixel/inc/front.php",
    )
    assert len(reach(files, f"{base}plugins/pixel/js/a.js")) == 2
    assert reach(files, f"{base}plugins/tools/tools.php") == {}
    assert len(reach(files, f"{base}mu-plugins/site.php")) == 2
    assert reach(files, f"{base}mu-plugins/lib/unused.php") == {}


def test_a_plugin_alone_stands_for_every_page() -> None:
    files = {"pixel.php": "<?php\n/*\nPlugin Name: Pixel\n*/\ninclude 'inc/a.php';", "inc/a.php": ""}
    assert pages_of(files) == {"pixel.php": Page("pixel.php", "pixel.php", "Pixel", stands_for="every page")}
    assert reach(files, "inc/a.php") == {"pixel.php": ("pixel.php:5", "inc/a.php")}


def test_block_themes() -> None:
    files = {
        "style.css": STYLE,
        "functions.php": "<?php add_action('wp_head', 'x');",
        "templates/index.html": '<!-- wp:template-part {"slug":"header","tagName":"header"} /-->\n<p></p>',
        "templates/page-book.html": '<!-- wp:pattern {"slug":"praxis/cta"} /-->',
        "templates/landing.html": '<!-- wp:template-part {"slug":"bare"} /-->',
        "parts/header.html": "<!-- wp:html -->\n<script src='/x.js'></script><!-- /wp:html -->",
        "parts/unused.html": "",
        "parts/bare.html": "",
        "patterns/cta.php": "<?php\n/**\n * Title: Call\n * Slug: praxis/cta\n */ ?>\n<script></script>",
    }
    assert {path: page.stands_for for path, page in pages_of(files).items()} == {
        "templates/index.html": "every page that no other template is for",
        "templates/page-book.html": 'the page "book"',
        "templates/landing.html": 'every page with the template "landing"',
    }
    assert reach(files, "parts/header.html") == {"templates/index.html": ("templates/index.html:1", "parts/header.html")}
    assert list(reach(files, "patterns/cta.php")) == ["templates/page-book.html"]
    assert reach(files, "parts/unused.html") == {}
    assert reach(files, "functions.php")["templates/landing.html"] == ("templates/landing.html:1 (hook wp_head)", "functions.php")


def test_woocommerce_overrides() -> None:
    files = THEME | {
        "woocommerce/single-product.php": PAGE + "<?php wc_get_template_part('content', 'single-product'); ?>",
        "woocommerce/content-single-product.php": "",
        "woocommerce/checkout/thankyou.php": "<script></script>",
        "functions.php": "",
    }
    assert pages_of(files)["woocommerce/checkout/thankyou.php"].stands_for == "the page after an order"
    assert list(reach(files, "woocommerce/content-single-product.php")) == ["woocommerce/single-product.php"]
    assert reach(files, "header.php")["woocommerce/checkout/thankyou.php"] == (
        "woocommerce/checkout/thankyou.php:1 (shown in a page)",
        "page.php:1",
        "header.php",
    )


def test_views_of_timber() -> None:
    files = {
        "style.css": STYLE,
        "functions.php": "<?php add_action('wp_head', 'x');",
        "page.php": "<?php Timber::render(array('page-' . $post->slug . '.twig', 'page.twig'), $context);",
        "views/page.twig": "",
        "views/html-header.twig": "{{ function('wp_head') }}",
    }
    assert list(reach(files, "views/page.twig")) == ["page.php"]
    _, stack = stack_of(files)
    assert [link.target for link in stack.links("views/html-header.twig", files["views/html-header.twig"])] == ["functions.php"]


def test_themes_are_no_plain_php_sites() -> None:
    site = Site(THEME, lambda path: THEME[path])
    assert open_php(site) is None
    assert open_wordpress(Site(["index.php"], lambda _path: "<?php echo 1;")) is None


def test_names_and_hooks() -> None:
    assert stands_for("header") is None
    assert stands_for("category-news") == "the category news"
    assert template_name("{{-- Template Name: Wide --}}") == ("Wide", 'every page with the template "Wide"')
    assert template_name("nothing") is None
    hooks = Hooks("add_action('wp_head', [$this, 'a']); add_filter('admin_x', 'b');")
    assert (hooks.told, hooks.admin_only) == ("wp_head", False)
    assert conditions_of(["if (is_page(array('a', 'b')))"]) == [("is_page", ["a", "b"])]
    assert conditions_of(["if (is_page('a') && $b)", "if (!is_404())", "function is_page()"]) == []
