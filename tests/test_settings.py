"""Settings: which entries of configurations, constants, defaults and attributes are told, under which keys, in which state."""

import time

import pytest

from linter.evidence import Import, Plugin, Setting
from linter.literals import places
from tests.reading_support import reading_of

LITERALS = ("acme_id", "acmeid", "acme-id", "acme", "pixel-acme", "shopify://apps/acme", "gtm-")


def told(path: str, code: str) -> list[str]:
    """One line for each setting: its keys, what it is set to, and its state where it is not active."""
    lines = []
    for piece in reading_of(path, code, LITERALS).evidence:
        if isinstance(piece, Setting):
            value = f"`{piece.value.expression}`" if piece.value.expression else piece.value.text
            state = "" if piece.state == "active" else f" [{piece.state}]"
            lines.append(f"{'.'.join(piece.keys)} = {value}{state}")
    return lines


@pytest.mark.parametrize(
    ("path", "code", "expected"),
    [
        ("a.json", '{"x": {"acmeId": "abc1", "y": 1}}', ["x.acmeId = abc1"]),
        ("a.json", '{"acme": {"id": 12345, "on": true}}', ["acme.id = 12345", "acme.on = true"]),
        ("a.json", '{"acme": {"ids": ["a12", "b34"]}}', ["acme.ids = a12", "acme.ids = b34"]),
        ("a.json", '{"acmeId": ""}', ["acmeId = "]),
        ("a.json", '{"acme": {"id": "x12", "enabled": false}}', ["acme.id = x12 [dormant]", "acme.enabled = false"]),
        ("a.json", '{"acme_id": "x12", "acme_enabled": "0"}', ["acme_id = x12 [dormant]"]),
        ("a.json", '{"acmeId": "x12", "disabled": true}', ["acmeId = x12 [dormant]"]),
        ("a.json", '{"a": [{"name": "acme", "id": "x12"}, {"name": "b", "id": "y"}]}', ["a.acme.id = x12"]),
        ("a.json", '{"a": [{"name": "acme", "value": "x12"}]}', ["a.acme = x12"]),
        ("a.json", '{"a": [["acme", {"id": "x12"}]]}', ["a.acme.id = x12"]),
        ("a.json", '{"a": "{\\"acmeId\\": \\"x12\\"}"}', ["acmeId = x12"]),
        ("a.json", '[{"name":1,"code":2},"acme","x12",{"name":4,"code":2},"b"]', ["acme.code = x12"]),
        ("a.json", '{"code": "GTM-AB12"}', ["code = GTM-AB12"]),
        ("a.json", '[{"id": "GTM-AB12", "on": true}]', ["id = GTM-AB12"]),
        ("a.json", '{"x": [{"id": "GTM-AB12", "on": true}]}', ["x.id = GTM-AB12"]),
        ("a.yml", "a:\n  acme_id: x12 # note\n", ["a.acme_id = x12"]),
        ("a.yml", "a: &a\n  acme_id: x12\nb: *a\n", ["a.acme_id = x12"]),
        ("a.yml", "environment:\n  - ACME_ID=x12\n  - B=1\n", ["environment.ACME_ID = x12"]),
        ("a.yml", "env:\n- name: ACME_ID\n  value: x12\n", ["env.ACME_ID = x12"]),
        ("a.yml", "acme_id: ${ACME_ID:-x12}\n", ["acme_id = x12"]),
        ("a.yml", "acme_id: ${ACME_ID}\n", ["acme_id = `${ACME_ID}`"]),
        ("a.yml", "acme_id: '%env(ACME_ID)%'\n", ["acme_id = `%env(ACME_ID)%`"]),
        ("config/sync/mod.settings.yml", "account: x12\nnote: acme\n", ["mod.settings.account = x12"]),
        ("a.toml", '[a.acme]\nid = "x12"\n[b]\nid = "y"\n', ["a.acme.id = x12"]),
        ("a.toml", 'acme = { id = "x12" }\nb = ["acme"]\n', ["acme.id = x12", "b = acme"]),
        ("a.toml", 'a.acme_id = "x12" # note\n', ["a.acme_id = x12"]),
        ("a.toml", 'a = """\nso that\nacme_id = 1 or so\n"""\nacme_id = 123\n', ["acme_id = 123"]),
        (".env", "ACME_ID=x12\n#ACME_ID=y\nexport B_ACME_ID='z34'\n", ["ACME_ID = x12", "B_ACME_ID = z34"]),
        (".env.example", "ACME_ID=x12\n", ["ACME_ID = x12 [dormant]"]),
        ("a.properties", "acme.id=x12\n", ["acme.id = x12"]),
        ("a.ini", "[acme]\nid = x12 ; note\n", ["acme.id = x12"]),
    ],
)
def test_data(path: str, code: str, expected: list[str]) -> None:
    assert told(path, code) == expected


@pytest.mark.parametrize(
    ("path", "code", "expected"),
    [
        ("a.js", "const c = { a: { acmeId: 'x12' } };", ["c.a.acmeId = x12"]),
        ("a.js", "window.site = { acme: { id: 'x12', on: true } };", ["site.acme.id = x12"]),
        ("a.js", "export default { acmeId: ID }; const ID = 'x12';", ["acmeId = x12"]),
        ("a.js", "const ACME_ID = process.env.ACME_ID || 'x12';", ["a.ACME_ID = x12"]),
        ("a.js", "const id = import.meta.env.VITE_ACME_ID ?? 'x12';", ["a.VITE_ACME_ID = x12"]),
        ("a.js", "const id = live ? { acmeId: 'x12' } : null;", ["acmeId = x12"]),
        ("a.js", "site.acmeId = 'x12';", ["a.site.acmeId = x12"]),
        ("a.ts", "class A { acmeId = 'x12'; }\nenum B { ACME_ID = 'y12' }", ["a.acmeId = x12", "a.ACME_ID = y12"]),
        ("a.ts", "const { acmeId = 'x12' } = props; function f(acmeId = 'y12') {}", ["a.acmeId = x12", "a.acmeId = y12"]),
        ("a.ts", "const p = { acmeId: { type: String, default: 'x12' } };", ["p.acmeId = x12"]),
        ("a.tsx", "const a = <Layout acmeId='x12' id={process.env.ACME_ID ?? 'y12'} />;", ["Layout.acmeId = x12", "Layout.ACME_ID = y12"]),
        (
            "src/config.ts",
            "export default { acmeId: '', b: { acmeId: process.env.ACME } };",
            ["acmeId = ", "b.acmeId = `process.env.ACME`"],
        ),
        ("src/config.ts", "export default { acme: { id: 'x12', enabled: false } };", ["acme.id = x12 [dormant]", "acme.enabled = false"]),
        ("a.js", "const a = [{ name: 'acme', id: 'x12' }, ['acme', { id: 'y12' }]];", ["a.acme.id = x12", "a.acme.id = y12"]),
        ("components/Acme.astro", "---\nconst { siteId = 'x1234' } = Astro.props;\n---\n<b>acme</b>", ["Acme.siteId = x1234"]),
        ("components/Acme/index.svelte", "<script>export let siteId = 'x1234'</script><b>acme</b>", ["Acme.siteId = x1234"]),
    ],
)
def test_scripts(path: str, code: str, expected: list[str]) -> None:
    assert told(path, code) == expected


@pytest.mark.parametrize(
    ("path", "code", "expected"),
    [
        ("config/services.php", "<?php return ['acme' => ['id' => env('ACME_ID', 'x12')]];", ["services.acme.id = x12"]),
        ("config/services.php", "<?php return ['acme_id' => env('ACME_ID')];", ["services.acme_id = `env('ACME_ID')`"]),
        ("config/services.php", "<?php return ['acme_id' => $_ENV['X'] ?? 'x12'];", ["services.acme_id = x12"]),
        ("a.php", "<?php define('ACME_ID', 'x12'); $config['acme']['id'] = 'y12';", ["ACME_ID = x12", "config.acme.id = y12"]),
        ("a.php", "<?php class A { const ACME_ID = 'x12'; public $acme_id = 123; }", ["ACME_ID = x12", "acme_id = 123"]),
        (
            "a.php",
            "<?php update_option('acme_id', 'x12'); Configuration::updateValue('ACME_ID', 'y12');",
            ["acme_id = x12", "ACME_ID = y12"],
        ),
        ("a.php", "<?php $a = [['name' => 'acme', 'id' => 'x12']];", ["a.acme.id = x12"]),
        ("settings.py", 'ACME_ID = "x12"\nB: str = os.environ.get("ACME_ID", "y12")\n', ["ACME_ID = x12", "ACME_ID = y12"]),
        ("settings.py", "A = {\n    'acme': {\n        'id': 'x12',\n    },\n}\n", ["acme.id = x12"]),
        ("a.rb", "config.acme_id = 'x12'\nhandler :acme, { id: 'y12' }\n", ["acme_id = x12", "acme.id = y12"]),
        ("a.rb", "activate :acme do |a|\n  a.key = 'x12'\nend\n", ["acme.key = x12"]),
        ("A.cs", 'const string AcmeId = "x12"; options["AcmeId"] = "y12";', ["AcmeId = x12", "AcmeId = y12"]),
        ("Dockerfile", "ENV ACME_ID=x12\nARG ACME_ID\n", ["ACME_ID = x12"]),
        ("web.config", "<?xml version='1.0'?><appSettings><add key='AcmeId' value='x12'/></appSettings>", ["appsettings.AcmeId = x12"]),
        ("config.xml", "<?xml version='1.0'?><default><acme><id>x12</id></acme></default>", ["default.acme.id = x12"]),
        ("strings.xml", "<?xml version='1.0'?><resources><string name='acme_id'>x12</string></resources>", ["resources.acme_id = x12"]),
        ("a.html", '<script src="/x.js" data-acme-id="x12"></script>', ["script.data-acme-id = x12"]),
        ("a.html", '<div data-options=\'{"acmeId": "x12"}\'></div>', ["acmeId = x12"]),
    ],
)
def test_code(path: str, code: str, expected: list[str]) -> None:
    assert told(path, code) == expected


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("a.json", '{"acmeId": {"type": "string"}, "acme_label": "x12", "acme_id": "The id of Acme"}'),
        ("a.json", '{"type": "text", "id": "acme_id", "label": "Id", "default": "x12"}'),
        ("a.json", '{"acme": "https://acme.example/x12"}'),
        ("a.json", '{"acme": {"key": "acme"}}'),
        ("schema.json", '{"acmeId": "x12"}'),
        ("locales/de.json", '{"acmeId": "x12"}'),
        ("package-lock.json", '{"acmeId": "x12"}'),
        ("a.yml", "acme_id: acme_id\n"),
        ("a.js", "const acmeId = props.acmeId; let acmeId2 = ''; const x = { acmeId, acme: f('x12') };"),
        ("a.js", "if (acmeId === 'x12') log('acmeId', 'x12');"),
        ("a.ts", "interface A { acmeId: string } type B = { acmeId: 'x12' };"),
        ("a.js", "const config = { authDomain: 'a', acmeMeasurementId: 'x12' };"),
        ("a.php", "<?php get_option('acme_id', 'x12'); if ($acme_id == 'x12') {} $a = ['acme_id' => ''];"),
        ("a.php", "<?php $fields = ['acme_id' => ['type' => 'text', 'default' => '']];"),
        ("a.py", "# ACME_ID = x12\nif acme_id == 'x12': print('acme_id', 'x12')\n"),
        ("a.html", '<div data-label="acme" data-acme-id=""></div>'),
        ("components/Other.astro", "---\nconst { siteId = size } = Astro.props;\n---\n<b>acme</b>"),
    ],
)
def test_no_settings(path: str, code: str) -> None:
    assert told(path, code) == []


@pytest.mark.parametrize(
    ("text", "count"), [("GA_ID", 1), ("NEXT_PUBLIC_GA_ID", 1), ("$ga_id", 1), ("mega_id", 0), ("ga_idx", 0), ("gaid", 0), ("_ga_id", 0)]
)
def test_a_short_name_of_several_words_may_follow_other_words(text: str, count: int) -> None:
    assert len(list(places("ga_id", text.lower()))) == count


def test_places() -> None:
    code = '{"a": {"acmeId": "x1\\u0032", "acme_id": ""}}'
    pieces = [piece for piece in reading_of("a.json", code, LITERALS).evidence if isinstance(piece, Setting)]
    assert [code[slice(*piece.span)] for piece in pieces] == ["x1\\u0032", "acme_id"]
    assert [code[slice(*piece.block)] for piece in pieces] == ['"acmeId": "x1\\u0032"', '"acme_id": ""']
    assert pieces[0].value.text == "x12"


def test_modules_of_a_configuration_are_imports() -> None:
    code = "export default { modules: ['pixel-acme', ['pixel-acme', { id: 'x12' }]], other: ['pixel-acme'] };"
    for path, count in (("nuxt.config.ts", 2), ("src/menu.ts", 0)):
        pieces = [piece for piece in reading_of(path, code, LITERALS).evidence if isinstance(piece, Import)]
        assert [piece.package for piece in pieces] == ["pixel-acme"] * count


@pytest.mark.parametrize(("disabled", "state"), [("false", "active"), ("true", "dormant")])
def test_blocks_of_shopify_apps(disabled: str, state: str) -> None:
    code = f'{{"blocks": {{"1": {{"type": "shopify:\\/\\/apps\\/acme\\/blocks\\/b\\/1", "disabled": {disabled}}}}}}}'
    pieces = [piece for piece in reading_of("config/settings_data.json", code, LITERALS).evidence if isinstance(piece, Plugin)]
    assert [(piece.platform, piece.slug, piece.state) for piece in pieces] == [("shopify", "acme", state)]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("a.json", '{"acmeId":' * 10_000),
        ("a.json", "[" + '{"name":"acme","id":1},' * 10_000 + "]"),
        ("a.yml", "a: &a [acme]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(8_000))),
        ("a.toml", "acme = {" * 10_000),
        (".env", "ACME_ID=\n" * 20_000),
        ("a.js", "const a = {" + "acmeId: {" * 4_000),
        ("a.js", "const a = [" + "['acme', {id: 'x12'}]," * 10_000 + "];"),
        ("a.js", "const a = {" + ",".join(f"acmeId{n}: 'x12'" for n in range(10_000)) + "};"),
        ("a.php", "<?php $a = [" + "'acme_id' => [" * 3_000),
        ("a.php", "<?php $a = [" + "'acme_id' => 'x12'," * 10_000 + "];"),
        ("a.py", "acme_id = {\n" * 10_000),
        ("a.py", "acme_id " * 20_000),
        ("a.xml", "<?xml version='1.0'?>" + "<acme_id>" * 10_000),
        ("a.html", "<div " + "data-acme-id='x12' " * 8_000 + ">"),
    ],
)
def test_hostile_texts_take_linear_time(path: str, code: str) -> None:
    started = time.process_time()
    reading_of(path, code, LITERALS)
    assert time.process_time() - started < 8
