"""The main files of Drupal modules, which name them."""

from linter.readers.data_lines import line_entries
from linter.readers.data_yaml import entries as yaml_entries
from linter.readers.manifest_json import Everything, span_of
from linter.readers.manifests import Facts
from linter.text import Slice


def drupal_info(text: Slice, facts: Facts) -> None:
    """`<module>.info.yml`, and `<module>.info` of Drupal 7: `name`, unless it is a theme or profile."""
    file = facts.reading.source.path.rpartition("/")[2]
    read = yaml_entries if file.endswith(".yml") else line_entries
    named = {entry.keys[0]: entry for entry in read(text, Everything(text.text, facts.reading)) if len(entry.keys) == 1}
    if "name" not in named or ("type" in named and named["type"].value.text.strip() != "module"):
        return
    if "core" not in named and "core_version_requirement" not in named:
        return
    entry = named["name"]
    facts.plugin(span_of(entry), "drupal", file.partition(".")[0], name=entry.value.text, main=True, block=entry.block)
