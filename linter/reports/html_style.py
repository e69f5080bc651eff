"""The style sheet of the HTML report. Contrasts are at least 4.5 to 1 in both colour schemes (a test computes them)."""

LIGHT = {
    "paper": "#ffffff",
    "ink": "#1b1f24",
    "soft": "#4b5563",
    "line": "#c9ced6",
    "panel": "#f4f6f8",
    "link": "#0b57a4",
    "error": "#a3141c",
    "on-error": "#ffffff",
    "warning": "#7a4b00",
    "on-warning": "#ffffff",
    "note": "#3c4a5c",
    "mark": "#ffe9a8",
    "on-mark": "#1b1f24",
}
DARK = {
    "paper": "#14181d",
    "ink": "#e8ecf1",
    "soft": "#aab4c0",
    "line": "#3a424d",
    "panel": "#1d232a",
    "link": "#8cc2ff",
    "error": "#ff9a9a",
    "on-error": "#2a0507",
    "warning": "#f3c26b",
    "on-warning": "#2b1a00",
    "note": "#b4c2d3",
    "mark": "#5a4700",
    "on-mark": "#fff3cf",
}


def _scheme(colors: dict[str, str]) -> str:
    return ";".join(f"--{name}:{value}" for name, value in colors.items())


STYLE = f"""
:root{{{_scheme(LIGHT)}}}
@media (prefers-color-scheme:dark){{:root{{{_scheme(DARK)}}}}}
@media print{{:root{{{_scheme(LIGHT)}}}}}
*{{box-sizing:border-box}}
html{{-webkit-text-size-adjust:100%}}
body{{margin:0 auto;padding:1.5rem 1.25rem 4rem;max-width:62rem;background:var(--paper);color:var(--ink);
font:1.0625rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:break-word}}
p,ul,ol,dl,table,pre,details{{margin:.75rem 0}}
h1,h2,h3,h4{{line-height:1.25;text-wrap:balance}}
h1{{font-size:2rem;margin:.25rem 0 .75rem}}
h2{{font-size:1.5rem;margin:3rem 0 .75rem;padding-top:1rem;border-top:2px solid var(--ink)}}
h3{{font-size:1.25rem;margin:2.5rem 0 .5rem}}
h4{{font-size:1.0625rem;margin:1.5rem 0 .25rem}}
p,li,dd{{max-width:44rem}}
a{{color:var(--link);overflow-wrap:anywhere}}
a:focus-visible,summary:focus-visible{{outline:3px solid var(--link);outline-offset:2px}}
code{{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:.9em;overflow-wrap:anywhere;
unicode-bidi:isolate}}
.skip{{position:absolute;left:-999rem;background:var(--paper);padding:.5rem 1rem}}
.skip:focus{{left:1rem;top:1rem}}
.brand{{margin:0;color:var(--soft);font-weight:600;letter-spacing:.04em}}
header p:last-child,footer,.facts{{color:var(--soft)}}
.lead{{font-size:1.1875rem}}
nav ol{{display:flex;flex-wrap:wrap;gap:.35rem 1.25rem;list-style:none;padding:.75rem 1rem;background:var(--panel);border-radius:.5rem}}
main:focus{{outline:none}}
#vendors>section{{border-top:1px solid var(--line);margin-top:2.5rem}}
#vendors>section:first-of-type{{border-top:0;margin-top:0}}
.badge{{display:inline-block;padding:.05rem .5rem;border-radius:.3rem;font-size:.8125rem;font-weight:700;line-height:1.5;
white-space:nowrap}}
.badge.error{{background:var(--error);color:var(--on-error)}}
.badge.warning{{background:var(--warning);color:var(--on-warning);border-radius:1rem}}
.badge.note{{background:none;color:var(--note);border:1px solid var(--note)}}
.agreement{{padding:.25rem 1rem;background:var(--panel);border-left:4px solid var(--line);border-radius:0 .5rem .5rem 0}}
table{{width:100%;border-collapse:collapse;font-size:.9375rem;line-height:1.5}}
caption{{text-align:left;font-weight:600;padding:.25rem 0}}
th,td{{text-align:left;vertical-align:top;padding:.5rem .75rem .5rem 0;border-bottom:1px solid var(--line);font-weight:400;
overflow-wrap:anywhere}}
td{{min-width:4.5rem}}
thead th{{color:var(--soft);font-size:.875rem;font-weight:600;border-bottom-color:var(--soft)}}
tbody th{{min-width:9rem}}
td ul,th ul{{margin:0;padding-left:1.1rem}}
.chains{{list-style:none;padding:0}}
.findings,.legend{{padding:0;list-style:none}}
.legend li{{margin:.35rem 0}}
.todo>li{{margin:.75rem 0}}
.finding{{padding:.75rem 1rem;margin:.75rem 0;border:1px solid var(--line);border-radius:.5rem}}
.findings>li{{max-width:none}}
.finding p{{margin:.35rem 0}}
.place{{overflow-wrap:anywhere}}
summary{{cursor:pointer;color:var(--link)}}
.frame{{padding:.75rem;background:var(--panel);border-radius:.5rem;white-space:pre-wrap;overflow-wrap:anywhere;font-size:.875rem;
line-height:1.5;tab-size:4}}
.frame code{{font-size:1em}}
.number{{color:var(--soft);margin-right:1.25rem;user-select:none}}
mark{{background:var(--mark);color:var(--on-mark);padding-bottom:.1em;border-bottom:2px solid var(--warning)}}
dt{{font-weight:600;margin-top:.75rem}}
dd{{margin:0}}
footer{{margin-top:3rem;padding-top:1rem;border-top:1px solid var(--line);font-size:.9375rem}}
@media (max-width:44rem){{
body{{padding:1rem 1rem 3rem}}
h1{{font-size:1.6rem}}
h2{{font-size:1.35rem;margin-top:2.25rem}}
table,tbody,tr,th,td,caption{{display:block}}
thead{{position:absolute;left:-999rem}}
tbody tr{{padding:.75rem 1rem;margin:.75rem 0;border:1px solid var(--line);border-radius:.5rem}}
tbody th,td{{display:grid;grid-template-columns:6.5rem 1fr;gap:.75rem;padding:.25rem 0;border:0;min-width:0}}
tbody th::before,td::before{{content:attr(data-label);color:var(--soft);font-size:.875rem}}
tbody th>div,td>div{{min-width:0;overflow-wrap:anywhere}}
.finding{{padding:.5rem .75rem}}
}}
@media print{{
@page{{margin:18mm 16mm}}
body{{max-width:none;padding:0;font-size:10.5pt}}
nav,.skip{{display:none}}
h2,h3,h4,caption,dt,.head{{break-after:avoid}}
tr,.short,.finding,.agreement,li{{break-inside:avoid}}
thead{{display:table-header-group}}
details::details-content{{content-visibility:visible;display:block;height:auto}}
summary{{color:inherit;list-style:none;font-weight:600}}
main a[href^="http"]::after{{content:" (" attr(href) ")";font-size:.85em;color:var(--soft)}}
.badge{{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
mark{{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
}}
"""
