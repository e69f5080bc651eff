"""Tags of containers against the signatures of tags."""

from collections.abc import Iterator

from linter.arguments import Account, told
from linter.catalog import Signature
from linter.evidence import Parameter, Tag, Value
from linter.globs import glob

_NOTHING = frozenset({"", "false", "undefined", "null", "0"})
_BY_NAME, _BY_TYPE, _BY_GALLERY, _BY_GLOBALS, _BY_HOSTS = 20, 100, 200, 50, 40


def rate_tag(tag: Tag, signature: Signature) -> tuple[int, Account | None] | None:
    """How well a tag bears a signature's mark, and the account it names; None where it does not.

    A gallery template tells more than a type, a type more than a pattern of types, and that more than what a template may touch.
    """
    test = signature.test
    if test.get("context", tag.context) != tag.context:
        return None
    rating = _rate_mark(tag, signature)
    if rating is None:
        return None
    wanted = test.get("parameters", {})
    if not all(_is_parameter(pattern, _parameter(tag, name)) for name, pattern in wanted.items()):
        return None
    given = (_parameter(tag, name) for name in signature.account.split("|") if name)
    account = next((told(parameter.value) for parameter in given if parameter is not None and _is_given(parameter.value)), None)
    return rating + 10 * len(wanted), account


def _rate_mark(tag: Tag, signature: Signature) -> int | None:
    test = signature.test
    if "gallery" in test:
        return _BY_GALLERY if tag.gallery and glob(test["gallery"], tag.gallery) else None
    if "globals" in test:
        return _BY_GLOBALS if not tag.globals.isdisjoint(test["globals"]) else None
    if "asks" in test:
        return _BY_HOSTS if not tag.hosts.isdisjoint(test["asks"]) else None
    if not glob(test["type"], tag.type):
        return None
    return _BY_NAME if "*" in test["type"] else _BY_TYPE


def _parameter(tag: Tag, name: str) -> Parameter | None:
    return next((parameter for parameter in tag.parameters if parameter.name == name and not parameter.personal), None)


def _is_parameter(pattern: str, parameter: Parameter | None) -> bool:
    if parameter is None or not _is_given(parameter.value):
        return False
    value = parameter.value
    return pattern == "*" or (not value.expression and glob(pattern, value.text))


def _is_given(value: Value) -> bool:
    return bool(value.items) or bool(value.expression) or value.text.strip().lower() not in _NOTHING


def personal_data(tag: Tag, signature: Signature) -> Iterator[Tag]:
    """The tag with the place where it hands personal data over: at most one, the first.

    Either a parameter that the signature says is for it, or a row of a table that is named like it (`em`, `ph`, `dob`).
    """
    named = signature.test.get("personal", ())
    for parameter in tag.parameters:
        if (parameter.personal or parameter.name in named) and _is_given(parameter.value):
            yield tag._replace(span=parameter.span)
            return
