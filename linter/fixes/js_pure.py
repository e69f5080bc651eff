"""What code may call without doing anything but compute: functions and methods that JavaScript and the browser bring along."""

PURE_CALLS = frozenset(
    """Date.now performance.now JSON.stringify JSON.parse Object.keys Object.values Object.entries Object.freeze
    Object.fromEntries Array.isArray Array.from Array.of Array String Number Boolean Object Date RegExp Symbol BigInt parseFloat
    parseInt isNaN isFinite Number.isFinite Number.isNaN Number.parseFloat Number.parseInt encodeURIComponent decodeURIComponent
    encodeURI decodeURI escape unescape atob btoa crypto.randomUUID document.getElementById document.getElementsByTagName
    document.getElementsByClassName document.getElementsByName document.querySelector document.querySelectorAll
    document.createElement document.createTextNode document.createDocumentFragment sessionStorage.getItem localStorage.getItem
    matchMedia getComputedStyle structuredClone Array.prototype.slice.call
    Object.prototype.toString.call""".split()
)
"""Dotted names without `window.`; every `Math.*` and `console.*` as well."""
PURE_CLASSES = frozenset(
    "Date RegExp Object Array Map Set WeakMap WeakSet Promise URL URLSearchParams Image Error String Number Boolean Function FormData "
    "IntersectionObserver MutationObserver".split()
)
"""Classes whose making does nothing outside."""
PURE_METHODS = frozenset(
    """trim toLowerCase toUpperCase toString toFixed toISOString getTime valueOf split replace replaceAll slice substring substr
    indexOf lastIndexOf includes startsWith endsWith concat join charAt charCodeAt match matchAll test search padStart padEnd
    repeat at keys values entries has hasOwnProperty getAttribute hasAttribute getElementById getElementsByTagName
    getElementsByClassName getElementsByName querySelector querySelectorAll closest matches contains getBoundingClientRect getItem
    toLocaleString toPrecision flat reduce map filter forEach some every find findIndex eq first last parent parents children
    siblings prev is hasClass serialize serializeArray toArray isEqualNode""".split()
)
"""Methods that are called so by convention and only read, whatever they are called on; functions handed to them are looked at."""
GETTERS = {"val": 0, "text": 0, "html": 0, "attr": 1, "data": 1, "prop": 1, "css": 1, "get": 1, "width": 0, "height": 0}
"""Methods that read when given at most so many arguments, and set with one more."""
FRESH_METHODS = frozenset(
    """push pop shift unshift splice sort reverse fill set add delete clear get append apply call bind then catch finally resolve
    observe createElement setTime""".split()
)
"""Methods that change nothing but what they are called on; done to values made in the removed code only."""
CREATING = frozenset("createElement createTextNode createDocumentFragment createElementNS".split())
"""Methods of a document that make something which is not in the page yet."""
ELEMENT_METHODS = frozenset("setAttribute removeAttribute addEventListener append appendChild insertBefore prepend remove set".split())
"""The same, of elements."""
INSERTING = frozenset("appendChild removeChild insertBefore append prepend before after insertAdjacentElement replaceChildren".split())
"""Methods that put elements into the page, or take them out again."""
DEFERRING = frozenset(
    """setTimeout setInterval requestAnimationFrame requestIdleCallback queueMicrotask setImmediate addEventListener $ jQuery useEffect
    useLayoutEffect onMount onMounted afterUpdate nextTick afterNextRender $effect onUpdated onDestroy""".split()
)
"""Functions that call a function later, and do nothing else."""
DEFERRING_METHODS = frozenset(
    """addEventListener on one once ready then catch finally click submit change focus blur mousedown mouseup touchstart keyup input
    each forEach live delegate load observe subscribe nextTick""".split()
)
"""Methods that call a function later or for each of many; on elements and jQuery objects that were looked up."""
STOPPING = frozenset("clearInterval clearTimeout cancelAnimationFrame".split())
SOURCES = frozenset("src href text textContent innerText innerHTML outerHTML srcdoc".split())
"""Properties of elements that say what they load or do."""


def is_pure_path(path: str) -> bool:
    """Whether a function with this dotted name only computes."""
    return path in PURE_CALLS or path.startswith(("Math.", "console."))
