"""Pages in a browser: what a page asks for, what goes wrong on it, what it looks like after clicks, what its forms send.

Every request is answered here: those of the page's own host from a folder, those of others by `Answers` or with nothing.
"""

import base64
import json
import mimetypes
import re
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from browser import Browser

HOST = "practice.example"
QUIET = 0.15
"""Seconds without a request after which a page is taken to be loaded."""

Answers = Mapping[str, tuple[str, str]]
"""What is served instead of nothing: address to content type and text."""

_ACT = """(async () => {
  const pause = () => new Promise(done => setTimeout(done, 30));
  addEventListener('click', event => {
    const link = event.target.closest('a[href]');
    if (link && !link.getAttribute('href').startsWith('#')) event.preventDefault();
  });
  const skipped = new Set(['SCRIPT', 'NOSCRIPT', 'STYLE', 'AMP-PIXEL', 'AMP-ANALYTICS', 'IFRAME']);
  const look = node => {
    if (node.nodeType === 3) return node.data.replace(/\\s+/g, ' ').trim();
    if (node.nodeType !== 1 || skipped.has(node.tagName) || (node.src && new URL(node.src, location).host !== location.host)) return '';
    const attributes = [...node.attributes].filter(a => !/^(on|@|x-on:|v-on:|:)/.test(a.name)).map(a => ` ${a.name}=${a.value}`);
    return `<${node.tagName}${attributes.join('')}>` + [...node.childNodes].map(look).filter(Boolean).join(' ');
  };
  const seen = [look(document.body)];
  for (const part of document.querySelectorAll('a, button, [onclick], summary, [role=button], input[type=button]')) {
    if (part.closest('form') && part.type === 'submit') continue;
    part.click();
    await pause();
    seen.push(look(document.body));
  }
  for (const field of document.querySelectorAll('input, select, textarea')) {
    field.dispatchEvent(new Event('input', {bubbles: true}));
    field.dispatchEvent(new Event('change', {bubbles: true}));
  }
  scrollTo(0, 10);
  dispatchEvent(new Event('scroll'));
  await pause();
  seen.push(look(document.body));
  return JSON.stringify({seen, forms: document.forms.length});
})()"""
"""Clicks whatever can be clicked, without leaving the page, and tells what the page looked like after each step; left out is what
vendors bring, and handler attributes."""

_SUBMIT = """(async number => {
  const form = document.forms[number];
  for (const field of form.elements) {
    if (field.type === 'hidden' || field.disabled) continue;
    if (field.type === 'checkbox' || field.type === 'radio') field.checked = true;
    else if (field.type === 'email') field.value = 'someone@example.org';
    else if (field.tagName === 'INPUT' || field.tagName === 'TEXTAREA') try { field.value = '1234'; } catch (none) {}
    field.dispatchEvent(new Event('input', {bubbles: true}));
  }
  const button = [...form.elements].find(one => one.type === 'submit' || one.type === 'image');
  setTimeout(() => button ? button.click() : form.requestSubmit(), 0);
})"""


class Visit(NamedTuple):
    """What happened on a page. `requests`: addresses on other hosts that were asked for. `connected`: hosts that the browser turned to
    besides, its maker's among them. `errors`: what the console shows as an error, without places. `seen`: the page after each step.
    `sent`: what each form sent, method, path and body."""

    requests: tuple[str, ...]
    connected: tuple[str, ...]
    errors: tuple[str, ...]
    seen: tuple[str, ...]
    sent: tuple[str, ...]

    def hosts(self) -> frozenset[str]:
        """All hosts that were turned to."""
        return frozenset(urlsplit(address).hostname or "" for address in self.requests) | frozenset(self.connected)


def visit(browser: Browser, folder: Path, page: str, scripts: bool = True, answers: Answers | None = None) -> Visit:
    """Loads `page` of the site in `folder`, clicks, and submits each of its forms; without `scripts` it is only loaded."""
    looking = Looking(browser, folder, answers or {}, scripts)
    seen: list[str] = []
    sent: list[str] = []
    with looking:
        looking.load(page)
        if scripts:
            told = looking.act()
            looking.settle()
            seen = told["seen"]
            for number in range(told["forms"]):
                looking.load(page)
                sent.append(looking.submit(number))
    return Visit(tuple(looking.requests), looking.connected, tuple(looking.errors), tuple(seen), tuple(sent))


class Looking:
    """A tab of the browser, closed at the end."""

    def __init__(self, browser: Browser, folder: Path, answers: Answers, scripts: bool) -> None:
        self._browser, self._folder, self._answers, self._scripts = browser, folder, answers, scripts
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.connected: tuple[str, ...] = ()
        self._noted = len(browser.notes.hosts)
        self._loaded = False
        self._busy = time.monotonic()
        self._sent: list[str] = []
        self._submitting = False

    def __enter__(self) -> "Looking":
        browser = self._browser
        self._context = browser.call("Target.createBrowserContext")["browserContextId"]
        self._target = browser.call("Target.createTarget", url="about:blank", browserContextId=self._context)["targetId"]
        self._session = browser.call("Target.attachToTarget", targetId=self._target, flatten=True)["sessionId"]
        browser.on_event = self._on_event
        for domain in ("Page", "Runtime", "Log"):
            self._call(f"{domain}.enable")
        self._call("Fetch.enable", patterns=[{"urlPattern": "*"}])
        self._call("Emulation.setScriptExecutionDisabled", value=not self._scripts)
        return self

    def __exit__(self, *_: object) -> None:
        browser = self._browser
        with suppress(RuntimeError):
            browser.call("Target.disposeBrowserContext", browserContextId=self._context)
        browser.on_event = lambda _: None
        self.connected = tuple(browser.notes.hosts[self._noted :])

    def _call(self, method: str, **params: Any) -> Any:
        return self._browser.call(method, self._session, **params)

    def load(self, page: str) -> None:
        """Loads a page of the site and waits until it asks for nothing more."""
        self._loaded = self._submitting = False
        self._call("Page.navigate", url=f"http://{HOST}/{page}")
        self.settle(lambda: self._loaded)

    def settle(self, done: Callable[[], bool] = lambda: True, most: float = 10.0) -> None:
        """Waits until `done` holds and nothing was asked for in a while."""
        begun = self._busy = time.monotonic()
        while time.monotonic() < begun + most:
            if done() and time.monotonic() > self._busy + QUIET:
                return
            self._browser.listen(0.05)

    def value(self, expression: str) -> Any:
        """What an expression gives in the page."""
        answer = self._call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        return answer["result"].get("value")

    def act(self) -> dict[str, Any]:
        """Clicks whatever can be clicked; a page that leads elsewhere by script when it is clicked is not looked at any further."""
        try:
            told: dict[str, Any] = json.loads(self.value(_ACT))
        except RuntimeError as error:
            if "navigated" not in str(error):
                raise
            told = {"seen": ["(it led elsewhere)"], "forms": 0}
        return told

    def submit(self, number: int) -> str:
        """Fills in a form and clicks its button: what the site was sent."""
        self._sent, self._submitting = [], True
        self.value(f"{_SUBMIT}({number})")
        self.settle(lambda: bool(self._sent), most=2.0)
        return "; ".join(self._sent)

    # -- what the browser tells

    def _on_event(self, event: dict[str, Any]) -> None:
        if event.get("sessionId") != self._session:
            return
        method, params = event["method"], event["params"]
        if method == "Fetch.requestPaused":
            self._busy = time.monotonic()
            self._answer(params)
        elif method == "Page.loadEventFired":
            self._loaded = True
        elif method == "Page.javascriptDialogOpening":
            self._browser.say("Page.handleJavaScriptDialog", self._session, accept=True)
        elif method == "Runtime.exceptionThrown":
            details = params["exceptionDetails"]
            self._error(details.get("exception", {}).get("description", "").partition("\n")[0] or details["text"])
        elif method == "Runtime.consoleAPICalled" and params["type"] in ("error", "assert"):
            self._error(" ".join(str(one.get("value", one.get("description"))) for one in params["args"]))
        elif method == "Log.entryAdded" and params["entry"]["level"] == "error":
            self._error(f"{params['entry']['text']} {params['entry'].get('url', '')}")

    def _error(self, text: str) -> None:
        self.errors.append(re.sub(r":\d+(?::\d+)?", "", text).strip())

    def _answer(self, params: dict[str, Any]) -> None:
        request, number = params["request"], params["requestId"]
        url = urlsplit(request["url"])
        if url.hostname == HOST:
            if self._submitting and url.path != "/favicon.ico":
                self._sent.append(f"{request['method']} {url.path}?{url.query} {request.get('postData', '')}".strip())
            status, kind, data = self._file(url.path)
        else:
            self.requests.append(request["url"])
            kind, text = self._answers.get(request["url"].partition("?")[0], _nothing(params["resourceType"]))
            status, data = 200, text.encode()
        headers = [{"name": "Content-Type", "value": kind}, {"name": "Access-Control-Allow-Origin", "value": "*"}]
        body = base64.b64encode(data).decode()
        self._browser.say("Fetch.fulfillRequest", self._session, requestId=number, responseCode=status, responseHeaders=headers, body=body)

    def _file(self, path: str) -> tuple[int, str, bytes]:
        if self._submitting:
            return 200, "text/html", b"<!doctype html><title>Taken</title>"
        if path == "/favicon.ico":
            return 200, "image/x-icon", b""
        found = (self._folder / path.lstrip("/")).resolve()
        if not found.is_file() or not found.is_relative_to(self._folder.resolve()):
            return 404, "text/plain", b""
        return 200, mimetypes.guess_type(found.name)[0] or "application/octet-stream", found.read_bytes()


def _nothing(resource: str) -> tuple[str, str]:
    return {"Script": ("text/javascript", ""), "Stylesheet": ("text/css", "")}.get(resource, ("text/html", ""))
