"""What loads a container, joined with the container's export."""

from pathlib import Path

from tests.cli_support import pixellint
from tests.containers import export, html

PAGE = '<script async src="https://www.googletagmanager.com/gtm.js?id={}"></script>\n'


def write(folder: Path, **files: str | bytes) -> None:
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def test_a_loader_points_to_the_findings_in_the_export(tmp_path: Path) -> None:
    write(tmp_path, index_dot_html=PAGE.format("GTM-AB12CD3"), gtm__export_dot_json=export([html(1, "Base")]))
    out = pixellint("check", ".", cwd=tmp_path).out
    assert "its contents are in gtm/export.json: 1 finding" in out
    assert "and gtm/export.json:22:" in out
    assert "meta-pixel/gtm-tag in GTM-AB12CD3" in out


def test_a_container_without_an_export_is_unknown(tmp_path: Path) -> None:
    write(tmp_path, index_dot_html=PAGE.format("GTM-ZZ99YY8"), gtm__export_dot_json=export([html(1, "Base")]))
    out = pixellint("check", ".", cwd=tmp_path).out
    assert "contents of GTM-ZZ99YY8 are unknown: export it (Admin, Export Container) into the repository" in out


def test_a_single_file_does_not_say_that_there_is_no_export(tmp_path: Path) -> None:
    write(tmp_path, index_dot_html=PAGE.format("GTM-ZZ99YY8"))
    out = pixellint("check", "index.html", cwd=tmp_path).out
    assert "contents of GTM-ZZ99YY8 are unknown here: its export is not among the files that were checked" in out


def test_the_number_of_processes_changes_nothing(tmp_path: Path) -> None:
    write(tmp_path, index_dot_html=PAGE.format("GTM-AB12CD3"), gtm__export_dot_json=export([html(1, "Base")]), a_dot_html="<p>")
    assert pixellint("check", ".", "--jobs", "2", cwd=tmp_path).out == pixellint("check", ".", "--jobs", "1", cwd=tmp_path).out
