"""What a server sends: calls of conversions APIs, what they say about a person, workflows, tokens, and traces on request."""

import json

import pytest

from linter.catalog import Catalog
from linter.check import check_source
from linter.findings import Finding
from linter.leaflets import compile_index, load_leaflets
from linter.readers.traces import is_notice
from linter.secrets import holds_token, mask
from tests.serving_support import elements, nodes, payloads, told

CATALOG = Catalog(compile_index(load_leaflets()))
ENDPOINT = "https://graph.facebook.com/v21.0/1234509876123450/events"
TOKEN = "a1B2c3D4e5F6g7H8i9J0k1L2"


def findings(path: str, code: str) -> list[Finding]:
    return list(check_source(path, code.encode(), CATALOG).findings)


def rules(path: str, code: str) -> list[str]:
    return [finding.rule for finding in findings(path, code)]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("a.php", f"<?php wp_remote_post('{ENDPOINT}', ['body' => $body]);"),
        ("a.php", "<?php $ch = curl_init('https://graph.facebook.com/v21.0/' . PIXEL . '/events?access_token=' . TOKEN);"),
        ("a.php", '<?php Http::post("https://graph.facebook.com/{$version}/{$pixel}/events", $payload);'),
        ("a.php", f"<?php $client = new \\GuzzleHttp\\Client(); $client->post('{ENDPOINT}', ['json' => $data]);"),
        ("a.js", "await axios.post(`https://graph.facebook.com/${V}/${PIXEL}/events`, payload);"),
        ("a.ts", "const url = 'https://graph.facebook.com/v21.0/' + pixel + '/events';\nawait fetch(url, { method: 'POST' });"),
        ("a.py", 'url = f"https://graph.facebook.com/v21.0/{PIXEL}/events"\nrequests.post(url, json=payload)\n'),
        ("a.rb", "uri = URI(\"https://graph.facebook.com/v21.0/#{ENV['PIXEL']}/events\")\nNet::HTTP.post(uri, body)\n"),
        ("a.go", f'resp, err := http.Post("{ENDPOINT}", "application/json", body)\n'),
        ("A.java", f'HttpRequest.newBuilder(URI.create("{ENDPOINT}"))\n'),
        ("a.sh", f'curl -X POST "{ENDPOINT}" -d @event.json\n'),
    ],
)
def test_the_endpoint_in_any_language(path: str, code: str) -> None:
    assert rules(path, code) == ["meta-capi/beacon"]


@pytest.mark.parametrize("path", ["posts", "me/messages", "insights", "feed"])
def test_other_edges_of_the_graph_are_none_of_it(path: str) -> None:
    assert rules("a.js", f"await fetch('https://graph.facebook.com/v21.0/123/{path}', {{ method: 'POST' }});") == []


@pytest.mark.parametrize(
    ("path", "code", "wanted"),
    [
        ("a.js", "send({ user_data: { em: [h(email)], ph, client_ip_address: ip } })", "request#user_data: em ph client_ip_address"),
        ("a.js", "const userData = {};\nuserData.em = h(a);\nuserData['ph'] = h(b);", "request#userData: em ph"),
        ("a.ts", "const userData: Record<string, string> = { fn: first };", "request#userData: fn"),
        (
            "a.php",
            "<?php $event = ['user_data' => array('em' => hash('sha256', $_POST['email']), 'db' => $dob)];",
            "request#user_data: em db",
        ),
        ("a.php", "<?php $user_data['em'] = $e; $user_data['ln'] = $l;", "request#user_data: em ln"),
        ("a.py", 'event = {"user_data": {"em": h(email), "nested": {"x": 1}, "zp": z}}', "request#user_data: em nested zp"),
        ("a.py", "user_data = dict(em=h(email), ph=h(phone))", "request#user_data: em ph"),
        ("a.rb", "user_data: { em: digest(email), external_id: id }", "request#user_data: em external_id"),
        ("a.json", '{"body": "{\\"user_data\\": {\\"em\\": \\"{{ $json.em }}\\"}}"}', "request#user_data: em"),
    ],
)
def test_what_is_said_about_a_person(path: str, code: str, wanted: str) -> None:
    assert payloads(path, code) == [wanted]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("a.ts", "interface E { user_data: { em: string; ph: string[] } }"),
        ("a.py", "class E(TypedDict):\n    user_data: Dict[str, str]\n"),
        ("a.js", "if (user_data === other) { em = 1 }"),
        ("a.js", "const new_user_data = { em: 1 };"),
        ("a.js", "state.user_data = { em: 1 };"),
    ],
)
def test_what_hands_nothing_over(path: str, code: str) -> None:
    assert payloads(path, code) == []


def test_the_names_of_personal_data_are_told() -> None:
    code = f"const e = {{ user_data: {{ em: h(a), db: born, fbp: cookie }} }};\nfetch('{ENDPOINT}', {{ method: 'POST' }});"
    matching = next(finding for finding in findings("a.js", code) if finding.kind == "advanced-matching")
    assert "is handed personal data (em, db) here" in matching.message


def test_personal_data_counts_only_beside_a_request_to_the_vendor() -> None:
    assert rules("a.js", "const e = { user_data: { em: h(a) } }; fetch('https://graph.facebook.com/v21.0/1/messages');") == []


NODES = [
    {"name": "Ask", "type": "n8n-nodes-base.httpRequest", "parameters": {"url": "=https://tracker.example/{{ $json.id }}/x"}},
    {"name": "Off", "type": "n8n-nodes-base.httpRequest", "parameters": {"url": "https://tracker.example/y"}, "disabled": True},
    {"name": "Code", "type": "n8n-nodes-base.code", "parameters": {"jsCode": "fetch('https://tracker.example/z');"}, "disabled": True},
    {"name": "Else", "type": "n8n-nodes-base.set", "parameters": {"x": 1}},
]


def test_the_nodes_of_a_workflow() -> None:
    code = json.dumps({"nodes": NODES, "connections": {}}, indent=1)
    assert nodes("lead.json", code) == [
        'n8n-nodes-base.httpRequest active json > node "Ask"',
        'n8n-nodes-base.httpRequest dormant json > node "Off"',
        'n8n-nodes-base.code dormant json > node "Code"',
    ]
    assert told("lead.json", code, "request") == [
        "https://tracker.example/{{ $json.id }}/x",
        "https://tracker.example/y [dormant]",
        "https://tracker.example/z [dormant]",
    ]
    assert told("lead.json", code, "data", "code", "script") == []


def test_flows_of_node_red_and_scenarios_of_make() -> None:
    red = [{"id": "1", "type": "http request", "name": "Ask", "url": "https://tracker.example/x", "d": True, "wires": [[]]}]
    assert told("flows.json", json.dumps(red), "request") == ["https://tracker.example/x [dormant]"]
    make = {"flow": [{"id": 2, "module": "http:ActionSendData", "parameters": {}, "mapper": {"url": "https://tracker.example/x"}}]}
    assert told("scenario.json", json.dumps(make), "request") == ["https://tracker.example/x"]


@pytest.mark.parametrize(
    "code", ['{"connections": [], "nodes": 3}', '[{"type": "http request"', '{"nodes":[{"type":1,"parameters":{}}],"connections":1}']
)
def test_broken_workflows_are_read_as_far_as_they_go(code: str) -> None:
    assert nodes("a.json", code + " tracker.example") == []


@pytest.mark.parametrize(
    "text",
    [
        f'"key": "apiAccessToken",\n      "value": "{TOKEN}"',
        f'"value": "{TOKEN}", "key": "apiAccessToken"',
        f"Authorization: Bearer {TOKEN}",
        f"'Authorization' => 'Bearer {TOKEN}'",
        f'"Access-Token": "{TOKEN}"',
        f"https://tr.snapchat.com/v3/1/events?access_token={TOKEN}&x=1",
        f"TIKTOK_ACCESS_TOKEN={TOKEN}",
        f"FB_CONVERSIONS_API_TOKEN: '{TOKEN}'",
        f'{{\\"access_token\\":\\"{TOKEN}\\"}}',
        "pina_AEABCDEFGHIJKLMNOPQRSTUV",
    ],
)
def test_tokens_of_all_vendors_are_masked(text: str) -> None:
    assert holds_token(text)
    masked = mask(text)
    assert len(masked) == len(text)
    assert TOKEN not in masked
    assert "**********" in masked


@pytest.mark.parametrize(
    "text",
    [
        "access_token: process.env.META_ACCESS_TOKEN_1",
        "access_token=${process.env.META_TOKEN_12345678}",
        "Authorization: `Bearer ${token}`",
        "Authorization: Bearer {{ $credentials.facebook.accessToken }}",
        "'access_token' => FB_ACCESS_TOKEN_CONSTANT",
        "access_token = get_access_token_value()",
        "accessToken: config.facebook.accessTokenValue",
        "csrf_token: 'abcdefghijklmnop123456'",
    ],
)
def test_what_only_gives_a_token_is_none(text: str) -> None:
    assert not holds_token(text)
    assert mask(text) == text


def test_a_token_that_is_written_out_is_to_be_revoked() -> None:
    with_token = findings("a.js", f"const T = 'EAAB{TOKEN}';\nawait fetch('{ENDPOINT}?access_token=' + T);")
    without = findings("a.js", f"const T = process.env.T;\nawait fetch('{ENDPOINT}?access_token=' + T);")
    assert "revoke it" in with_token[0].help
    assert "revoke it" not in without[0].help


def test_a_token_on_the_line_behind_its_name_is_masked_in_the_frame() -> None:
    node = f'{{"name": "n", "type": "x", "parameters": {{"accessToken":\n"{TOKEN}", "url": "{ENDPOINT}"}}}}'
    code = f'{{"connections": {{}}, "nodes": [{node}]}}'
    found = findings("a.json", code)
    assert found
    assert all(TOKEN not in line for finding in found for line in finding.lines)


@pytest.mark.parametrize(
    ("path", "notice"),
    [
        ("privacy.html", True),
        ("privacy-policy/index.html", True),
        ("app/privacy/page.tsx", True),
        ("content/datenschutz.md", True),
        ("pages/politica-de-privacidad.php", True),
        ("legal/cookie-policy.vue", True),
        ("locales/en/privacy.json", True),
        ("src/cookie-consent.js", False),
        ("privacy.test.ts", False),
        ("index.html", False),
        ("css/privacy.css", False),
    ],
)
def test_which_files_are_notices(path: str, notice: bool) -> None:
    assert is_notice(path) is notice


def test_a_notice_that_names_vendors_is_a_trace_of_each() -> None:
    code = "<!-- Hotjar --><p>We use Meta Pixel (Facebook Pixel) and Google Analytics.</p><script>var a = 'TikTok Pixel';</script>"
    found = findings("privacy.html", code)
    assert [(finding.rule, finding.severity, len(finding.related)) for finding in found] == [
        ("meta-pixel/trace", "note", 1),
        ("google-analytics/trace", "note", 0),
    ]
    assert rules("about.html", code) == []


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("zone.txt", '@ IN TXT "shop-verification=k3j2h1g4f5d6s7a8"'),
        ("dns.tf", 'records = ["shop-verification=k3j2h1g4f5d6s7a8"]'),
        ("layout.tsx", "export const metadata = { verification: { other: { 'shop-verification': 'k3j2h1g4f5d6s7a8' } } };"),
        ("a.yml", "txt: shop-verification=k3j2h1g4f5d6s7a8\n"),
    ],
)
def test_keys_of_domain_verifications(path: str, code: str) -> None:
    assert elements(path, code, "verification") == ["shop-verification"]


def test_prose_about_a_verification_is_no_key() -> None:
    assert elements("a.txt", "Add the shop-verification record to the zone.", "verification") == []
