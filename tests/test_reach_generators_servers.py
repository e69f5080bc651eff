"""Django, Flask, Rails, Node.js servers and ASP.NET: views at their addresses, layouts, partials."""

import pytest
from reach_generators_support import Made

PIXEL = "<script>fbq('init', '1')</script>"


# Python


def django(**more: str) -> dict[str, str]:
    files = {
        "manage.py": "import django",
        "config/urls.py": "urlpatterns = [path('visits/', include('visits.urls')), path('', include('home.urls'))]",
        "home/urls.py": "urlpatterns = [path('', views.index), path('about/', TemplateView.as_view(template_name='home/about.html'))]",
        "home/views.py": "def index(request):\n    return render(request, 'home/index.html')\n",
        "visits/urls.py": "urlpatterns = [path('book/', views.Book.as_view()), re_path(r'^(?P<pk>\\d+)/$', views.show)]",
        "visits/views.py": (
            "class Book(FormView):\n    template_name = 'visits/book.html'\n\n"
            "def show(request, pk):\n    send(render_to_string('visits/email/new.html'))\n    return render(request, 'visits/show.html')\n"
        ),
        "templates/base.html": "<html>\n{% include 'inc/pixel.html' %}\n{% block main %}{% endblock %}",
        "templates/inc/pixel.html": PIXEL,
        "templates/404.html": "{% extends 'base.html' %}",
        "home/templates/home/index.html": "{% extends 'base.html' %}",
        "home/templates/home/about.html": "<html>",
        "visits/templates/visits/book.html": '{% extends "base.html" %}',
        "visits/templates/visits/show.html": "{% extends 'base.html' %}",
        "visits/templates/visits/email/new.html": "<html>",
    }
    return {**files, **more}


def test_django_addresses_and_chains() -> None:
    made = Made(django())
    assert made.chains("templates/inc/pixel.html") == {
        "/": "home/templates/home/index.html:1 > templates/base.html:2 > templates/inc/pixel.html",
        "/visits/book/": "visits/templates/visits/book.html:1 > templates/base.html:2 > templates/inc/pixel.html",
        "/visits/<pk>/": "visits/templates/visits/show.html:1 > templates/base.html:2 > templates/inc/pixel.html",
        "templates/404.html": "templates/404.html:1 > templates/base.html:2 > templates/inc/pixel.html",
    }
    assert sorted(made.pages) == ["/", "/about/", "/visits/<pk>/", "/visits/book/", "templates/404.html"]
    assert made.pages["/visits/<pk>/"].stands_for


def test_django_template_tags_and_static_files() -> None:
    made = Made(
        django(
            **{
                "templates/base.html": "{% load track %}<html>\n<script src=\"{% static 'js/px.js' %}\"></script>{% pixel %}",
                "core/templatetags/track.py": "@register.inclusion_tag('inc/pixel.html')\ndef pixel():\n    return {}\n",
                "core/static/js/px.js": "",
            }
        )
    )
    assert "/" in made.chains("core/static/js/px.js")
    assert made.chains("templates/inc/pixel.html")["/"].endswith("templates/base.html:2 (tag pixel) > templates/inc/pixel.html")


@pytest.mark.parametrize(
    "written",
    [
        "{# {% include 'inc/pixel.html' %} #}",
        "{% comment %}{% include 'inc/pixel.html' %}{% endcomment %}",
        "<!-- {% include 'inc/pixel.html' %} -->",
        "{% include 'inc/pixels.html' %}",
        "{% include chosen %}",
    ],
)
def test_django_near_misses(written: str) -> None:
    made = Made(django(**{"templates/base.html": f"<html>{written}"}))
    assert made.chains("templates/inc/pixel.html") == {}
    assert made.stacks[0].complete() is ("chosen" not in written)
    assert made.stacks[0].covers("templates/inc/pixel.html")


def test_flask_routes_and_blueprints() -> None:
    made = Made(
        {
            "app.py": (
                "from flask import Flask, render_template\napp = Flask(__name__)\napp.register_blueprint(portal, url_prefix='/portal')\n"
                "@app.route('/contact', methods=['GET'])\n@cached\ndef contact():\n    return render_template('contact.html')\n"
            ),
            "portal.py": (
                "portal = Blueprint('portal', __name__)\n@portal.route('/login')\ndef login():\n    return render_template('login.html')\n"
            ),
            "templates/layout.html": "<html>{% include 'pixel.html' %}",
            "templates/pixel.html": PIXEL,
            "templates/contact.html": "{% extends 'layout.html' %}",
            "templates/login.html": "<html>",
            "templates/old.html": "{% extends 'layout.html' %}",
        }
    )
    assert sorted(made.pages) == ["/contact", "/portal/login"]
    assert list(made.chains("templates/pixel.html")) == ["/contact"]
    assert made.stacks[0].covers("templates/old.html")


def test_two_applications_with_templates_of_one_name() -> None:
    files = {f"a/{path}": text for path, text in django().items()} | {f"b/{path}": text for path, text in django().items()}
    files["b/templates/base.html"] = "<html>"
    made = Made(files)
    assert made.chains("a/templates/inc/pixel.html")
    assert made.chains("b/templates/inc/pixel.html") == {}


# Rails


def rails(**more: str) -> dict[str, str]:
    files = {
        "Gemfile": "gem 'rails'",
        "config/routes.rb": (
            "Rails.application.routes.draw do\n  root 'pages#home'\n  get '/contact', to: 'pages#contact'\n"
            "  namespace :admin do\n    resources :visits, only: [:index] do\n      get :report, on: :collection\n    end\n  end\n"
            "  # get '/old', to: 'pages#old'\n  resources :visits\nend\n"
        ),
        "app/controllers/application_controller.rb": "class ApplicationController < ActionController::Base\nend\n",
        "app/controllers/pages_controller.rb": (
            "class PagesController < ApplicationController\n  def bare\n    render :bare, layout: false\n  end\nend\n"
        ),
        "app/controllers/visits_controller.rb": "class VisitsController < ApplicationController\n  layout 'plain'\nend\n",
        "app/controllers/admin/visits_controller.rb": "module Admin\n  class VisitsController < ApplicationController\n  end\nend\n",
        "app/views/layouts/application.html.erb": "<html>\n<%= render 'shared/pixel' %>\n<%# render 'shared/old' %>\n<%= yield %>",
        "app/views/layouts/plain.html.haml": "%html\n  -# = render 'shared/pixel'\n  = yield\n",
        "app/views/shared/_pixel.html.erb": PIXEL,
        "app/views/shared/_old.html.erb": PIXEL,
        "app/views/pages/home.html.erb": "<h1>",
        "app/views/pages/contact.html.haml": "%h1",
        "app/views/pages/bare.html.erb": "<h1>",
        "app/views/visits/new.html.erb": "<form>",
        "app/views/admin/visits/index.html.erb": "<h1>",
        "app/views/visit_mailer/new.html.erb": "<h1>",
    }
    return {**files, **more}


def test_rails_layouts_by_controller() -> None:
    made = Made(rails())
    way = "app/views/layouts/application.html.erb:2 > app/views/shared/_pixel.html.erb"
    assert made.chains("app/views/shared/_pixel.html.erb") == {
        "/": f"app/views/pages/home.html.erb:1 (every page) > {way}",
        "/contact": f"app/views/pages/contact.html.haml:1 (every page) > {way}",
        "/admin/visits": f"app/views/admin/visits/index.html.erb:1 (every page) > {way}",
    }
    assert sorted(made.pages) == ["/", "/admin/visits", "/contact", "/visits/new", "app/views/pages/bare.html.erb"]
    assert made.chains("app/views/shared/_old.html.erb") == {}
    assert made.stacks[0].covers("app/views/shared/_old.html.erb")


def test_rails_scripts() -> None:
    made = Made(
        rails(
            **{
                "app/views/layouts/application.html.erb": "<%= javascript_include_tag 'application', defer: true %>",
                "app/assets/javascripts/application.js": "//= require jquery\n//= require_tree ./parts\n",
                "app/assets/javascripts/parts/px.js": "fbq()",
                "app/assets/javascripts/other.js": "",
            }
        )
    )
    assert made.chains("app/assets/javascripts/parts/px.js")["/"].endswith(
        "application.html.erb:1 > app/assets/javascripts/application.js:2 > app/assets/javascripts/parts/px.js"
    )
    assert made.chains("app/assets/javascripts/other.js") == {}


def test_rails_helpers_that_write_scripts_and_components() -> None:
    made = Made(
        rails(
            **{
                "app/views/layouts/application.html.erb": "<%= pixel_tag(1) %>\n<%= render Shared::HeadComponent.new %>\nsome_title",
                "app/helpers/track_helper.rb": "module TrackHelper\n  def pixel_tag(id)\n    javascript_tag \"fbq('init')\"\n  end\nend\n",
                "app/helpers/title_helper.rb": "module TitleHelper\n  def some_title\n    'x'\n  end\nend\n",
                "app/components/shared/head_component.html.erb": PIXEL,
            }
        )
    )
    assert made.chains("app/helpers/track_helper.rb")["/"].endswith(
        "application.html.erb:1 (helper pixel_tag) > app/helpers/track_helper.rb"
    )
    assert made.chains("app/helpers/title_helper.rb") == {}
    assert "/" in made.chains("app/components/shared/head_component.html.erb")


# Node.js


def express(**more: str) -> dict[str, str]:
    files = {
        "package.json": '{"dependencies": {"express": "4"}}',
        "app.js": (
            "const express = require('express')\nconst app = express()\nconst visits = require('./routes/visits')\n"
            "app.use(express.static('public'))\napp.use('/visits', visits)\n"
            "app.get('/', (req, res) => {\n  res.render('home')\n})\n// app.get('/x', (req, res) => res.render('old'))\n"
        ),
        "routes/visits.js": (
            "const c = require('../controllers/visits')\nrouter.get('/book', auth, c.book)\n"
            "router.get('/:id', (req, res) => res.render('visits/show'))\n"
        ),
        "controllers/visits.js": "exports.book = async (req, res) => {\n  if (req.x) return\n  res.render('visits/book')\n}\n",
        "views/home.ejs": "<html><%- include('partials/head') %>",
        "views/old.ejs": "<html><%- include('partials/head') %>",
        "views/visits/book.ejs": "<html>\n<%- include('../partials/head', { title: 'x' }) -%>",
        "views/visits/show.ejs": "<html><%# include('../partials/head') %>",
        "views/partials/head.ejs": "<%- include('pixel') %>\n<script src=\"/js/px.js\"></script>",
        "views/partials/pixel.ejs": PIXEL,
        "public/js/px.js": "",
    }
    return {**files, **more}


def test_express_addresses() -> None:
    made = Made(express())
    assert made.chains("views/partials/pixel.ejs") == {
        "/": "views/home.ejs:1 > views/partials/head.ejs:1 > views/partials/pixel.ejs",
        "/visits/book": "views/visits/book.ejs:2 > views/partials/head.ejs:1 > views/partials/pixel.ejs",
    }
    assert sorted(made.pages) == ["/", "/visits/:id", "/visits/book"]
    assert "/" in made.chains("public/js/px.js")
    assert made.stacks[0].complete()
    assert made.stacks[0].covers("views/old.ejs")


def test_express_names_put_together_leave_it_open() -> None:
    made = Made(express(**{"more.js": "const express = 1\napp.get('/p/:x', (req, res) => res.render(req.params.x))"}))
    assert not made.stacks[0].complete()
    assert "views/old.ejs" in made.pages


def test_express_layouts_of_handlebars() -> None:
    made = Made(
        {
            "package.json": '{"dependencies": {"express": "4", "express-handlebars": "6"}}',
            "server.js": (
                "const app = express()\napp.engine('hbs', engine({ defaultLayout: 'main' }))\n"
                "app.get('/', (req, res) => res.render('home'))\napp.get('/print', (req, res) => res.render('print', { layout: false }))"
            ),
            "views/layouts/main.hbs": "<html>\n{{> pixel}}{{{body}}}",
            "views/partials/pixel.hbs": PIXEL,
            "views/home.hbs": "x",
            "views/print.hbs": "x",
        }
    )
    assert made.chains("views/partials/pixel.hbs") == {
        "/": "views/home.hbs:1 (layout of views) > views/layouts/main.hbs:2 > views/partials/pixel.hbs"
    }


def test_express_pug() -> None:
    made = Made(
        {
            "package.json": '{"dependencies": {"express": "4", "pug": "3"}}',
            "app.js": "app = express()\napp.get('/', (req, res) => res.render('index'))\napp.get('/b', (req, res) => res.render('b'))",
            "views/layout.pug": "doctype html\nhtml\n  head\n    include includes/pixel\n    script(async src='/js/px.js')\n",
            "views/index.pug": "extends layout\n",
            "views/b.pug": "html\n  //- include includes/pixel\n  //\n    include includes/pixel\n",
            "views/includes/pixel.pug": "script.\n  fbq('init', '1')\n",
            "public/js/px.js": "",
        }
    )
    assert made.chains("views/includes/pixel.pug") == {"/": "views/index.pug:1 > views/layout.pug:4 > views/includes/pixel.pug"}
    assert list(made.chains("public/js/px.js")) == ["/"]


# ASP.NET


def razor(**more: str) -> dict[str, str]:
    files = {
        "Web/Views/_ViewStart.cshtml": '@{\n    Layout = "_Layout";\n}',
        "Web/Views/Shared/_Layout.cshtml": (
            '<html>\n<partial name="_Pixel" />\n@* @Html.Partial("_Old") *@\n@RenderBody()\n@Scripts.Render("~/bundles/site")'
        ),
        "Web/Views/Shared/_Pixel.cshtml": PIXEL,
        "Web/Views/Shared/_Old.cshtml": PIXEL,
        "Web/Views/Home/Index.cshtml": '<a href="@Url.Action("Bare", "Home")">x</a>',
        "Web/Views/Home/Bare.cshtml": "@{ Layout = null; }<html>",
        "Web/App_Start/BundleConfig.cs": 'bundles.Add(new ScriptBundle("~/bundles/site").Include("~/Scripts/px.js"));',
        "Web/Scripts/px.js": "",
    }
    return {**files, **more}


def test_razor_view_start_and_layout() -> None:
    made = Made(razor())
    assert made.chains("Web/Views/Shared/_Pixel.cshtml") == {
        "Web/Views/Home/Index.cshtml": (
            "Web/Views/Home/Index.cshtml:1 (views below its folder) > Web/Views/_ViewStart.cshtml:2 > Web/Views/Shared/_Layout.cshtml:2"
            " > Web/Views/Shared/_Pixel.cshtml"
        )
    }
    assert sorted(made.pages) == ["Web/Views/Home/Bare.cshtml", "Web/Views/Home/Index.cshtml"]
    assert made.chains("Web/Views/Shared/_Old.cshtml") == {}
    assert list(made.chains("Web/Scripts/px.js")) == ["Web/Views/Home/Index.cshtml"]


def test_razor_pages_have_addresses() -> None:
    made = Made(
        {
            "Pages/_ViewStart.cshtml": '@{ Layout = "_Layout"; }',
            "Pages/Shared/_Layout.cshtml": '<html>@await Html.PartialAsync("_Pixel")@RenderBody()',
            "Pages/Shared/_Pixel.cshtml": PIXEL,
            "Pages/Book/Index.cshtml": "@page\n<h1>",
            "Pages/Portal.cshtml": '@page "/my/portal"\n<h1>',
            "Pages/Shared/Components/Ad/Default.cshtml": "x",
        }
    )
    assert set(made.chains("Pages/Shared/_Pixel.cshtml")) == {"/Book", "/my/portal"}
    assert set(made.pages) == {"/Book", "/my/portal"}


def test_web_forms_and_classic_asp() -> None:
    made = Made(
        {
            "Default.aspx": '<%@ Page Title="Home" MasterPageFile="~/Site.master" %>',
            "Old.aspx": "<html>",
            "Site.Master": '<%@ Register Src="~/Controls/Pixel.ascx" TagName="p" %>\n<html>',
            "Controls/Pixel.ascx": PIXEL,
            "asp/index.asp": '<html>\n<!--#include file="Top.inc"-->',
            "asp/top.inc": PIXEL,
        }
    )
    assert made.chains("Controls/Pixel.ascx") == {"Default.aspx": "Default.aspx:1 > Site.Master:1 > Controls/Pixel.ascx"}
    assert made.chains("asp/top.inc") == {"asp/index.asp": "asp/index.asp:2 > asp/top.inc"}
