"""Made-up containers for tests."""

import json
from typing import Any

BASE = (
    "<script>\n!function(f,b,e,v,n,t,s){if(f.fbq)return;n=f.fbq=function(){n.callMethod?n.callMethod.apply(n,arguments):n.queue.push(arguments)};"
    "if(!f._fbq)f._fbq=n;n.push=n;n.loaded=!0;n.version='2.0';n.queue=[];t=b.createElement(e);t.async=!0;t.src=v;"
    "s=b.getElementsByTagName(e)[0];s.parentNode.insertBefore(t,s)}(window,document,'script','https://connect.facebook.net/en_US/fbevents.js');\n"
    "fbq('init', '{{Pixel}}');\nfbq('track', 'PageView');\n</script>"
)
EVENT = "<script>fbq('track', 'Lead', {value: 1});</script>"
ALL_PAGES = ["2147479553"]


def parameter(key: str, value: Any, type: str = "TEMPLATE") -> dict[str, Any]:
    """A parameter as exports write it."""
    return {"type": type, "key": key, {"LIST": "list", "MAP": "map"}.get(type, "value"): value}


def tag(number: int, name: str, type: str = "html", **more: Any) -> dict[str, Any]:
    """A tag; `parameters` as a mapping of texts, everything else as it stands in an export."""
    parameters = [parameter(key, value) for key, value in more.pop("parameters", {}).items()]
    return {"tagId": str(number), "name": name, "type": type, "parameter": parameters + more.pop("tables", []), **more}


def html(number: int, name: str, code: str = BASE, **more: Any) -> dict[str, Any]:
    """A custom HTML tag."""
    return tag(number, name, parameters={"html": code}, **{"firingTriggerId": ALL_PAGES, **more})


def variable(number: int, name: str, type: str = "c", **parameters: str) -> dict[str, Any]:
    """A variable."""
    given = [parameter(key, value) for key, value in parameters.items()]
    return {"variableId": str(number), "name": name, "type": type, "parameter": given}


PIXEL = variable(90, "Pixel", value="5039284756102938")


def container(tags: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """An export with these tags; the constant `{{Pixel}}` is in it unless other variables are given."""
    version = {"container": {"publicId": "GTM-AB12CD3", "name": "example.org", "usageContext": ["WEB"]}, "tag": tags, "variable": [PIXEL]}
    return {"exportFormatVersion": 2, "exportTime": "2026-11-01 10:00:00", "containerVersion": {"path": "accounts/1", **version, **more}}


def export(tags: list[dict[str, Any]], indent: int | None = 4, **more: Any) -> bytes:
    """The bytes of an export."""
    return json.dumps(container(tags, **more), indent=indent, ensure_ascii=False).encode()
