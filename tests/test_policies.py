"""Content-Security-Policies and proxies: what is let through and passed on, whatever the file is written in."""

import time

import pytest

from linter.catalog import Catalog
from linter.check import check_source
from linter.evidence import Url
from linter.leaflets import compile_index, load_leaflets
from linter.ways_in import policy_vendor
from tests.serving_support import policies, proxies, served, told

CATALOG = Catalog(compile_index(load_leaflets()))


@pytest.mark.parametrize(
    ("path", "code"),
    [
        (".htaccess", "Header set Content-Security-Policy \"script-src 'self' https://tracker.example\"\n"),
        ("apache/site.conf", "Header always set Content-Security-Policy \"script-src 'self' \\\n  https://tracker.example;\"\n"),
        ("nginx.conf", "add_header Content-Security-Policy \"img-src *;\n  script-src 'self'\n    https://tracker.example;\" always;\n"),
        ("nginx/sites-available/site", "server {\n add_header Content-Security-Policy-Report-Only \"script-src tracker.example\";\n}\n"),
        ("Caddyfile", "example.org {\n  header Content-Security-Policy \"script-src 'self' tracker.example\"\n}\n"),
        ("public/_headers", "/*\n  Content-Security-Policy: default-src 'self'; script-src 'self' https://tracker.example/x/\n"),
        ("netlify.toml", "Content-Security-Policy = '''\n  script-src\n    'self'\n    https://tracker.example;\n'''\n"),
        ("vercel.json", '{"key": "Content-Security-Policy", "value": "script-src \'self\' https:\\/\\/tracker.example"}'),
        ("staticwebapp.config.json", '{"globalHeaders": {"content-security-policy": "script-src https://tracker.example"}}'),
        ("web.config", '<add name="Content-Security-Policy" value="script-src &#39;self&#39; https://tracker.example;" />'),
        ("index.html", "<meta http-equiv=Content-Security-Policy content=\"script-src 'self' https://tracker.example\">"),
        ("app.tsx", "<meta httpEquiv='Content-Security-Policy' content={`script-src 'self' https://tracker.example 'nonce-${nonce}'`} />"),
        ("server.js", "const csp = \"script-src 'self' \" + own + \" https://tracker.example; \";"),
        ("a.php", "<?php header('Content-Security-Policy: script-src \\'self\\' ' . $host . ' https://tracker.example;');"),
        ("helmet.js", "helmet({ directives: { scriptSrc: [\"'self'\", isDev && \"'unsafe-eval'\", 'https://tracker.example'] } })"),
        ("nuxt.config.ts", "export default { security: { 'script-src': [\"'self'\", 'https://tracker.example'] } }"),
        ("csp.ts", "const scriptSrcUrls = ['https://tracker.example'];\nhelmet({ scriptSrc: [\"'self'\", ...scriptSrcUrls] });"),
        ("settings.py", "CSP_SCRIPT_SRC: tuple[str, ...] = (\"'self'\", 'tracker.example')"),
        ("conf.py", "CONTENT_SECURITY_POLICY = {'DIRECTIVES': {'script-src': [SELF, 'https://tracker.example']}}"),
        ("app.py", "csp = {'script-src': \"'self' https://tracker.example\"}\nTalisman(app, content_security_policy=csp)"),
        ("csp.rb", "policy.script_src :self, :https, -> { \"nonce-#{n}\" },\n  'https://tracker.example'"),
        ("headers.rb", "config.csp = { script_src: %w('self' tracker.example) }"),
        ("Policy.php", "<?php $this->addDirective(Directive::SCRIPT, ['self', 'https://tracker.example']);"),
        ("Csp.php", "<?php new Mutation(MutationMode::Extend, Directive::ScriptSrc, new UriValue('https://tracker.example'));"),
        ("nelmio.yaml", "csp:\n  all:\n    script-src:\n      - 'self'\n      - 'https://tracker.example' # x\n    img-src: ['self']\n"),
        ("csp.yaml", "mutations:\n  - mode: extend\n    directive: 'script-src'\n    sources:\n      - 'https://tracker.example'\n"),
        ("csp.toml", '[csp.site]\nscript-src = ["self", "tracker.example"]\n'),
        ("etc/csp_whitelist.xml", '<policy id="script-src"><values><value id="a" type="host">tracker.example</value></values></policy>'),
        ("nwebsec.config", '<csp><script-src self="true"><add source="tracker.example" /></script-src></csp>'),
        ("Startup.cs", 'builder.AddScriptSrc().Self().From("https://tracker.example");'),
        ("main.tf", "content_security_policy = \"script-src 'self' https://tracker.example\"\n"),
        ("dump.sql", "INSERT INTO `wp_options` VALUES (1,'csp','script-src \\'self\\' https://tracker.example; img-src *','yes');\n"),
    ],
)  # fmt: skip
def test_a_policy_wherever_it_is_written(path: str, code: str) -> None:
    found = [line for line in policies(path, code) if "tracker" in line]
    assert [line.partition("/")[0] for line in found] == ["script-src: tracker.example"]
    assert told(path, code, "script", "code", "data", "request") == []


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("app.js", "load({ scriptSrc: 'https://tracker.example/x.js' })"),
        ("app.js", "const imgSrc = 'https://tracker.example/pixel?id=1'; const frameSrc = '/a.html';"),
        ("page.html", '<div data-img-src="https://tracker.example"></div>'),
        ("page.html", "<p>Add script-src 'self' https://tracker.example to the policy.</p>"),
        ("page.html", "<code>script-src 'self' https://tracker.example</code>"),
        ("filters.txt", "||site.example^$csp=script-src 'self' https://tracker.example\n"),
        ("rules.js", "const rule = \"$csp=script-src 'self' https://tracker.example\";"),
        ("README.md", "```\nContent-Security-Policy: script-src 'self' https://tracker.example\n```\n"),
        ("csp.js", "const csp = \"frame-ancestors https://tracker.example; report-uri https://tracker.example/r; script-src 'none'\";"),
        ("notes.py", "# script-src must list tracker.example some day\n"),
    ],
)
def test_what_is_no_policy(path: str, code: str) -> None:
    assert policies(path, code) == []


@pytest.mark.parametrize(
    ("path", "code"),
    [
        (".htaccess", "# Header set Content-Security-Policy \"script-src 'self' https://tracker.example\"\n"),
        ("a.js", "// const csp = \"script-src 'self' https://tracker.example\";\n"),
        ("a.js", "/*\n const csp = \"script-src 'self' https://tracker.example\";\n*/\n"),
        ("a.html", '<!-- <meta http-equiv="Content-Security-Policy" content="script-src \'self\' tracker.example"> -->'),
        ("helmet.js", "helmet({ scriptSrc: [\"'self'\",\n // 'https://tracker.example',\n] })"),
    ],
)
def test_a_policy_that_is_commented_out_is_dormant(path: str, code: str) -> None:
    assert told(path, code, "policy")[-1].endswith("tracker.example [dormant]")


def test_a_folder_of_all_files_in_headers_is_no_comment() -> None:
    assert told("_headers", "/*\n  Content-Security-Policy: script-src tracker.example\n", "policy") == ["tracker.example"]


def test_all_hosts_of_a_policy_are_told_with_their_directives() -> None:
    code = "p = [\"default-src 'self'\", 'script-src-elem https://tracker.example', 'img-src a.example', 'form-action b.example'];"
    assert policies("p.js", code) == ["script-src: tracker.example", "img-src: a.example", "form-action: b.example"]
    blocks = {piece.block for piece in served("p.js", code) if isinstance(piece, Url)}
    assert len(blocks) == 1


def test_a_directive_again_is_the_next_policy() -> None:
    code = 'const a = "script-src tracker.example; img-src *";\nconst b = "script-src tracker.example";\n'
    assert len({piece.block for piece in served("p.js", code) if isinstance(piece, Url)}) == 2


@pytest.mark.parametrize(
    ("host", "directives", "vendor"),
    [
        ("connect.facebook.net", "script-src", "meta-pixel"),
        ("*.facebook.net", "script-src", "meta-pixel"),
        ("www.facebook.com", "img-src", "meta-pixel"),
        ("www.facebook.com", "frame-src", None),
        ("www.facebook.com", "frame-src img-src", "meta-pixel"),
        ("graph.facebook.com", "connect-src", None),
        ("region1.google-analytics.com", "connect-src", "google-analytics"),
        ("*.googletagmanager.com", "script-src", "google-tag-manager"),
        ("t.co", "img-src", "x"),
        ("t.co", "frame-src", None),
        ("www.google.com", "script-src", None),
        ("*.google.com", "script-src", None),
        ("maps.googleapis.com", "script-src", None),
        ("www.redditstatic.com", "script-src", "reddit"),
        ("example.org", "script-src", None),
    ],
)
def test_whose_host_it_is(host: str, directives: str, vendor: str | None) -> None:
    piece = Url(span=(0, 1), block=(0, 1), unit=(0, 1), state="active", via=("json",), url=host, role="policy", key=directives)
    assert policy_vendor(piece, CATALOG) == vendor


def test_a_path_tells_more_than_its_host() -> None:
    code = "Content-Security-Policy: script-src https://www.googletagmanager.com/gtag/js https://connect.facebook.net/en_US/sdk.js\n"
    rules = [finding.rule for finding in check_source("_headers", f"/*\n  {code}".encode(), CATALOG).findings]
    assert "meta-sdk/csp" in rules
    assert "meta-pixel/csp" not in rules


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("nginx.conf", "location /px/ {\n    proxy_pass https://tracker.example/;\n}\n"),
        ("nginx.conf", "location /px/ {\n  set $up https://tracker.example;\n  proxy_pass $up;\n}\n"),
        ("nginx.conf", "upstream px { server tracker.example:443; }\nlocation / { proxy_pass https://px; }\n"),
        ("apache.conf", 'ProxyPass "/px/" "https://tracker.example/"\n'),
        (".htaccess", "RewriteRule ^px/(.*)$ https://tracker.example/$1 [QSA,P,L]\n"),
        ("web.config", '<action type="Rewrite" url="https://tracker.example/{R:1}" />'),
        ("Caddyfile", "site {\n reverse_proxy /px/* https://tracker.example\n}\n"),
        ("traefik.yml", "services:\n  px:\n    loadBalancer:\n      servers:\n        - url: https://tracker.example\n"),
        ("_redirects", "/px/*  https://tracker.example/:splat  200!\n"),
        ("netlify.toml", '[[redirects]]\nfrom = "/px/*"\nto = "https://tracker.example/:splat"\nstatus = 200\n'),
        ("vercel.json", '{"rewrites": [{"source": "/px/:path*", "destination": "https://tracker.example/:path*"}]}'),
        ("next.config.js", "export default { rewrites: () => [{ source: '/px', destination: 'https://tracker.example/x' }] };"),
        ("nuxt.config.ts", "export default { routeRules: { '/px/**': { proxy: 'https://tracker.example/**' } } }"),
        ("nuxt.config.ts", "export default { routeRules: { '/px/**': { proxy: { to: 'https://tracker.example/**' } } } }"),
        ("server/px.ts", "export default defineEventHandler((event) => proxyRequest(event, 'https://tracker.example/x'))"),
        ("server.js", "app.use('/px', createProxyMiddleware({ target: 'https://tracker.example', changeOrigin: true }));"),
        ("server.js", "const proxy = require('express-http-proxy');\napp.use('/px', proxy('https://tracker.example'));"),
        ("gatsby-config.js", "module.exports = { partytownProxiedURLs: ['https://tracker.example/x.js'] };"),
        ("astro.config.mjs", "partytown({ resolveUrl(url) { if (url.host === 'tracker.example') return new URL('/px', own); } })"),
        ("worker.js", "addEventListener('fetch', (e) => e.respondWith(fetch('https://tracker.example' + new URL(e.url).pathname)));"),
        ("worker.js", "const HOST = 'tracker.example';\nexport default { fetch() { u.hostname = HOST; return new Response(go(u)); } };"),
        ("api/px.ts", "const r = await fetch('https://tracker.example/x.js'); return new NextResponse(await r.text());"),
        ("px.php", "<?php readfile('https://tracker.example/x.js');"),
        ("px.py", "def px(request):\n    return HttpResponse(requests.get('https://tracker.example/x.js').content)\n"),
    ],
)  # fmt: skip
def test_a_proxy_wherever_it_is_written(path: str, code: str) -> None:
    found = proxies(path, code)
    assert len(found) == 1
    assert found[0].removeprefix("https://").startswith("tracker.example")
    assert told(path, code, "script", "code", "request") == []


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("nginx.conf", "location /x { return 301 https://tracker.example/; }\n"),
        ("nginx.conf", "rewrite ^/x https://tracker.example/ redirect;\n"),
        (".htaccess", "RewriteRule ^x$ https://tracker.example/ [R=301,L]\n"),
        ("web.config", '<action type="Redirect" url="https://tracker.example/" />'),
        ("_redirects", "/x https://tracker.example/ 302\n/y https://tracker.example/\n"),
        ("netlify.toml", '[[redirects]]\nfrom = "/x"\nto = "https://tracker.example/"\nstatus = 301\n'),
        ("vercel.json", '{"redirects": [{"source": "/x", "destination": "https://tracker.example/"}]}'),
        ("next.config.js", "async redirects() { return [{ source: '/x', destination: 'https://tracker.example', permanent: true }]; }"),
        ("app.js", "const options = { target: 'https://tracker.example' };"),
        ("api/events.js", "await fetch('https://tracker.example/v1/events', { method: 'POST', body }); res.send('ok');"),
        ("api/check.js", "const r = await fetch('https://tracker.example/x.js', { method: 'HEAD' }); res.send(r.ok);"),
        ("page.js", "fetch('https://tracker.example/x.js').then(run);"),
        ("README.md", "```\nproxy_pass https://tracker.example/;\n```\n"),
        ("partytown.js", "resolveUrl: (url) => { const nonProxied = ['tracker.example']; return url; }"),
    ],
)  # fmt: skip
def test_what_is_no_proxy(path: str, code: str) -> None:
    assert proxies(path, code) == []


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("vite.config.ts", "export default defineConfig({ server: { proxy: { '/px': { target: 'https://tracker.example' } } } })"),
        ("vue.config.js", "module.exports = { devServer: { proxy: { '/px': { target: 'https://tracker.example' } } } }"),
        ("src/setupProxy.js", "app.use(createProxyMiddleware({ target: 'https://tracker.example' }))"),
        ("nginx.conf", "# location /px { proxy_pass https://tracker.example; }\n"),
        ("next.config.js", "async rewrites() { return [\n // { source: '/px', destination: 'https://tracker.example' },\n ]; }"),
    ],
)
def test_what_only_a_development_server_does_or_is_commented_out_is_dormant(path: str, code: str) -> None:
    assert proxies(path, code) == ["https://tracker.example [dormant]"]


def test_a_service_worker_that_keeps_a_script_loads_it() -> None:
    code = "const x = ['/', 'https://tracker.example/x.js'];\naddEventListener('install', () => caches.open('a').then((c) => c.addAll(x)));"
    assert told("sw.js", code, "script") == ["https://tracker.example/x.js"]


def test_the_path_that_is_rewritten_is_part_of_the_proxy() -> None:
    code = "const rewrites = () => [{ source: '/px/tracker.example/x.js', destination: 'https://tracker.example/x.js' }];"
    assert told("next.config.js", code, "proxy", "script", "code") == ["https://tracker.example/x.js"]


@pytest.mark.parametrize(
    "code",
    [
        "script-src " * 60_000 + "tracker.example",
        "script-src: [" * 20_000 + "'tracker.example'",
        "script-src 'self' " + "https://tracker.example " * 20_000,
        "scriptSrc = " + "(" * 100_000 + "tracker.example",
        "script-src ${" * 20_000 + "tracker.example",
        "const A = ['tracker.example']; scriptSrc: [" + "...A, " * 20_000 + "'self']",
        "proxy_pass tracker.example " * 20_000,
        "destination: 'tracker.example' rewrites " * 10_000,
        "resolveUrl " + "a" * 100_000 + " === 'tracker.example'",
        "user_data: {" * 20_000 + "tracker.example",
        "a." * 100_000 + "tracker.example script-src x",
    ],
)
@pytest.mark.parametrize("path", ["a.js", "a.conf", "_headers"])
def test_hostile_text_takes_linear_time(path: str, code: str) -> None:
    from linter.languages import Language
    from linter.probe import LiteralProbe
    from linter.readers.serving import Serving
    from linter.reading import Reading
    from linter.text import Source

    source = Source(path, code.encode())
    reading = Reading(source, LiteralProbe(("tracker.example",)))
    began = time.perf_counter()
    serving = Serving(source.slice(), Language("code", "shell"), reading)
    serving.read()
    serving.settle()
    assert time.perf_counter() - began < 6


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("_headers", "/*\n  Link: <https://tracker.example>; rel=preconnect\n"),
        (".htaccess", 'Header add Link "<https://tracker.example>; rel=preconnect; crossorigin"\n'),
        ("vercel.json", '{"key": "Link", "value": "<https://tracker.example>; rel=\\"dns-prefetch\\""}'),
        ("a.php", "<?php header('Link: <https://tracker.example>; rel=preload; as=script', false);"),
    ],
)
def test_a_hint_in_a_header(path: str, code: str) -> None:
    assert told(path, code, "hint") == ["https://tracker.example"]


@pytest.mark.parametrize("path", ["_headers", "nginx.conf"])
def test_a_canonical_address_is_no_hint(path: str) -> None:
    assert told(path, "Link: <https://tracker.example>; rel=canonical\n", "hint") == []
