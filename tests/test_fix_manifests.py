"""Required packages that are taken out of manifests, what stays and why, and who is told to use a package."""

import json
from collections.abc import Mapping

import pytest
from fixing_support import CATALOG, fix, fixed_soundly
from hypothesis import given
from hypothesis import strategies as st

from linter.fixes.manifest_imports import importers
from linter.fixes.manifest_items import Listing, without
from linter.fixes.manifest_locks import repair
from linter.fixes.manifests import fix as fix_manifest
from linter.fixes.model import Task, applied, merged
from linter.fixes.recorded import record

PIXEL = '"react-facebook-pixel": "^1.0.4"'


def package(*rows: str, section: str = "dependencies") -> str:
    inside = ",\n".join(f"    {row}" for row in rows)
    body = f"{{\n{inside}\n  }}" if rows else "{}"
    return f'{{\n  "name": "site",\n  "{section}": {body}\n}}\n'


A, B = '"next": "14.0.0"', '"react": "18.2.0"'

TAKEN = {
    "the first": ("package.json", package(PIXEL, A, B), package(A, B)),
    "one in the middle": ("package.json", package(A, PIXEL, B), package(A, B)),
    "the last": ("package.json", package(A, B, PIXEL), package(A, B)),
    "the only one": ("package.json", package(PIXEL), package()),
    "two at the end": ("package.json", package(A, '"react-ga": "1.0.0"', PIXEL), package(A)),
    "two that are all": ("package.json", package('"react-ga": "1.0.0"', PIXEL), package()),
    "two apart": ("package.json", package('"react-ga": "1.0.0"', A, PIXEL), package(A)),
    "of the development dependencies": (
        "package.json",
        package(A, PIXEL, section="devDependencies"),
        package(A, section="devDependencies"),
    ),
    "in two sections": (
        "package.json",
        f'{{\n  "dependencies": {{\n    {A},\n    {PIXEL}\n  }},\n  "peerDependencies": {{\n    {PIXEL},\n    {B}\n  }}\n}}\n',
        f'{{\n  "dependencies": {{\n    {A}\n  }},\n  "peerDependencies": {{\n    {B}\n  }}\n}}\n',
    ),
    "on one line": ("package.json", f'{{"dependencies": {{{A}, {PIXEL}, {B}}}}}', f'{{"dependencies": {{{A}, {B}}}}}'),
    "without a blank": ("package.json", '{"dependencies":{"a":"1","react-ga":"2"}}', '{"dependencies":{"a":"1"}}'),
    "two on a line": (
        "package.json",
        f'{{"dependencies": {{\n  {A}, {PIXEL},\n  {B}\n}}}}\n',
        f'{{"dependencies": {{\n  {A},\n  {B}\n}}}}\n',
    ),
    "commas at the front": (
        "package.json",
        f'{{ "dependencies":\n  {{ {A}\n  , {PIXEL}\n  , {B}\n  }}\n}}\n',
        f'{{ "dependencies":\n  {{ {A}\n  , {B}\n  }}\n}}\n',
    ),
    "requirements": ("requirements.txt", "Django==5.0\nmixpanel==4.10.1\ngunicorn\n", "Django==5.0\ngunicorn\n"),
    "requirements with hashes": (
        "requirements.txt",
        "Django==5.0\nmixpanel==4.10.1 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\ngunicorn\n",
        "Django==5.0\ngunicorn\n",
    ),
    "requirements twice, with markers": (
        "requirements.txt",
        'mixpanel==4.9; python_version < "3.8"\nmixpanel==4.10; python_version >= "3.8"  # keep\nDjango\n',
        "Django\n",
    ),
    "the last of the requirements": ("requirements/base.in", "Django\nfacebook_business>=17", "Django\n"),
    "another spelling": ("requirements.txt", "Django\nFacebook_Business>=17\n", "Django\n"),
    "a list of pyproject": (
        "pyproject.toml",
        '[project]\nname = "site"\ndependencies = [\n    "django>=5",\n    "mixpanel~=4.0",\n]\n',
        '[project]\nname = "site"\ndependencies = [\n    "django>=5",\n]\n',
    ),
    "a list of pyproject on a line": (
        "pyproject.toml",
        '[project]\ndependencies = ["mixpanel", "django[argon2]"]\n',
        '[project]\ndependencies = ["django[argon2]"]\n',
    ),
    "the end of a list without a comma": (
        "pyproject.toml",
        '[project]\ndependencies = ["django", "mixpanel"]\n',
        '[project]\ndependencies = ["django"]\n',
    ),
    "a list of one": ("pyproject.toml", '[project]\ndependencies = ["mixpanel"]\n', "[project]\ndependencies = []\n"),
    "a list with comments": (
        "pyproject.toml",
        '[project]\ndependencies = [\n  "django", # web\n  "mixpanel",  # events\n  # the rest\n]\n',
        '[project]\ndependencies = [\n  "django", # web\n  # events\n  # the rest\n]\n',
    ),
    "a table of poetry": (
        "pyproject.toml",
        '[tool.poetry.dependencies]\npython = "^3.11"\nmixpanel = {version = "^4", optional = true}\ndjango = "*"\n',
        '[tool.poetry.dependencies]\npython = "^3.11"\ndjango = "*"\n',
    ),
    "a Pipfile": (
        "Pipfile",
        '[packages]\ndjango = "*"\nmixpanel = "*"\n\n[dev-packages]\n',
        '[packages]\ndjango = "*"\n\n[dev-packages]\n',
    ),
    "a Gemfile": ("Gemfile", "gem 'rails'\ngem 'mixpanel-ruby', '~> 2.2'\ngem 'pg'\n", "gem 'rails'\ngem 'pg'\n"),
    "a gem over several lines": (
        "Gemfile",
        "gem 'rails'\n\ngem 'mixpanel-ruby',\n    '~> 2.2',\n    require: false # events\n\ngem 'pg'\n",
        "gem 'rails'\n\ngem 'pg'\n",
    ),
    "a gem in a group": (
        "Gemfile",
        "group :production do\n  gem 'mixpanel-ruby', git: 'https://x.example/m', branch: %w(a b).first\nend\n",
        "group :production do\nend\n",
    ),
    "go": (
        "go.mod",
        "module site\n\nrequire (\n\tgithub.com/a/b v1.0.0\n\tgithub.com/mixpanel/mixpanel-go v1.2.1 // x\n)\n",
        "module site\n\nrequire (\n\tgithub.com/a/b v1.0.0\n)\n",
    ),
    "go on a line": (
        "go.mod",
        "module site\n\nrequire github.com/amplitude/analytics-go v1.2.1\n\ngo 1.22\n",
        "module site\n\ngo 1.22\n",
    ),
    "Windows line ends": ("package.json", package(A, PIXEL).replace("\n", "\r\n"), package(A).replace("\n", "\r\n")),
}


@pytest.mark.parametrize(("path", "before", "after"), TAKEN.values(), ids=TAKEN)
def test_packages_that_nothing_uses_go(path: str, before: str, after: str) -> None:
    assert fixed_soundly({path: before.encode()}).files[path].decode() == after


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        (
            "composer.json",
            '{\n  "require": {\n    "php": ">=8",\n    "wpackagist-plugin/official-facebook-pixel": "*"\n  }\n}\n',
            '{\n  "require": {\n    "php": ">=8"\n  }\n}\n',
        ),
        ("composer.json", '{"require": {"drupal/facebook_pixel": "^2.0", "drupal/core": "^10"}}', '{"require": {"drupal/core": "^10"}}'),
        ("composer.json", '{"require": {"acme/module-facebook-pixel": "1"}}', '{"require": {}}'),
        ("composer.json", '{"require-dev": {"Facebook/PHP-business-sdk": "1"}}', '{"require-dev": {}}'),
        ("Gemfile", "gem 'google-analytics-rails'\ngem 'pg'\n", "gem 'pg'\n"),
        ("requirements.txt", "django-google-analytics\nDjango\n", "Django\n"),
        ("package.json", '{"dependencies": {"pixel": "npm:react-facebook-pixel@1"}}', '{"dependencies": {}}'),
        ("package.json", '{"dependencies": {"ember-cli-google-analytics": "1"}}', '{"dependencies": {}}'),
    ],
)
def test_what_a_framework_may_use_without_naming_it_goes_when_asked_for(path: str, before: str, after: str) -> None:
    assert fixed_soundly({path: before.encode()}).files[path].decode() == before
    assert "--unsafe-fixes" in next(iter(fix({path: before.encode()}).fixes.refused.values()))
    assert fixed_soundly({path: before.encode()}, unsafe=True).files[path].decode() == after


REFUSED = {
    "a script installs it": (
        "package.json",
        '{"scripts": {"postinstall": "npm install react-facebook-pixel"}}',
        "a script of the manifest",
    ),
    "named in a script too": (
        "package.json",
        '{\n  "scripts": {"x": "cp node_modules/react-facebook-pixel/dist/x.js ."},\n  "dependencies": {"react-facebook-pixel": "1"}\n}',
        "line 2 of the file names it too",
    ),
    "broken": ("package.json", '{"dependencies": {"react-facebook-pixel": "1", }', "not well formed"),
    "named twice": ("package.json", '{"dependencies": {"react-facebook-pixel": "1", "react-facebook-pixel": "2"}}', "twice"),
    "a commented list": (
        "package.json",
        '{"dependencies": {"a": "1", /* why */ "react-facebook-pixel": "1"}}',
        "a comment stands between the entries",
    ),
    "generated": ("requirements.txt", "# This file is autogenerated by pip-compile\nmixpanel==4\n", "the file is generated"),
    "two gems on a line": ("Gemfile", "gem 'mixpanel-ruby'; gem 'pg'\n", "something else stands on its line"),
    "a gem behind a condition": ("Gemfile", "if x then gem 'mixpanel-ruby' end\n", ""),
    "replaced": (
        "go.mod",
        "module s\n\nrequire github.com/mixpanel/mixpanel-go v1.2.1\nreplace github.com/mixpanel/mixpanel-go => ../x\n",
        "line 4 of the file names it too",
    ),
    "code": ("setup.py", "from setuptools import setup\nsetup(install_requires=['mixpanel'])\n", "the manifest is code"),
    "a command": ("Dockerfile", "FROM python\nRUN pip install mixpanel==4.1\n", "a command"),
    "a catalog": ("pnpm-workspace.yaml", "catalog:\n  react-facebook-pixel: ^1.0.0\n", "a command or a list"),
}


@pytest.mark.parametrize(("path", "before", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_is_in_doubt_stays_with_a_reason(path: str, before: str, reason: str) -> None:
    result = fixed_soundly({path: before.encode()}, unsafe=True)
    assert result.files[path].decode() == before
    assert [why for why in result.fixes.refused.values() if reason not in why] == []


def test_a_package_that_is_used_stays() -> None:
    files = {
        "package.json": package(A, PIXEL).encode(),
        "src/x.js": b"const p = require('react-facebook-pixel').default\nexport default p\n",
    }
    result = fix(files)
    assert result.files["package.json"] == files["package.json"]
    assert any("src/x.js" in why for why in result.fixes.refused.values())


def test_what_is_to_be_run() -> None:
    source = record("web/package.json", package(A, PIXEL).encode(), CATALOG)
    assert source is not None
    task = Task(source.source, source.parts, tuple(match for row in source.told for match in row.matches), CATALOG)
    asked = fix_manifest(task._replace(siblings=frozenset({"yarn.lock", "package.json"}))).after
    assert asked == ("run yarn install in web, so that the lock file and the installed packages follow",)
    assert "npm, yarn or pnpm" in fix_manifest(task).after[0]


@pytest.mark.parametrize(
    ("ecosystem", "lock", "command"),
    [
        ("npm", "package-lock.json", "npm install --package-lock-only"),
        ("npm", "pnpm-lock.yaml", "pnpm install --lockfile-only"),
        ("npm", "bun.lockb", "bun install"),
        ("composer", "composer.lock", "composer update acme/x"),
        ("gem", "Gemfile.lock", "bundle lock"),
        ("go", "go.sum", "go mod tidy"),
        ("pypi", "poetry.lock", "poetry lock"),
        ("pypi", "uv.lock", "uv lock"),
        ("nuget", "packages.lock.json", "dotnet restore"),
        ("other", "x.lock", ""),
    ],
)
def test_the_command_follows_the_lock_file(ecosystem: str, lock: str, command: str) -> None:
    assert command in repair(ecosystem, "acme/x", "", {lock})


USES = {
    "npm": (
        "react-facebook-pixel",
        [
            ("a.js", "import P from 'react-facebook-pixel'"),
            ("a.ts", 'await import("react-facebook-pixel/dist/x")'),
            ("next.config.mjs", "transpilePackages: [`react-facebook-pixel`]"),
            ("tsconfig.json", '{"types": ["react-facebook-pixel"]}'),
            ("a.scss", "@import '~react-facebook-pixel/x.css';"),
            ("index.html", '<script src="/node_modules/react-facebook-pixel/x.js"></script>'),
            ("mkdocs.yml", "plugins:\n  - react-facebook-pixel\n"),
            ("Dockerfile", "RUN npm i react-facebook-pixel"),
        ],
        [
            ("package.json", '{"dependencies": {"react-facebook-pixel": "1"}}'),
            ("package-lock.json", '{"node_modules/react-facebook-pixel": {}}'),
            ("node_modules/react-facebook-pixel/index.js", "'react-facebook-pixel'"),
            ("README.md", "npm i `react-facebook-pixel`"),
            ("a.js", "import P from 'react-facebook-pixel-ssr'"),
            ("a.js", "import P from '@acme/react-facebook-pixel'"),
            ("a.js", "// see react-facebook-pixel"),
        ],
    ),
    "pypi": (
        "facebook-business",
        [
            ("a.py", "from facebook_business.api import X"),
            ("a.py", "import business.x as y"),
            ("settings.py", "INSTALLED_APPS = ['facebook.tracker']"),
            ("ci.yml", "pip install facebook-business"),
        ],
        [
            ("requirements.txt", "facebook-business"),
            ("a.py", "import os\nx = 'our business is fine'"),
            ("poetry.lock", "facebook-business"),
        ],
    ),
    "gem": (
        "mixpanel-ruby",
        [
            ("config/initializers/m.rb", "Mixpanel::Tracker.new"),
            ("app/views/a.html.erb", "<%= mixpanel_tag %>"),
            ("Rakefile", "require 'mixpanel'"),
        ],
        [("Gemfile", "gem 'mixpanel-ruby'"), ("Gemfile.lock", "mixpanel-ruby"), ("a.js", "mixpanel.track()"), ("a.rb", "Ruby::Api")],
    ),
    "composer": (
        "combindma/laravel-facebook-pixel",
        [
            ("a.php", "use Combindma\\FacebookPixel\\X;"),
            ("b.php", "'FacebookPixel\\\\Y'"),
            ("config/a.yml", "combindma/laravel-facebook-pixel: on"),
        ],
        [
            ("composer.json", '"combindma/laravel-facebook-pixel"'),
            ("a.php", "// facebook pixel"),
            ("vendor/combindma/a.php", "namespace Combindma\\X;"),
        ],
    ),
    "go": (
        "github.com/mixpanel/mixpanel-go",
        [("a.go", 'import m "github.com/mixpanel/mixpanel-go"'), ("b.go", 'import "github.com/mixpanel/mixpanel-go/v2"')],
        [
            ("go.mod", "require github.com/mixpanel/mixpanel-go v1"),
            ("go.sum", "github.com/mixpanel/mixpanel-go v1"),
            ("a.go", '"github.com/mixpanel/mixpanel-go-x"'),
        ],
    ),
}


@pytest.mark.parametrize("ecosystem", USES)
def test_who_uses_a_package(ecosystem: str) -> None:
    name, using, not_using = USES[ecosystem]
    for path, text in using:
        assert importers([(path, text)], ecosystem, name) == [path], text
    for path, text in not_using:
        assert importers([(path, text)], ecosystem, name) == [], text


def test_other_names_count_too() -> None:
    assert importers([("a.rb", "FacebookAds::Api")], "gem", "x-y", ("FacebookAds",)) == ["a.rb"]
    assert importers([("a.config", "Acme.Pixel")], "nuget", "acme.pixel") == ["a.config"]


names = st.text("abcdefgh-", min_size=1, max_size=6)
layouts = st.sampled_from(
    [("\n  ", "\n", ",\n  "), ("", "", ","), (" ", " ", ", "), ("\r\n\t", "\r\n", ",\r\n\t"), ("\n", "\n", "\n,"), ("", "\n\n", ",\n\n")]
)


@given(st.dictionaries(names, st.integers(0, 99), min_size=1, max_size=7), st.data(), layouts)
def test_an_object_without_some_entries(rows: Mapping[str, int], data: st.DataObject, layout: tuple[str, str, str]) -> None:
    gone = data.draw(st.sets(st.sampled_from(sorted(rows)), max_size=len(rows)))
    begin, end, between = layout
    written = [f'"{key}": {value}' for key, value in rows.items()]
    text = "{" + begin + between.join(written) + end + "}"
    spans, at = [], 1 + len(begin)
    for row in written:
        spans.append((at, at + len(row)))
        at += len(row) + len(between)
    numbers = [number for number, key in enumerate(rows) if key in gone]
    edits = without(text, Listing((1, len(text) - 1), spans), numbers)
    assert edits is not None
    assert sorted(edits) == numbers
    left = applied(text, merged(edits.values()))
    assert json.loads(left) == {key: value for key, value in rows.items() if key not in gone}
    assert all(edit.text == "" for edit in edits.values())


PIECES = [
    *'{}[],:"#= \n\\()',
    *('"react-ga"', "mixpanel", "gem 'mixpanel-ruby'", '"facebook/php-business-sdk"', "github.com/mixpanel/mixpanel-go v1"),
    *('"dependencies"', "dependencies", "require", '"require"', '<PackageReference Include="x"', "/>", "//"),
]


@given(
    st.sampled_from(["package.json", "requirements.txt", "pyproject.toml", "Gemfile", "go.mod", "a.csproj", "composer.json", "Pipfile"]),
    st.data(),
)
def test_no_text_is_too_odd(path: str, data: st.DataObject) -> None:
    text = "".join(data.draw(st.lists(st.sampled_from(PIECES), max_size=25)))
    recorded = record(path, text.encode(), CATALOG)
    assert recorded is not None
    matches = tuple(match for row in recorded.told for match in row.matches)
    outcome = fix_manifest(Task(recorded.source, recorded.parts, matches, CATALOG, True))
    applied(text, merged(edit for row in outcome.edits.values() for edit in row))
