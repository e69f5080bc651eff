"""Packages that manifests require, and what scripts install."""

import pytest

from linter.evidence import Plugin, Requirement
from linter.languages import language_of
from linter.probe import LiteralProbe
from linter.readers.manifests import read_facts
from linter.reading import Reading
from linter.text import Source

LITERALS = (
    "pixel-kit",
    "pixel_kit",
    "trackme",
    "@acme/pixel",
    "acme/pixel",
    "pixel-plugin",
    "pixel_module",
    "acme_pixel",
    "plugin name:",
    '"acme-plugin"',
)


def facts_of(path: str, code: str) -> list[str]:
    """One line a fact of the file `path`: what it is, where it is underlined and what is off."""
    source = Source(path, code.encode())
    reading = Reading(source, LiteralProbe(LITERALS))
    read_facts(source.slice(), language_of(path, source.text), reading)
    assert reading.notices == []
    return [_line(piece, source.text) for piece in reading.evidence]


def _line(piece: object, text: str) -> str:
    assert isinstance(piece, Plugin | Requirement)
    off = "" if piece.state == "active" else f" [{piece.state}]"
    where = text[slice(*piece.span)]
    block = text[slice(*piece.block)]
    assert where in block
    if isinstance(piece, Requirement):
        development = " development" if piece.development else ""
        return f"{piece.ecosystem} {piece.package}" + (f" at {where}" if where != piece.package else "") + development + off
    named = f" named {piece.name}" if piece.name else ""
    return (
        f"{piece.platform} {piece.slug}" + (f" at {where}" if where != piece.slug else "") + named + (" main" if piece.main else "") + off
    )


NPM = """{
  "name": "practice",
  "scripts": { "postinstall": "npm install --no-save pixel-kit@1 && echo pixel-kit" },
  "dependencies": { "pixel-kit": "^1.0.4", "@types/pixel-kit": "1", "tracker": "npm:@acme/pixel@2", "pixel-kit-helper": "1" },
  "devDependencies": {
    "@acme/pixel": "2"
  },
  "peerDependencies": { "trackme": "*" },
  "peerDependenciesMeta": { "trackme": { "optional": true } },
  "overrides": { "trackme": "2" },
  "keywords": ["trackme"]
}
"""


def test_npm() -> None:
    assert facts_of("package.json", NPM) == [
        "npm pixel-kit",
        "npm @types/pixel-kit",
        "npm @acme/pixel",
        "npm pixel-kit-helper",
        "npm trackme",
    ]


def test_development_packages() -> None:
    assert facts_of("web/package.json", '{"devDependencies": {"pixel-kit": "1"}}') == ["npm pixel-kit development"]


def test_the_name_of_a_package() -> None:
    assert facts_of("package.json", '{"name": "@acme/pixel", "version": "1"}') == ["npm @acme/pixel main"]


@pytest.mark.parametrize(
    "name", ["package-lock.json", "yarn.lock", "pnpm-lock.yaml", "composer.lock", "Gemfile.lock", "poetry.lock", "go.sum"]
)
def test_lock_files_are_proof_only(name: str) -> None:
    assert facts_of(name, '{"dependencies": {"pixel-kit": "1"}}\npixel-kit@^1.0:\n  trackme (1.0)\n') == []


def test_other_json_and_yaml() -> None:
    assert facts_of("bower.json", '{"dependencies": {"pixel-kit": "1"}}') == ["npm pixel-kit"]
    assert facts_of("deno.json", '{"imports": {"p": "npm:pixel-kit@^1", "q": "npm:@acme/pixel"}}') == ["npm pixel-kit", "npm @acme/pixel"]
    assert facts_of("pnpm-workspace.yaml", "packages:\n  - pixel-kit\ncatalog:\n  pixel-kit: ^1\ncatalogs:\n  old:\n    trackme: 1\n") == [
        "npm pixel-kit",
        "npm trackme",
    ]
    conda = "name: x\ndependencies:\n  - python=3.12\n  - trackme=1.0\n  - pip:\n    - Pixel_Kit[all]>=2\n"
    assert facts_of("environment.yml", conda) == ["pypi trackme", "pypi pixel-kit at Pixel_Kit"]


COMPOSER = """{
  "name": "acme/site",
  "type": "project",
  "require": {
    "acme/pixel": "^1",
    "wpackagist-plugin/pixel-plugin": "*",
    "wp-plugin/trackme": "*",
    "wpackagist-theme/trackme": "*",
    "drupal/pixel_module": "^2"
  },
  "require-dev": { "acme/pixel-kit": "1" },
  "suggest": { "acme/pixel": "for more" },
  "scripts": { "post-install-cmd": ["wp plugin activate pixel-kit"] }
}
"""


def test_composer() -> None:
    assert facts_of("composer.json", COMPOSER) == [
        "composer acme/pixel",
        "composer acme/pixel",
        "wordpress pixel-plugin",
        "wordpress trackme",
        "composer wpackagist-theme/trackme",
        "composer wpackagist-theme/trackme",
        "drupal pixel_module",
        "composer acme/pixel-kit development",
        "composer acme/pixel-kit",
        "wordpress pixel-kit",
    ]


def test_a_composer_manifest_of_a_plugin() -> None:
    assert facts_of("modules/x/composer.json", '{"name": "acme/pixel", "type": "magento2-module"}') == [
        "magento pixel at acme/pixel named acme/pixel main"
    ]
    assert facts_of("composer.json", '{"name": "acme/pixel", "type": "library"}') == []


REQUIREMENTS = """# trackme is not used any more
-r pixel-kit.txt
pixel_kit[all]>=1.0 ; python_version > "3" --hash=sha256:00
#trackme==2
Trackme~=2.0  # with pixel-kit
-e git+https://example.org/x.git#egg=pixel-kit2
django-pixel-kit==1
"""


def test_pip() -> None:
    assert facts_of("requirements/base.txt", REQUIREMENTS) == [
        "pypi pixel-kit at pixel_kit",
        "pypi trackme [dormant]",
        "pypi trackme at Trackme",
        "pypi pixel-kit2",
        "pypi django-pixel-kit",
    ]
    assert facts_of("dev-requirements.txt", "trackme\n") == ["pypi trackme development"]
    assert facts_of("notes.txt", "trackme\n") == []


PYPROJECT = """[build-system]
requires = ["trackme-build"]
[project]
name = "trackme"
keywords = ["trackme"]
dependencies = [
    "pixel_kit[x]>=1",
    # "trackme>=2",
    'trackme ; python_version > "3"',
]
[project.optional-dependencies]
web = ["Trackme.more"]
[dependency-groups]
dev = ["pixel-kit-dev"]
[tool.poetry.dependencies]
pixel-kit-poetry = "^4"
# trackme-poetry = "^1"
[tool.poetry.group.dev.dependencies]
trackme-dev = { version = "1" }
[tool.ruff]
trackme = 1
"""


def test_pyproject() -> None:
    assert facts_of("pyproject.toml", PYPROJECT) == [
        "pypi pixel-kit-poetry",
        "pypi trackme-poetry [dormant]",
        "pypi trackme-dev development",
        "pypi trackme-build",
        "pypi pixel-kit at pixel_kit",
        "pypi trackme [dormant]",
        "pypi trackme",
        "pypi trackme-more at Trackme.more",
        "pypi pixel-kit-dev development",
    ]


def test_other_python() -> None:
    assert facts_of("Pipfile", '[[source]]\nname = "trackme"\n[packages]\npixel-kit = "*"\n[dev-packages]\n"trackme" = "*"\n') == [
        "pypi pixel-kit",
        "pypi trackme development",
    ]
    setup = (
        "from setuptools import setup\nsetup(\n  name='trackme',\n  install_requires=[\n    'pixel-kit>=1',\n    # 'trackme',\n  ],\n"
        "  keywords=['trackme'])\n"
    )
    assert facts_of("setup.py", setup) == ["pypi pixel-kit", "pypi trackme [dormant]"]
    assert facts_of("setup.cfg", "[metadata]\nname = trackme\n[options]\ninstall_requires =\n    pixel-kit>=1\n    trackme\n") == [
        "pypi pixel-kit",
        "pypi trackme",
    ]


def test_ruby() -> None:
    gemfile = "source 'x'\ngem 'pixel-kit', '~> 1'\n# gem 'trackme'\ngem \"trackme\", group: :development\ngem 'other' # trackme\n"
    assert facts_of("Gemfile", gemfile) == ["gem pixel-kit", "gem trackme [dormant]", "gem trackme development"]
    spec = (
        "Gem::Specification.new do |s|\n  s.name = 'pixel-kit'\n  s.add_runtime_dependency 'trackme', '~> 1'\n"
        "  s.add_development_dependency('pixel-kit2')\nend\n"
    )
    assert facts_of("x/pixel-kit.gemspec", spec) == ["gem pixel-kit named pixel-kit main", "gem trackme", "gem pixel-kit2 development"]


def test_go_and_dotnet() -> None:
    module = (
        "module x.org/trackme\n\ngo 1.22\n\nrequire (\n\tx.org/acme/pixel/v3 v3.1.0\n\tx.org/trackme v1.0.0 // indirect\n)\n"
        "replace (\n\tx.org/trackme v1 => y v1\n)\n"
    )
    assert facts_of("go.mod", module) == ["go x.org/acme/pixel"]
    project = (
        '<Project>\n<!-- <PackageReference Include="Trackme" /> -->\n<PackageReference Version="1" Include="Acme.Trackme" />\n</Project>\n'
    )
    assert facts_of("a/Web.csproj", project) == ["nuget trackme at Trackme [dormant]", "nuget acme.trackme at Acme.Trackme"]
    assert facts_of("packages.config", '<packages><package id="Trackme" version="1" /></packages>') == ["nuget trackme at Trackme"]


SCRIPT = """#!/bin/sh
wp plugin install akismet pixel-plugin --activate --allow-root
sudo -u www-data wp --path=/var/www plugin install \\
  contact-form-7 \\
  https://downloads.wordpress.org/plugin/pixel-kit.1.2.3.zip
# wp plugin install trackme
wp plugin deactivate trackme
wp plugin uninstall trackme && wp plugin delete trackme
echo "wp plugin install trackme"
npm uninstall trackme
drush -y en pixel_module
php bin/magento module:enable Acme_Pixel
bin/magento module:disable trackme
curl https://example.org/trackme
"""


def test_commands() -> None:
    assert facts_of("bin/setup.sh", SCRIPT) == [
        "wordpress pixel-plugin",
        "wordpress pixel-kit",
        "wordpress trackme [dormant]",
        "drupal pixel_module",
        "magento acme_pixel at Acme_Pixel",
    ]


@pytest.mark.parametrize(
    ("path", "line", "told"),
    [
        ("Dockerfile", "RUN wp plugin install pixel-plugin", "wordpress pixel-plugin"),
        ("docker/Dockerfile.prod", "RUN npm ci && npm i -g @acme/pixel@2.0", "npm @acme/pixel"),
        ("Makefile", "\t$(WP) plugin activate pixel-plugin", "wordpress pixel-plugin"),
        (".github/workflows/deploy.yml", "      - run: yarn add trackme", "npm trackme"),
        (".gitlab-ci.yml", "    - pnpm add -D trackme@next", "npm trackme"),
        ("docker-compose.yml", "      wp plugin install trackme --activate &&", "wordpress trackme"),
        ("setup.sh", "pip install 'Pixel_Kit[all]>=2'", "pypi pixel-kit at Pixel_Kit"),
        ("setup.sh", "composer require wpackagist-plugin/trackme:^1", "wordpress trackme"),
        ("setup.sh", "composer require --dev acme/pixel:^1", "composer acme/pixel"),
        ("setup.sh", "go get x.org/trackme/v2@latest", "go x.org/trackme at x.org/trackme/v2"),
        ("setup.sh", "dotnet add web/web.csproj package Trackme", "nuget trackme at Trackme"),
    ],
)
def test_where_commands_stand(path: str, line: str, told: str) -> None:
    assert facts_of(path, f"x:\n{line}\n")[0] == told


def test_prose_is_no_command() -> None:
    assert facts_of("config/site.yml", "text: run wp plugin install trackme\n") == []
    assert facts_of("setup.sh", "pixel-kit() { :; }\nnpm run trackme\nuse trackme to install\n") == []


def test_broken_and_huge() -> None:
    for path in (
        "package.json",
        "composer.json",
        "pyproject.toml",
        "Gemfile",
        "go.mod",
        "a.csproj",
        "setup.py",
        "x.sh",
        "core.extension.yml",
    ):
        for code in (
            "trackme " * 50_000,
            '"trackme' * 20_000,
            "trackme\\\n" * 30_000,
            '{"dependencies": {' * 5000 + '"trackme"',
            "trackme\0",
        ):
            source = Source(path, code.replace("\0", "").encode())
            reading = Reading(source, LiteralProbe(LITERALS))
            read_facts(source.slice(), language_of(path, source.text), reading)
            assert all(0 <= row.span[0] <= row.span[1] <= len(source.text) for row in reading.evidence)
