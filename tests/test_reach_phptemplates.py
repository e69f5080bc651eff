"""Templates of PHP frameworks and CMS: Blade, Twig, Smarty, Latte, Drupal, Joomla, Magento, TYPO3."""

import pytest
from reach_stack_support import Opening, pages_of, reach, stacks_of

from linter.reach.blade import open_blade
from linter.reach.drupal import open_drupal
from linter.reach.joomla import open_joomla
from linter.reach.magento import open_magento
from linter.reach.php_routes import Route, Routes
from linter.reach.site import Site
from linter.reach.smarty import open_smarty
from linter.reach.twig import open_twig
from linter.reach.typo3 import open_typo3

HTML = "<!doctype html><html><head>{}</head><body></body></html>"


def routes_of(**texts: str) -> list[Route]:
    files = {name.replace("__", "/") + ".php": text for name, text in texts.items()}
    return Routes(Site(files, lambda path: files[path]), files).rows()


VIEWS = "resources/views/"
LARAVEL = {
    "routes/web.php": "<?php Route::get('/', [HomeController::class, 'index']);\nRoute::view('/book', 'pages.book');\n"
    "Route::get('/imprint', function () { return view('imprint'); });",
    "app/Http/Controllers/HomeController.php": "<?php class HomeController { function index() { return view('home'); }\n"
    "function old() { return view('old'); } }",
    f"{VIEWS}layouts/app.blade.php": HTML.format("\n@include('partials.head')\n@stack('scripts')"),
    f"{VIEWS}layouts/bare.blade.php": HTML.format(""),
    f"{VIEWS}partials/head.blade.php": "{{-- @include('partials.dead') --}}\n<script src=\"{{ asset('js/pixel.js') }}\"></script>",
    f"{VIEWS}partials/dead.blade.php": "",
    f"{VIEWS}home.blade.php": "@extends('layouts.app')\n@section('title', 'Welcome')\n"
    "@push('scripts')<script src='/js/home.js'></script>@endpush",
    f"{VIEWS}pages/book.blade.php": "<x-app-layout>\n<x-booking.form type='a'/></x-app-layout>",
    f"{VIEWS}imprint.blade.php": "@extends('layouts.bare')",
    f"{VIEWS}old.blade.php": "@extends('layouts.app')",
    f"{VIEWS}emails/hello.blade.php": "@extends('layouts.app')",
    f"{VIEWS}components/booking/form.blade.php": "@includeWhen($x, 'partials.widget')@each('partials.row', $rows, 'row')",
    f"{VIEWS}partials/widget.blade.php": "",
    f"{VIEWS}partials/row.blade.php": "",
    "app/View/Components/AppLayout.php": "<?php class AppLayout { function render() { return view('layouts.app'); } }",
    "public/js/pixel.js": "",
    "public/js/home.js": "",
}


def test_laravel_routes_show_views() -> None:
    assert {path: page.title for path, page in pages_of(LARAVEL, open_blade).items()} == {"/": "Welcome", "/book": "", "/imprint": ""}


def test_blade_layouts_includes_and_components() -> None:
    assert reach(LARAVEL, "public/js/pixel.js", open_blade) == {
        "/": (f"{VIEWS}home.blade.php:1", f"{VIEWS}layouts/app.blade.php:2", f"{VIEWS}partials/head.blade.php:2", "public/js/pixel.js"),
        "/book": (
            f"{VIEWS}pages/book.blade.php:1",
            "app/View/Components/AppLayout.php:1",
            f"{VIEWS}layouts/app.blade.php:2",
            f"{VIEWS}partials/head.blade.php:2",
            "public/js/pixel.js",
        ),
    }
    assert list(reach(LARAVEL, "public/js/home.js", open_blade)) == ["/"]
    assert list(reach(LARAVEL, f"{VIEWS}partials/widget.blade.php", open_blade)) == ["/book"]
    assert list(reach(LARAVEL, f"{VIEWS}partials/row.blade.php", open_blade)) == ["/book"]
    assert reach(LARAVEL, f"{VIEWS}partials/dead.blade.php", open_blade) == {}
    stack = stacks_of(LARAVEL, open_blade)[1][0]
    assert stack.complete()
    assert stack.covers(f"{VIEWS}partials/dead.blade.php")


def test_views_without_routes_are_pages_where_nothing_pulls_them_in() -> None:
    files = {
        "views/base.blade.php": HTML.format(""),
        "views/page.blade.php": "@extends('base')",
        "views/_part.blade.php": "<p></p>",
        "views/fragment.blade.php": "<p></p>",
    }
    assert list(pages_of(files, open_blade)) == ["views/page.blade.php"]


def test_routes_of_many_kinds() -> None:
    code = """<?php
    Route::prefix('admin')->middleware('auth')->group(function () { Route::get('/x', Dash::class); });
    Route::group(['prefix' => 'blog'], function() { Route::resource('posts', \\App\\PostController::class); });
    Route::controller(OrderController::class)->group(function () { Route::get('/orders/{id}', 'show'); });
    Route::get('contact', 'ContactController@show');
    Route::redirect('/a', '/b');
    // Route::view('/dead', 'dead');
    $app->get('/slim', function ($request, $response) { return $this->view->render($response, 'slim.twig'); });
    """
    classes = """<?php
    class Dash { function render() { return view('dash'); } }
    class PostController { function index() { return View::make('posts.index'); } function edit() { return view('posts.' . $x); } }
    class OrderController { function show() { return view("orders.show"); } function unrouted() { return view('none'); } }
    """
    contact = "<?php class ContactController { public function show() { return response()->app(200, 'contact.form'); } }"
    found = {(row.address, row.template) for row in routes_of(routes__web=code, app__Controllers=classes, app__ContactController=contact)}
    assert found == {
        ("/admin/x", "dash"),
        ("/blog/posts", "posts.index"),
        ("/orders/{id}", "orders.show"),
        ("/contact", "contact.form"),
        ("/slim", "slim.twig"),
    }


SYMFONY = {
    "src/Controller/SiteController.php": "<?php\n#[Route('/en')]\nclass SiteController {\n"
    "  #[Route('/contact', name: 'contact')]\n  public function contact() { return $this->render('site/contact.html.twig'); }\n"
    "  /** @Route(\"/old\") */\n  public function old() { return $this->render('@App/site/old.html.twig', ['a' => 1]); }\n"
    "  public function mail() { return $this->renderView('emails/x.html.twig'); }\n}",
    "config/routes.yaml": "imprint:\n  path: /imprint\n  controller: Symfony\\TemplateController\n"
    "  defaults:\n    template: 'imprint.html.twig'\n",
    "templates/base.html.twig": HTML.format(
        "\n{% block head %}{{ include('partials/head.html.twig') }}{% endblock %}\n{# {% include 'dead.html.twig' %} #}"
    ),
    "templates/bare.html.twig": HTML.format(""),
    "templates/partials/head.html.twig": "<script src=\"{{ asset('js/pixel.js') }}\"></script>",
    "templates/dead.html.twig": "",
    "templates/head.html.twig": "",
    "templates/site/contact.html.twig": "{% extends 'base.html.twig' %}\n{% block title %}Contact us{% endblock %}<twig:Booking:Form />",
    "templates/site/old.html.twig": "{% extends wide ? 'base.html.twig' : 'bare.html.twig' %}",
    "templates/imprint.html.twig": "{% extends 'bare.html.twig' %}",
    "templates/emails/x.html.twig": HTML.format(""),
    "templates/components/Booking/Form.html.twig": "",
    "public/js/pixel.js": "",
}


def test_symfony_routes_and_templates() -> None:
    pages = pages_of(SYMFONY, open_twig)
    assert {path: page.title for path, page in pages.items()} == {"/en/contact": "Contact us", "/en/old": "", "/imprint": ""}
    assert reach(SYMFONY, "public/js/pixel.js", open_twig) == {
        "/en/contact": (
            "templates/site/contact.html.twig:1",
            "templates/base.html.twig:2",
            "templates/partials/head.html.twig:1",
            "public/js/pixel.js",
        ),
        "/en/old": (
            "templates/site/old.html.twig:1",
            "templates/base.html.twig:2",
            "templates/partials/head.html.twig:1",
            "public/js/pixel.js",
        ),
    }
    assert list(reach(SYMFONY, "templates/components/Booking/Form.html.twig", open_twig)) == ["/en/contact"]
    for dead in ("templates/dead.html.twig", "templates/head.html.twig"):
        assert reach(SYMFONY, dead, open_twig) == {}


def test_craft_templates_are_pages_by_where_they_lie() -> None:
    files = {
        "templates/_layouts/base.twig": HTML.format("{% include '_partials/head' %}"),
        "templates/_layouts/unused.twig": HTML.format(""),
        "templates/_partials/head.twig": "",
        "templates/index.twig": "{% extends '_layouts/base' %}",
        "templates/contact/index.twig": '{%- extends "_layouts/base" -%}',
        "templates/news/_entry.twig": "{% extends '_layouts/base' %}{% include 'news/parts/' ~ kind ~ '.twig' %}",
        "templates/news/parts/a.twig": "",
    }
    pages = pages_of(files, open_twig)
    assert sorted(pages) == ["templates/contact/index.twig", "templates/index.twig", "templates/news/_entry.twig"]
    assert pages["templates/news/_entry.twig"].stands_for == "every entry of news"
    assert len(reach(files, "templates/_partials/head.twig", open_twig)) == 3


def test_prestashop_themes_and_hooks_of_modules() -> None:
    base = "themes/x/templates/"
    files = {
        f"{base}layouts/layout-full.tpl": "<html>{include file='_partials/head.tpl'}<body>{hook h='displayFooter'}</body></html>",
        f"{base}_partials/head.tpl": "{* {include file='_partials/dead.tpl'} *}\n{$HOOK_HEADER nofilter}",
        f"{base}_partials/dead.tpl": "{$a}",
        f"{base}page.tpl": "{extends file=$layout}",
        f"{base}contact.tpl": "{extends file='page.tpl'}",
        f"{base}checkout/order-confirmation.tpl": "{extends file='page.tpl'}",
        "modules/pixel/pixel.php": "<?php class Pixel extends Module {\nfunction hookDisplayHeader() {\n"
        " $this->context->controller->addJS($this->_path . 'views/js/a.js');\n return $this->display(__FILE__, 'header.tpl'); } }",
        "modules/pixel/views/templates/hook/header.tpl": "<script>{$id}</script>",
        "modules/pixel/views/js/a.js": "",
        "modules/other/other.php": "<?php class Other extends Module { function hookDisplayBackOfficeHeader() {} }",
    }
    pages = pages_of(files, open_smarty)
    assert {path: page.stands_for for path, page in pages.items()} == {
        f"{base}contact.tpl": "the contact page",
        f"{base}checkout/order-confirmation.tpl": "the page after an order",
    }
    assert reach(files, "modules/pixel/views/templates/hook/header.tpl", open_smarty)[f"{base}contact.tpl"] == (
        f"{base}contact.tpl:1",
        f"{base}page.tpl:1 (the layout is a setting)",
        f"{base}layouts/layout-full.tpl:1",
        f"{base}_partials/head.tpl:2 (hook displayHeader)",
        "modules/pixel/pixel.php:4",
        "modules/pixel/views/templates/hook/header.tpl",
    )
    assert len(reach(files, "modules/pixel/views/js/a.js", open_smarty)) == 2
    assert reach(files, "modules/other/other.php", open_smarty) == {}
    assert reach(files, f"{base}_partials/dead.tpl", open_smarty) == {}


def test_smarty_headers_around_every_template_and_latte_layouts() -> None:
    files = {
        "templates/six/header.tpl": '<!doctype html><html><head>{include file="$template/includes/head.tpl"}</head><body>',
        "templates/six/footer.tpl": "{$x}</body></html>",
        "templates/six/includes/head.tpl": "<script>{$a}</script>",
        "templates/six/login.tpl": "<form>{$token}</form>",
        "app/UI/@layout.latte": HTML.format("{include '../parts/head.latte'}") + "{include content}",
        "app/parts/head.latte": "",
        "app/UI/Home/default.latte": "{block content}x{/block}",
    }
    assert sorted(pages_of(files, open_smarty)) == ["app/UI/Home/default.latte", "templates/six/login.tpl"]
    assert reach(files, "templates/six/includes/head.tpl", open_smarty)["templates/six/login.tpl"] == (
        "templates/six/login.tpl:1 (around every page)",
        "templates/six/header.tpl:1",
        "templates/six/includes/head.tpl",
    )
    assert list(reach(files, "app/parts/head.latte", open_smarty)) == ["app/UI/Home/default.latte"]


def test_drupal_themes_modules_and_libraries() -> None:
    theme, module = "web/themes/custom/clinic", "web/modules/custom/track"
    files = {
        f"{theme}/clinic.info.yml": "name: Clinic\ntype: theme\nbase theme: stable9\nlibraries:\n  - clinic/global\n",
        f"{theme}/clinic.libraries.yml": "global:\n  js:\n    js/all.js: {}\n  dependencies:\n    - core/jquery\n"
        "booking:\n  js:\n    js/booking.js: {}\n",
        f"{theme}/clinic.theme": "<?php function clinic_preprocess_html(&$v) { $v['#attached']['library'][] = 'track/pixel'; }",
        f"{theme}/templates/html.html.twig": "<html>{% include '@clinic/includes/gtm.html.twig' %}</html>",
        f"{theme}/templates/page.html.twig": "{{ page.content }}",
        f"{theme}/templates/page--front.html.twig": "{{ page.content }}",
        f"{theme}/templates/node--doctor.html.twig": "{{ attach_library('clinic/booking') }}",
        f"{theme}/templates/node--doctor--teaser.html.twig": "",
        f"{theme}/templates/includes/gtm.html.twig": "",
        f"{theme}/js/all.js": "",
        f"{theme}/js/booking.js": "",
        f"{theme}/js/unused.js": "",
        f"{module}/track.info.yml": "name: Track\ntype: module\n",
        f"{module}/track.libraries.yml": "pixel:\n  js:\n    js/pixel.js: {}\n",
        f"{module}/track.module": "<?php\nfunction track_page_attachments(array &$page) { }",
        f"{module}/js/pixel.js": "",
        "web/modules/custom/tool/tool.info.yml": "type: module\n",
        "web/modules/custom/tool/tool.module": "<?php function tool_form_alter() {}",
    }
    both: tuple[Opening, ...] = (open_drupal, open_twig)
    assert {path.rpartition("/")[2]: page.stands_for for path, page in pages_of(files, *both).items()} == {
        "page.html.twig": "every page",
        "page--front.html.twig": "the front page",
        "node--doctor.html.twig": "every doctor",
    }
    assert len(reach(files, f"{theme}/js/all.js", *both)) == 3
    assert len(reach(files, f"{module}/js/pixel.js", *both)) == 3
    assert len(reach(files, f"{theme}/templates/includes/gtm.html.twig", *both)) == 3
    assert list(reach(files, f"{theme}/js/booking.js", *both)) == [f"{theme}/templates/node--doctor.html.twig"]
    assert reach(files, f"{module}/track.module", *both)[f"{theme}/templates/page.html.twig"] == (
        f"{theme}/templates/page.html.twig:1 (hook page_attachments)",
        f"{module}/track.module",
    )
    assert reach(files, "web/modules/custom/tool/tool.module", *both) == {}
    assert reach(files, f"{theme}/js/unused.js", *both) == {}


def test_older_drupal_themes() -> None:
    files = {
        "t/clinic.info": "name = Clinic\ncore = 7.x\nscripts[] = js/a.js\n;scripts[] = js/b.js\nregions[content] = Content\n",
        "t/html.tpl.php": "<html></html>",
        "t/page.tpl.php": "<?php print render($page['content']); ?>",
        "t/template.php": "<?php function clinic_preprocess_html() { drupal_add_js(drupal_get_path('theme', 'clinic') . '/js/c.js'); }",
        "t/js/a.js": "",
        "t/js/b.js": "",
        "t/js/c.js": "",
    }
    assert list(pages_of(files, open_drupal)) == ["t/page.tpl.php"]
    for script, count in (("t/html.tpl.php", 1), ("t/js/a.js", 1), ("t/js/b.js", 0), ("t/js/c.js", 1)):
        assert len(reach(files, script, open_drupal)) == count


def test_joomla_templates() -> None:
    files = {
        "templates/clinic/templateDetails.xml": '<extension type="template" client="site"><name>clinic</name>',
        "templates/clinic/index.php": "<?php defined('_JEXEC') or die; include 'inc/head.php'; ?><html><head>"
        '<script src="<?php echo $this->baseurl ?>/templates/<?php echo $this->template ?>/js/a.js"></script></head></html>',
        "templates/clinic/inc/head.php": "<?php $this->addScript($this->baseurl . '/templates/' . $this->template . '/js/b.js'); ?>",
        "templates/clinic/error.php": "<html></html>",
        "templates/clinic/html/com_content/article/default.php": "<p></p>",
        "templates/clinic/html/com_content/article/default_links.php": "",
        "templates/clinic/html/mod_custom/pixel.php": "",
        "templates/clinic/js/a.js": "",
        "templates/clinic/js/b.js": "",
        "plugins/system/track/track.php": "<?php class PlgSystemTrack { function onAfterRender() {} }",
        "plugins/system/cache/cache.php": "<?php class X { function onAfterRender() {} }",
        "administrator/templates/atum/templateDetails.xml": '<extension type="template" client="administrator">',
        "administrator/templates/atum/index.php": "<html></html>",
    }
    assert {path: page.stands_for for path, page in pages_of(files, open_joomla).items()} == {
        "templates/clinic/index.php": "every page",
        "templates/clinic/error.php": "errors",
        "templates/clinic/html/com_content/article/default.php": "every article of content",
    }
    two = ["templates/clinic/index.php", "templates/clinic/html/com_content/article/default.php"]
    for script in ("templates/clinic/js/a.js", "templates/clinic/js/b.js", "plugins/system/track/track.php"):
        assert list(reach(files, script, open_joomla)) == two
    assert reach(files, "plugins/system/cache/cache.php", open_joomla) == {}


def test_magento_layouts() -> None:
    theme = "app/design/frontend/Clinic/shop"
    files = {
        f"{theme}/Magento_Theme/layout/default_head_blocks.xml": '<page><script src="js/all.js"/><!--<script src="js/dead.js"/>--></page>',
        f"{theme}/Magento_Theme/layout/default.xml": '<page>\n<block name="p" template="Clinic_Pixel::pixel.phtml"/></page>',
        f"{theme}/Magento_Checkout/layout/checkout_onepage_success.xml": '<page><block template="Magento_Checkout::thanks.phtml"/></page>',
        f"{theme}/Magento_Checkout/templates/thanks.phtml": "",
        f"{theme}/web/js/all.js": "",
        f"{theme}/web/js/dead.js": "",
        "app/code/Clinic/Pixel/view/frontend/templates/pixel.phtml": "",
        "app/code/Clinic/Pixel/view/adminhtml/layout/default.xml": '<page><script src="js/dead.js"/></page>',
    }
    pages = pages_of(files, open_magento)
    success = f"{theme}/Magento_Checkout/layout/checkout_onepage_success.xml"
    assert {page.stands_for for page in pages.values()} == {"every page", "the page after an order"}
    assert reach(files, "app/code/Clinic/Pixel/view/frontend/templates/pixel.phtml", open_magento)[success] == (
        f"{success}:1 (every page)",
        f"{theme}/Magento_Theme/layout/default.xml:2",
        "app/code/Clinic/Pixel/view/frontend/templates/pixel.phtml",
    )
    assert len(reach(files, f"{theme}/web/js/all.js", open_magento)) == 2
    assert list(reach(files, f"{theme}/Magento_Checkout/templates/thanks.phtml", open_magento)) == [success]
    assert reach(files, f"{theme}/web/js/dead.js", open_magento) == {}


def test_typo3_typoscript_and_fluid() -> None:
    ext = "packages/clinic"
    private = f"{ext}/Resources/Private"
    files = {
        f"{ext}/ext_emconf.php": "",
        f"{ext}/Configuration/TypoScript/setup.typoscript": "@import 'EXT:clinic/Configuration/TypoScript/Setup/page.typoscript'\n"
        "# @import './dead.typoscript'",
        f"{ext}/Configuration/TypoScript/Setup/page.typoscript": "page = PAGE\n"
        "page.includeJSFooter.a = EXT:clinic/Resources/Public/JavaScript/a.js\n",
        f"{ext}/Configuration/TypoScript/dead.typoscript": "lib.x = TEXT\n",
        f"{private}/Templates/Page/Default.html": '<f:layout name="Page" />\n<f:render partial="Header/Nav" arguments="{a: b}" />',
        f"{private}/Templates/Page/Booking.html": '<f:layout name="Page" />'
        '<f:asset.script src="EXT:clinic/Resources/Public/JavaScript/b.js" />',
        f"{private}/Layouts/Page.html": '<f:comment><f:render partial="Dead" /></f:comment><f:render section="Main" />',
        f"{private}/Partials/Header/Nav.html": "",
        f"{private}/Partials/Dead.html": "",
        f"{ext}/Resources/Public/JavaScript/a.js": "",
        f"{ext}/Resources/Public/JavaScript/b.js": "",
    }
    assert {page.stands_for for page in pages_of(files, open_typo3).values()} == {
        'every page with the template "Default"',
        'every page with the template "Booking"',
    }
    default = f"{private}/Templates/Page/Default.html"
    assert reach(files, f"{ext}/Resources/Public/JavaScript/a.js", open_typo3)[default] == (
        f"{default}:1 (TypoScript of every page)",
        f"{ext}/Configuration/TypoScript/setup.typoscript:1",
        f"{ext}/Configuration/TypoScript/Setup/page.typoscript:2",
        f"{ext}/Resources/Public/JavaScript/a.js",
    )
    assert len(reach(files, f"{private}/Layouts/Page.html", open_typo3)) == 2
    assert list(reach(files, f"{private}/Partials/Header/Nav.html", open_typo3)) == [default]
    assert list(reach(files, f"{ext}/Resources/Public/JavaScript/b.js", open_typo3)) == [f"{private}/Templates/Page/Booking.html"]
    assert reach(files, f"{private}/Partials/Dead.html", open_typo3) == {}


def test_sites_of_other_kinds_have_none_of_these_stacks() -> None:
    files = {"index.html": "<html></html>", "a.php": "<?php echo 1;", "layout/x.xml": "<a/>", "t.xml": ""}
    assert not stacks_of(files, open_blade, open_twig, open_smarty, open_drupal, open_joomla, open_magento, open_typo3)[1]


HOSTILE = ("{% include ", "{include ", "@include(", "{{--", "<x-a ", "Route::get('/a', ", "<script ", "'", "\n", "include ", "{{")


@pytest.mark.parametrize("mark", HOSTILE)
def test_templates_of_broken_tags_pull_in_nothing(mark: str) -> None:
    text = mark * (8_000 // len(mark))
    files = {f"views/a{ending}": text for ending in (".blade.php", ".twig", ".tpl", ".latte", ".phtml")} | {
        "routes/web.php": f"<?php {text}",
        "x.typoscript": text,
        "x.info.yml": f"type: theme\n{text}",
        "view/frontend/layout/default.xml": text,
        "t/templateDetails.xml": '<extension type="template">',
        "t/index.php": f"<?php {text}",
    }
    site, stacks = stacks_of(files, open_blade, open_twig, open_smarty, open_drupal, open_joomla, open_magento, open_typo3)
    views = [path for path in files if path.startswith("views/")]
    assert [page.path for stack in stacks for page in stack.pages() if page.path in views] == []
    assert [link for stack in stacks for path in views for link in stack.links(path, site.text(path))] == []
    own = "view/frontend/layout/default.xml"
    assert [link.target for stack in stacks for path in files.keys() - views for link in stack.links(path, site.text(path))] == [own]
