"""Odd and hostile files: no stack raises, and none takes a template for a page that a server never shows as it is."""

import pytest
from reach_generators_support import Made

from linter.reach.site import Site

MARKED = {
    "_config.yml": "title: x\n",
    "_layouts/a.html": "",
    "_includes/a.html": "",
    "a.md": "---\nlayout: a\n---\n",
    "shop/layout/theme.liquid": "",
    "shop/templates/index.json": "",
    "shop/config/settings_data.json": "",
    "hugo/hugo.toml": "",
    "hugo/layouts/_default/single.html": '{{ define "main" }}',
    "hugo/content/a.md": "+++\n+++\n",
    "11ty/.eleventy.js": "",
    "11ty/_includes/a.njk": "",
    "11ty/a.njk": "---\nlayout: a\n---\n",
    "dj/manage.py": "import django\n",
    "dj/urls.py": "urlpatterns = []\n",
    "dj/views.py": "def a(request):\n    return render(request, 'a.html')\n",
    "dj/templates/a.html": "<html>",
    "ghost/default.hbs": "",
    "ghost/post.hbs": "{{!< default}}",
    "node/package.json": "",
    "node/app.js": "express; res.render('a')\n",
    "node/views/a.pug": "",
    "rails/Gemfile": "",
    "rails/config/routes.rb": "",
    "rails/app/views/a/b.html.erb": "",
    "rails/app/controllers/a_controller.rb": "",
    "net/Views/A/B.cshtml": "",
    "net/a.aspx": "",
    "hexo/_config.yml": "theme: a\n",
    "hexo/package.json": '"hexo"',
    "hexo/source/_posts/a.md": "---\n---\n",
    "hexo/themes/a/layout/post.ejs": "",
    "mk/mkdocs.yml": "",
    "mk/docs/a.md": "",
    "mm/config.rb": "",
    "mm/Gemfile": "middleman",
    "mm/source/a.html.erb": "",
}
PIECES = (
    "{{", "{%", "<%", "<%#", "@*", "{{!--", "{{/*", "<!--", "{% raw %}", "---\n", "a:\n  ", "- - ", "[{(", "\\", "\n", "\0", "é",
    '"', "'", "{% if site.x %}{% else %}", "{{ if site.Params.x }}{{ end }}", "namespace :a do\n", "resources :a do\n", "end\n",
    "def a():\n", "  def a\n", "path('', include('urls')),", "app.use('/', require('./app'))\n", "{% include 'a.html' %}",
    "<%= render 'a' %>",
    "{{> a}}", "include a\n",
)  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
def test_no_stack_raises(piece: str) -> None:
    for before in (True, False):
        files = {path: (text + piece * 300 if before else piece * 300 + text) for path, text in MARKED.items()}
        made = Made(files)
        for stack in made.stacks:
            for path, text in files.items():
                list(stack.links(path, text))
                stack.covers(path)
            stack.complete()


def test_layouts_and_routes_that_name_themselves() -> None:
    made = Made(
        {
            "_config.yml": "",
            "_layouts/a.html": "---\nlayout: b\n---\n{% include x.html %}",
            "_layouts/b.html": "---\nlayout: a\n---\n",
            "_includes/x.html": "{% include x.html %}",
            "index.md": "---\nlayout: a\n---\n",
        }
    )
    assert list(made.chains("_includes/x.html")) == ["index.md"]


def test_templates_are_no_pages_of_their_own() -> None:
    files = {
        "app.py": "@app.route('/')\ndef a():\n    return render_template('a.html')\n",
        "templates/a.html": "<html>",
        "templates/email/b.html": "<html>",
    }
    stack = Made(files).stacks[0]
    assert stack.shells() == {"templates/a.html", "templates/email/b.html"}  # type: ignore[attr-defined]


def test_no_site_no_stack() -> None:
    assert Made({"index.html": "<html>", "js/a.js": "x", "README.md": "# x", "tool.py": "print(1)"}).stacks == []
    assert Site((), str).files == frozenset()
