"""The HTML reader: a browser's view of what runs, what is loaded and what is a comment, raw text or an attribute."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.readers.markup import attributes, tokens
from tests.reading_support import told, underlined

URL = "https://connect.facebook.net/en_US/fbevents.js"
PIXEL = "https://www.facebook.com/tr?id=1"
CALL = "fbq('track', 'Lead')"

LOADS = {
    f'<script src="{URL}"></script>': f"script {URL}",
    f"<SCRIPT SRC={URL}></SCRIPT>": f"script {URL}",
    f"<script\n async\n src = '{URL}'\n></script>": f"script {URL}",
    f'<script type="rocketlazyloadscript" data-rocket-src="{URL}"></script>': f"script {URL}",
    f'<script type="litespeed/javascript" data-src="{URL}"></script>': f"script {URL}",
    f'<script type="0123456789abcdef01234567-text/javascript" src="{URL}"></script>': f"script {URL}",
    f'<script type="text/partytown" src="{URL}"></script>': f"script {URL}",
    f'<script type="module" src="{URL}"></script>': f"script {URL}",
    f'<img src="{PIXEL}&amp;ev=Lead">': f"image {PIXEL}&ev=Lead",
    f"<img src={PIXEL}&ev=PageView>": f"image {PIXEL}&ev=PageView",
    f'<noscript><img src="{PIXEL}"/></noscript>': f"image {PIXEL} noscript",
    f'<iframe src="{PIXEL}"></iframe>': f"frame {PIXEL}",
    f'<amp-pixel src="{PIXEL}"></amp-pixel>': f"image {PIXEL}",
    f'<svg><image href="{PIXEL}"/></svg>': f"image {PIXEL}",
    f'<link rel="preconnect" href="{URL}">': f"hint {URL}",
    f'<link rel="preload" as="script" href="{URL}">': f"hint {URL}",
    f'<link rel="stylesheet" href="{PIXEL}">': f"style {PIXEL}",
    f'<a href="{PIXEL}">': f"link {PIXEL}",
    f'<form action="{PIXEL}">': f"form {PIXEL}",
    f'<div style="background: url({PIXEL})">': f"image {PIXEL}",
    f'<iframe srcdoc="&lt;img src=&quot;{PIXEL}&quot;&gt;"></iframe>': f"image {PIXEL}",
    f"<script>{CALL}</script>": CALL,
    f'<button onclick="{CALL}">': CALL,
    '<button onclick="fbq(&#39;track&#39;, &quot;Lead&quot;)">': CALL,
    f'<a href="javascript:{CALL}">': CALL,
    f'<script src="data:text/javascript,{CALL.replace(" ", "%20")}"></script>': CALL,
    '<script src="data:text/javascript;base64,ZmJxKCd0cmFjaycsICdMZWFkJyk="></script>': CALL,
    f"<script><!--\n{CALL}\n//--></script>": CALL,
    f"<script>//<![CDATA[\n{CALL}\n//]]></script>": CALL,
    f"<pre><script>{CALL}</script></pre>": CALL,
    f"<svg><script>{CALL}</script></svg>": CALL,
    f"<script>var a = '<!-- <script>'; {CALL}; var b = '</scr' + 'ipt>'</script>": CALL,
    f"<!--[if !IE]><!--><script>{CALL}</script><!--<![endif]-->": CALL,
    f"<div title=a>b><script>{CALL}</script>": CALL,
    f'<div data-x="a>b"><script>{CALL}</script>': CALL,
    f"<p title=it's><script>{CALL}</script>": CALL,
}


@pytest.mark.parametrize(("code", "line"), LOADS.items())
def test_what_runs_is_told(code: str, line: str) -> None:
    assert line in told("a.html", f"<!doctype html>\n{code}\n")


STATES = {
    f"<!-- <script>{CALL}</script> -->": "[dormant]",
    f"<!--[if lt IE 9]><script>{CALL}</script><![endif]-->": "[dormant]",
    f"<template><script>{CALL}</script></template>": "[dormant]",
    f'<script type="text/plain">{CALL}</script>': "[dormant]",
    f'<script type="text/plain" data-cookieconsent="marketing">{CALL}</script>': "[consent-gated]",
    f'<script type="text/plain" class="optanon-category-C0004">{CALL}</script>': "[consent-gated]",
    f'<script type="text/plain" data-category="marketing" data-service="facebook">{CALL}</script>': "[consent-gated]",
    f'<script type="text/plain" data-type="application/javascript" data-name="facebook">{CALL}</script>': "[consent-gated]",
    f'<script type="text/plain" data-categories="advertising">{CALL}</script>': "[consent-gated]",
    f'<script data-cookieyes="cookieyes-advertisement">{CALL}</script>': "[consent-gated]",
    f'<script data-osano="MARKETING">{CALL}</script>': "[consent-gated]",
    f'<script type="text/plain" class="_iub_cs_activate">{CALL}</script>': "[consent-gated]",
    f'<script type="text/plain" data-usercentrics="Facebook Pixel">{CALL}</script>': "[consent-gated]",
    f'<script type="text/javascript" data-cookieconsent="ignore">{CALL}</script>': "",
    f'<script type="text/javascript" class="optanon-category-C0004">{CALL}</script>': "",
}


@pytest.mark.parametrize(("code", "state"), STATES.items())
def test_states(code: str, state: str) -> None:
    (line,) = told("a.html", f"<html>{code}")
    assert line == f"{CALL} {state}".strip()


@pytest.mark.parametrize(
    "code",
    [
        f"<textarea><script>{CALL}</script></textarea>",
        f"<title><script>{CALL}</script></title>",
        f"<pre>&lt;script&gt;{CALL}&lt;/script&gt;</pre>",
        f"<p>Paste {CALL} into {URL}</p>",
        f"<style>/* {CALL} */</style>",
        f'<script type="application/ld+json">{{"x": "{CALL}"}}</script>',
        f'<input value="<script>{CALL}</script>">',
        f"<iframe><script>{CALL}</script></iframe>",
        f"<xmp><script>{CALL}</script></xmp>",
        f"<!-- the pixel {CALL} was here -->",
    ],
)
def test_what_a_browser_does_not_run_is_not_told(code: str) -> None:
    assert told("a.html", f"<html>{code}") == []


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (f'<img src="  {PIXEL}&amp;ev=Lead ">', f"{PIXEL}&amp;ev=Lead"),
        (f"<button onclick='go(); {CALL.replace(chr(39), chr(34))}; end()'>", CALL.replace("'", '"')),
        ('<a onclick="fbq(&#39;track&#39;)">', "fbq(&#39;track&#39;)"),
        ('<script src="data:text/javascript;base64,ZmJxKCd0cmFjaycsICdMZWFkJyk="></script>', "ZmJxKCd0cmFjaycsICdMZWFkJyk"),
    ],
)
def test_underlined_text(code: str, text: str) -> None:
    assert underlined("a.html", code) == [text]


@given(st.text(alphabet="<>!-/='\" abcscriptSCRIPT\n", max_size=60))
def test_tokens_lie_in_order_in_the_text(text: str) -> None:
    last = 0
    for token in tokens(text):
        assert last <= token.begin <= token.end <= len(text)
        last = token.end
        for attribute in attributes(text, token) if token.kind == "start" else ():
            assert token.begin <= attribute.begin <= attribute.end <= token.end
