"""Jekyll, Shopify, Hugo, Eleventy, Ghost and their like: which files get onto which page, with the whole chain."""

from reach_generators_support import Made

PIXEL = "<script>fbq('init', '1')</script>"


# Jekyll


def jekyll(**more: str) -> dict[str, str]:
    files = {
        "_config.yml": "title: Smile\nplugins:\n  - jekyll-feed\n",
        "Gemfile": "gem 'jekyll'\n",
        "_layouts/default.html": "<html>\n<head>\n{% include head.html %}\n</head>{{ content }}</html>",
        "_layouts/page.html": "---\nlayout: default\n---\n{{ content }}",
        "_includes/head.html": "<title>x</title>\n{% include pixel.html id='1' %}\n",
        "_includes/pixel.html": PIXEL,
        "index.md": "---\nlayout: page\ntitle: Welcome\n---\n# Hi",
    }
    return {**files, **more}


def test_jekyll_layout_chain() -> None:
    made = Made(jekyll(**{"book.html": "---\ntitle: Book a visit\nlayout: default\n---\n<form>"}))
    assert made.pages["index.md"].title == "Welcome"
    assert made.chains("_includes/pixel.html") == {
        "index.md": "index.md:2 > _layouts/page.html:2 > _layouts/default.html:3 > _includes/head.html:2 > _includes/pixel.html",
        "book.html": "book.html:3 > _layouts/default.html:3 > _includes/head.html:2 > _includes/pixel.html",
    }


def test_jekyll_pages_are_what_is_put_out() -> None:
    made = Made(
        jekyll(
            **{
                "_posts/2024-01-02-teeth.md": "---\nlayout: page\n---\n# On teeth\n",
                "blog/_posts/2024-01-03-gums.md": "---\nlayout: page\n---\n",
                "_drafts/next.md": "---\nlayout: page\n---\n",
                "_team/ann.md": "---\nlayout: page\n---\n",
                "_jobs/nurse.md": "---\nlayout: page\n---\n",
                "hidden.md": "---\nlayout: page\npublished: false\n---\n",
                "README.md": "# Read me",
                "notes/plan.md": "---\nlayout: page\n---\n",
                "_config.yml": "collections:\n  team:\n    output: true\n  jobs:\n    output: false\nexclude: [notes]\n",
            }
        )
    )
    assert sorted(made.pages) == ["_posts/2024-01-02-teeth.md", "_team/ann.md", "blog/_posts/2024-01-03-gums.md", "index.md"]
    assert made.pages["_posts/2024-01-02-teeth.md"].title == "On teeth"


def test_jekyll_layout_by_defaults() -> None:
    config = (
        'defaults:\n  - scope:\n      path: ""\n      type: "pages"\n    values:\n      layout: "page"\n'
        '  -\n    scope:\n      path: "plain"\n    values:\n      layout: none\n'
    )
    made = Made(jekyll(**{"_config.yml": config, "about.md": "---\ntitle: About\n---\n", "plain/a.md": "---\ntitle: a\n---\n"}))
    assert list(made.chains("_includes/pixel.html")) == ["about.md", "index.md"]
    assert made.chains("_layouts/page.html")["about.md"] == "about.md:1 (defaults of _config.yml) > _layouts/page.html"


def test_jekyll_on_github_pages_gives_markdown_a_layout() -> None:
    files = jekyll(**{"faq.md": "# Questions", "LICENSE.md": "MIT"})
    del files["Gemfile"]
    made = Made(files)
    assert "_layouts/page.html" in made.chains("_includes/pixel.html")["faq.md"]
    assert "LICENSE.md" not in made.pages


def test_jekyll_near_misses() -> None:
    for written in (
        "<!-- {% include pixel.html %} -->",
        "{% comment %}{% include pixel.html %}{% endcomment %}",
        "{% raw %}{% include pixel.html %}{% endraw %}",
        "{% include pixel2.html %}",
        "{% if site.pixel_id %}{% include pixel.html %}{% endif %}",
        "{% unless site.quiet %}{% else %}{% include pixel.html %}{% endunless %}",
    ):
        assert not Made(jekyll(**{"_includes/head.html": written})).chains("_includes/pixel.html"), written
    for written in (
        "{%- include_cached pixel.html -%}",
        "{% if page.pixel %}{% include pixel.html %}{% endif %}",
        "{% if site.title %}{% include pixel.html %}{% endif %}",
        "{% if site.pixel_id %}{% else %}{% include pixel.html %}{% endif %}",
        "{% if jekyll.environment == 'production' %}{% include pixel.html %}{% endif %}",
    ):
        assert Made(jekyll(**{"_includes/head.html": written})).chains("_includes/pixel.html"), written


def test_jekyll_dead_include_is_covered() -> None:
    made = Made(jekyll(**{"_includes/old.html": PIXEL}))
    assert made.chains("_includes/old.html") == {}
    assert made.stacks[0].complete()
    assert made.stacks[0].covers("_includes/old.html")


def test_jekyll_theme_calls_what_stands_in_for_its_parts() -> None:
    files = {
        "_config.yml": "remote_theme: a/minimal\n",
        "_includes/head/custom.html": PIXEL,
        "_includes/gallery.html": PIXEL,
        "index.md": "---\nlayout: single\n---\n",
    }
    made = Made(files)
    assert made.chains("_includes/head/custom.html") == {"index.md": "index.md:2 (theme a/minimal) > _includes/head/custom.html"}
    assert made.chains("_includes/gallery.html") == {}
    assert not made.stacks[0].complete()


def test_jekyll_in_a_subfolder_with_scripts() -> None:
    files = {f"site/{path}": text for path, text in jekyll().items()}
    files["site/_includes/head.html"] = "<script src=\"{{ '/assets/js/main.js' | relative_url }}?v=2\"></script>"
    files["site/assets/js/main.js"] = "import './pixel.js'"
    files["site/assets/js/pixel.js"] = "fbq()"
    chain = (
        "site/index.md:2 > site/_layouts/page.html:2 > site/_layouts/default.html:3 > site/_includes/head.html:1 > site/assets/js/main.js:1"
    )
    assert Made(files).chains("site/assets/js/pixel.js") == {"site/index.md": f"{chain} > site/assets/js/pixel.js"}


def test_parked_scripts_stay_parked() -> None:
    files = jekyll(**{"_includes/head.html": '<script type="text/plain" src="{{ site.baseurl }}/js/p.js"></script>', "js/p.js": ""})
    assert Made(files).state("index.md", "js/p.js") == "consent-gated"


# Shopify


def shopify(**more: str) -> dict[str, str]:
    files = {
        "layout/theme.liquid": "<html>\n{% liquid\n  render 'pixel'\n  section 'header'\n%}\n{% sections 'footer-group' %}",
        "layout/password.liquid": "<html>",
        "snippets/pixel.liquid": PIXEL,
        "sections/header.liquid": "{{ 'menu.js' | asset_url | script_tag }}",
        "sections/footer-group.json": '/* made by the editor */\n{"sections": {"a": {"type": "footer"}}}',
        "sections/footer.liquid": "x",
        "sections/book.liquid": "y",
        "assets/menu.js": "z",
        "templates/index.json": '{"sections": {\n"b": {"type": "book", "settings": {"layout": "none"}}}}',
        "templates/page.contact.json": '{"sections": {"b": {"type": "book", "disabled": true}}}',
        "templates/password.liquid": "x",
        "templates/gift_card.liquid": "{% layout none %}x",
    }
    return {**files, **more}


def test_shopify_every_page_has_the_theme_layout() -> None:
    made = Made(shopify())
    assert made.chains("snippets/pixel.liquid") == {
        "templates/index.json": "templates/index.json:1 (every page) > layout/theme.liquid:3 > snippets/pixel.liquid",
        "templates/page.contact.json": "templates/page.contact.json:1 (every page) > layout/theme.liquid:3 > snippets/pixel.liquid",
    }
    assert made.chains("sections/footer.liquid")["templates/index.json"].endswith(
        "layout/theme.liquid:6 > sections/footer-group.json:2 > sections/footer.liquid"
    )
    assert "templates/index.json" in made.chains("assets/menu.js")
    assert made.pages["templates/page.contact.json"].stands_for == "every page written in the admin with the template contact"


def test_shopify_sections_of_templates() -> None:
    assert Made(shopify()).chains("sections/book.liquid") == {"templates/index.json": "templates/index.json:2 > sections/book.liquid"}


def test_shopify_app_embeds_are_on_every_page_while_they_are_on() -> None:
    settings = '{"current": {"blocks": {"1": {"type": "shopify://apps/px/blocks/e/1", "disabled": DISABLED}}}}'
    on = Made(shopify(**{"config/settings_data.json": settings.replace("DISABLED", "false")}))
    assert "templates/index.json" in on.chains("config/settings_data.json")
    off = Made(shopify(**{"config/settings_data.json": settings.replace("DISABLED", "true")}))
    assert off.chains("config/settings_data.json") == {}


def test_shopify_alternative_layouts() -> None:
    made = Made(
        shopify(
            **{
                "templates/page.ad.liquid": "{% layout 'bare' %}",
                "layout/bare.liquid": "<html>",
                "templates/cart.json": '{"layout": false}',
            }
        )
    )
    assert set(made.chains("snippets/pixel.liquid")) == {"templates/index.json", "templates/page.contact.json"}
    assert set(made.chains("layout/bare.liquid")) == {"templates/page.ad.liquid"}


# Hugo


def hugo(**more: str) -> dict[str, str]:
    files = {
        "hugo.toml": 'title = "x"\n[params]\npixel = "1"\n',
        "layouts/_default/baseof.html": '<html>\n{{ partial "head.html" . }}\n{{ block "main" . }}{{ end }}',
        "layouts/_default/single.html": '{{ define "main" }}{{ .Content }}{{ end }}',
        "layouts/_default/list.html": '{{ define "main" }}{{ end }}',
        "layouts/partials/head.html": '{{- partialCached "pixel" . -}}',
        "layouts/partials/pixel.html": PIXEL,
        "layouts/shortcodes/ad.html": PIXEL,
        "content/contact.md": "+++\ntitle = 'Contact'\n+++\nCome.",
    }
    return {**files, **more}


def test_hugo_base_and_partials() -> None:
    made = Made(hugo())
    way = "layouts/_default/baseof.html:2 > layouts/partials/head.html:1 > layouts/partials/pixel.html"
    assert made.chains("layouts/partials/pixel.html") == {
        "content/contact.md": f"content/contact.md:1 > layouts/_default/single.html:1 (base of layouts) > {way}",
        "/": f"layouts/_default/list.html:1 (base of layouts) > {way}",
    }
    assert made.pages["content/contact.md"].title == "Contact"
    assert made.pages["/"].stands_for == "the home page"


def test_hugo_lookup_order() -> None:
    made = Made(
        hugo(
            **{
                "layouts/services/single.html": "<html>",
                "layouts/landing/single.html": "<html>",
                "layouts/_default/wide.html": "<html>",
                "content/_index.md": "---\ntitle: Home\n---\n",
                "content/services/implants.md": "---\ntitle: Implants\n---\n",
                "content/services/promo.md": "---\ntype: landing\n---\n",
                "content/team.md": "---\nlayout: wide\n---\n",
                "content/blog/one/index.md": "---\ntitle: One\n---\n",
                "content/blog/one/aside.md": "---\ntitle: No page\n---\n",
                "content/draft.md": "---\ndraft: true\n---\n",
            }
        )
    )
    assert list(made.chains("layouts/services/single.html")) == ["content/services/implants.md"]
    assert list(made.chains("layouts/landing/single.html")) == ["content/services/promo.md"]
    assert list(made.chains("layouts/_default/wide.html")) == ["content/team.md"]
    assert set(made.chains("layouts/partials/pixel.html")) == {
        "content/_index.md",
        "content/contact.md",
        "content/blog/one/index.md",
        "/blog/",
        "/services/",
    }


def test_hugo_switches_and_near_misses() -> None:
    for written, there in (
        ('{{ with .Site.Params.pixel }}{{ partial "pixel.html" . }}{{ end }}', True),
        ('{{ if site.Params.other }}{{ partial "pixel.html" . }}{{ end }}', False),
        ('{{ if site.Params.other }}a{{ else }}{{ partial "pixel.html" . }}{{ end }}', True),
        ('{{ if hugo.IsProduction }}{{ partial "pixel.html" . }}{{ end }}', True),
        ('{{/* {{ partial "pixel.html" . }} */}}', False),
        ('<!-- {{ partial "pixel.html" . }} -->', False),
        ('{{ partial "pixels.html" . }}', False),
        ('{{ partial (printf "seo/%s.html" .Type) . }}', False),
        ('{{ template "partials/pixel.html" . }}', True),
    ):
        assert bool(Made(hugo(**{"layouts/partials/head.html": written})).chains("layouts/partials/pixel.html")) is there, written


def test_hugo_shortcodes_in_content() -> None:
    made = Made(hugo(**{"content/offer.md": "---\ntitle: Offer\n---\n{{< ad id=1 >}}\n", "content/doc.md": "{{</* ad */>}}"}))
    assert made.chains("layouts/shortcodes/ad.html") == {"content/offer.md": "content/offer.md:4 (shortcode) > layouts/shortcodes/ad.html"}


def test_hugo_themes() -> None:
    theme = {f"themes/bright/{path}": text for path, text in hugo().items() if path.startswith("layouts/")}
    own = {"config.toml": 'theme = "bright"', "content/a.md": "---\ntitle: A\n---\n", "layouts/partials/pixel.html": "own"}
    made = Made({**theme, **own})
    assert "content/a.md" in made.chains("layouts/partials/pixel.html")
    assert made.chains("themes/bright/layouts/partials/pixel.html") == {}
    away = Made({**own, "layouts/partials/extend_head.html": PIXEL})
    assert away.chains("layouts/partials/extend_head.html") == {
        "content/a.md": "content/a.md:1 (theme outside of the repository) > layouts/partials/extend_head.html"
    }
    assert not away.stacks[0].complete()


def test_hugo_scripts_through_pipes() -> None:
    head = '{{ $js := resources.Get "js/main.js" | js.Build | minify }}<script src="{{ $js.RelPermalink }}"></script>'
    made = Made(hugo(**{"layouts/partials/head.html": head, "assets/js/main.js": "import { a } from './px'", "assets/js/px.js": ""}))
    assert "content/contact.md" in made.chains("assets/js/px.js")


# Eleventy


def eleventy(**more: str) -> dict[str, str]:
    files = {
        ".eleventy.js": 'c.addPassthroughCopy("src/js")\nmodule.exports = { dir: { input: "src", layouts: "_layouts" } }',
        "src/_layouts/base.njk": '<html>\n{% include "pixel.njk" %}{{ content | safe }}',
        "src/_layouts/post.njk": "---\nlayout: base.njk\n---\n",
        "src/_includes/pixel.njk": PIXEL,
        "src/index.njk": "---\nlayout: base\ntitle: Home\n---\n",
        "src/posts/posts.json": '{"layout": "post.njk"}',
        "src/posts/one.md": "# One",
        "src/feed.njk": "---\npermalink: feed.xml\n---\n",
        "README.md": "# x",
    }
    return {**files, **more}


def test_eleventy_layouts_and_data_files() -> None:
    made = Made(eleventy())
    way = "src/_layouts/base.njk:2 > src/_includes/pixel.njk"
    assert made.chains("src/_includes/pixel.njk") == {
        "src/index.njk": f"src/index.njk:2 > {way}",
        "src/posts/one.md": f"src/posts/one.md:1 (src/posts/posts.json) > src/_layouts/post.njk:2 > {way}",
    }
    assert sorted(made.pages) == ["src/index.njk", "src/posts/one.md"]


def test_eleventy_script_pages_and_dead_includes() -> None:
    page = 'module.exports = class { data() { return { layout: "base.njk", title: "Not found" } } }'
    made = Made(eleventy(**{"src/404.11ty.js": page, "src/_includes/old.njk": PIXEL, "src/plain.md": "---\nlayout: false\n---\n"}))
    assert made.pages["src/404.11ty.js"].title == "Not found"
    assert "src/404.11ty.js" in made.chains("src/_includes/pixel.njk")
    assert "src/plain.md" not in made.chains("src/_includes/pixel.njk")
    assert made.chains("src/_includes/old.njk") == {}
    assert made.stacks[0].covers("src/_includes/old.njk")


def test_eleventy_near_misses() -> None:
    for written in (
        '{# {% include "pixel.njk" %} #}',
        '<!-- {% include "pixel.njk" %} -->',
        '{% include "pixels.njk" %}',
        "{% include name %}",
    ):
        assert not Made(eleventy(**{"src/_layouts/base.njk": written})).chains("src/_includes/pixel.njk"), written


def test_eleventy_copied_scripts() -> None:
    made = Made(eleventy(**{"src/_layouts/base.njk": "<script src=\"{{ '/js/px.js' | url }}\"></script>", "src/js/px.js": ""}))
    assert "src/index.njk" in made.chains("src/js/px.js")


# Ghost, Hexo, and the others


def test_ghost_templates_stand_for_posts() -> None:
    made = Made(
        {
            "package.json": '{"engines": {"ghost": ">=5"}}',
            "default.hbs": '<html>\n{{ghost_head}}\n{{> "pixel"}}\n{{! {{> old}} }}\n{{!-- {{> old}} --}}{{{body}}}',
            "post.hbs": "{{!< default}}\n{{> share}}",
            "custom-landing.hbs": "<html>",
            "partials/pixel.hbs": PIXEL,
            "partials/share.hbs": "x",
            "partials/old.hbs": PIXEL,
            "export.ghost.json": '{"codeinjection_head": "x"}',
        }
    )
    assert made.pages["post.hbs"].stands_for == "every post"
    assert made.chains("partials/pixel.hbs") == {"post.hbs": "post.hbs:1 > default.hbs:3 > partials/pixel.hbs"}
    assert made.chains("partials/old.hbs") == {}
    assert made.chains("export.ghost.json") == {"post.hbs": "post.hbs:1 > default.hbs:2 (ghost_head) > export.ghost.json"}
    assert made.stacks[0].covers("partials/old.hbs")


def test_hexo_layout_around_every_layout() -> None:
    made = Made(
        {
            "_config.yml": "theme: sea\n",
            "package.json": '{"dependencies": {"hexo": "6"}}',
            "source/_posts/a.md": "---\ntitle: A\n---\n",
            "source/book/index.md": "---\nlayout: false\n---\n",
            "themes/sea/layout/layout.ejs": "<html>\n<%- partial('_partial/head') %><%- body %>",
            "themes/sea/layout/post.ejs": "x",
            "themes/sea/layout/_partial/head.ejs": "<%- include('pixel') %>",
            "themes/sea/layout/_partial/pixel.ejs": PIXEL,
        }
    )
    way = "themes/sea/layout/layout.ejs:2 > themes/sea/layout/_partial/head.ejs:1 > themes/sea/layout/_partial/pixel.ejs"
    assert made.chains("themes/sea/layout/_partial/pixel.ejs") == {
        "source/_posts/a.md": f"source/_posts/a.md:1 (theme) > themes/sea/layout/post.ejs:1 (around every layout) > {way}"
    }


def test_mkdocs_overrides_and_extra_scripts() -> None:
    made = Made(
        {
            "mkdocs.yml": "site_name: x\ntheme:\n  name: material\n  custom_dir: overrides\nextra_javascript:\n  - js/px.js\n",
            "docs/index.md": "# Hi",
            "docs/js/px.js": "",
            "overrides/main.html": '{% extends "base.html" %}{% include "partials/own.html" %}',
            "overrides/partials/own.html": PIXEL,
        }
    )
    assert made.chains("docs/js/px.js") == {"docs/index.md": "docs/index.md:1 (every page) > docs/js/px.js"}
    assert "docs/index.md" in made.chains("overrides/partials/own.html")
    assert not made.stacks[0].complete()


def test_zola_sections_and_templates() -> None:
    made = Made(
        {
            "config.toml": 'base_url = "https://x"\n',
            "content/_index.md": "+++\n+++\n",
            "content/blog/_index.md": '+++\npage_template = "post.html"\n+++\n',
            "content/blog/a.md": "+++\ntitle = 'A'\n+++\n",
            "templates/index.html": "<html>",
            "templates/section.html": "<html>",
            "templates/post.html": '{% extends "base.html" %}',
            "templates/base.html": "<html>{% include 'pixel.html' %}",
            "templates/pixel.html": PIXEL,
        }
    )
    assert list(made.chains("templates/pixel.html")) == ["content/blog/a.md"]


def test_pelican_theme() -> None:
    made = Made(
        {
            "pelicanconf.py": "THEME = 'theme'\nPATH = 'content'\n",
            "content/a.md": "Title: A\n\nx",
            "content/pages/about.md": "Title: About\nTemplate: wide\n\nx",
            "theme/templates/base.html": "<html>{% include 'pixel.html' %}",
            "theme/templates/article.html": "{% extends 'base.html' %}",
            "theme/templates/wide.html": "<html>",
            "theme/templates/pixel.html": PIXEL,
        }
    )
    assert list(made.chains("theme/templates/pixel.html")) == ["content/a.md"]
    assert list(made.chains("theme/templates/wide.html")) == ["content/pages/about.md"]


def test_middleman_layouts() -> None:
    made = Made(
        {
            "config.rb": "page '/*.xml', layout: false\npage '/ads/*', layout: 'bare'\n",
            "Gemfile": "gem 'middleman'",
            "source/index.html.erb": "x",
            "source/ads/one.html.erb": "x",
            "source/layouts/layout.erb": "<html>\n<%= partial 'partials/pixel' %><%= yield %>",
            "source/layouts/bare.erb": "<html>",
            "source/partials/_pixel.html.erb": PIXEL,
        }
    )
    assert made.chains("source/partials/_pixel.html.erb") == {
        "source/index.html.erb": "source/index.html.erb:1 > source/layouts/layout.erb:2 > source/partials/_pixel.html.erb"
    }


def test_templates_of_no_known_generator() -> None:
    made = Made(
        {
            "src/base.njk": "<html>\n{% include 'parts/pixel.njk' %}",
            "src/parts/pixel.njk": PIXEL,
            "src/index.njk": "{% extends 'base.njk' %}",
            "src/about.html": "<html>@@include('parts/pixel.njk')",
        }
    )
    assert made.chains("src/parts/pixel.njk") == {
        "src/about.html": "src/about.html:1 > src/parts/pixel.njk",
        "src/index.njk": "src/index.njk:1 > src/base.njk:2 > src/parts/pixel.njk",
    }
    assert not made.stacks[0].complete()


def test_sites_side_by_side() -> None:
    files = {f"old/{path}": text for path, text in jekyll().items()} | {f"shop/{path}": text for path, text in shopify().items()}
    files |= {f"new/{path}": text for path, text in hugo().items()}
    made = Made(files)
    assert "old/index.md" in made.chains("old/_includes/pixel.html")
    assert "shop/templates/index.json" in made.chains("shop/snippets/pixel.liquid")
    assert "new/content/contact.md" in made.chains("new/layouts/partials/pixel.html")
