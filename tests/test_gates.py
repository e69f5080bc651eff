"""Whether code waits for consent, never runs, or runs: conditions, early returns, callbacks and callers in JavaScript and PHP."""

import pytest

from linter.check import check_source

CALL = "fbq('track', 'Lead');"


def states(path: str, code: str) -> list[str]:
    """The states of the findings, in their order."""
    return [finding.state for finding in check_source(path, code.encode()).findings]


@pytest.mark.parametrize(
    "code",
    [
        "if (hasConsent()) { CALL }",
        "if (!hasConsent()) { ask(); } else { CALL }",
        "if (localStorage.getItem('cookie-consent') === 'accepted') CALL",
        "if (cookieConsent !== 'denied') { CALL }",
        "hasConsent && fbq('track', 'Lead');",
        "!hasConsent || fbq('track', 'Lead');",
        "const x = hasConsent ? fbq('track', 'Lead') : null;",
        "function go() { if (!consent) return; CALL }",
        "function go() { if (getConsent() !== 'granted') { return; } CALL }",
        "const saved = readConsent(); if (saved.marketing) { CALL }",
        "function load() { CALL } if (consent.marketing) load();",
        "const load = () => { CALL }; onConsent(load);",
        "document.querySelector('#accept-cookies').addEventListener('click', function () { CALL });",
        "function load() { CALL } acceptAllBtn.addEventListener('click', load);",
        "function acceptCookies() { CALL }",
        "window.addEventListener('CookieConsentGiven', () => { CALL });",
    ],
)
def test_javascript_that_waits_for_consent(code: str) -> None:
    assert states("a.js", code.replace("CALL", CALL)) == ["consent-gated"]


@pytest.mark.parametrize(
    "code",
    [
        "if (!hasConsent()) { CALL }",
        "if (cookieConsent === 'denied') { CALL }",
        "if (ready) { CALL } else { consent(); }",
        "function go() { if (!ready) return; CALL }",
        "function load() { CALL } if (hasConsent) load(); window.addEventListener('load', load);",
        "export function load() { CALL } if (hasConsent) load();",
        "rejectCookies.addEventListener('click', () => { CALL });",
        "bookNow.addEventListener('click', () => { CALL });",
        "const sent = await fetch('/api', { body: JSON.stringify({ consent }) }); if (!sent.ok) throw new Error(); CALL",
        "function submit() { if (!agree) { warn(); return; } CALL }",
    ],
)
def test_javascript_that_runs(code: str) -> None:
    assert states("a.js", code.replace("CALL", CALL)) == ["active"]


@pytest.mark.parametrize(
    ("code", "state"),
    [
        ("<?php if (has_consent('m')) { ?><script>CALL</script><?php } ?>", "consent-gated"),
        ("<?php if (!has_consent('m')): ?>x<?php else: ?><script>CALL</script><?php endif; ?>", "consent-gated"),
        ("<?php if (!has_consent('m')): ?><script>CALL</script><?php endif; ?>", "active"),
        ("<?php function a() { if (!has_consent('m')) { return; } ?><script>CALL</script><?php }", "consent-gated"),
        ("<?php function a() { if (!has_consent('m')) return; } function b() { ?><script>CALL</script><?php }", "active"),
        ("<?php function a() { if (!has_consent('m')) return; ?>x<?php } function b() { ?><script>CALL</script><?php }", "active"),
        ("<?php function a() { if (is_admin()) return; ?><script>CALL</script><?php }", "active"),
        ('<?php function a() { if (!has_consent("m")) return; echo "<script>CALL</script>"; }', "consent-gated"),
        ('<?php if (!has_consent("m")) { ask(); } else { echo "<script>CALL</script>"; }', "consent-gated"),
        ('<?php if (has_consent("m")) { ask(); } else { echo "<script>CALL</script>"; }', "active"),
    ],
)
def test_php(code: str, state: str) -> None:
    assert states("a.php", code.replace("CALL", CALL)) == [state]
