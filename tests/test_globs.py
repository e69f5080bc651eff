"""Globs against regular expressions that say the same."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from linter.globs import captures, glob

PATTERNS = st.text(st.sampled_from("ab*|."), max_size=8)


@settings(max_examples=1000, deadline=None)
@given(PATTERNS, st.text(st.sampled_from("ab.\n"), max_size=8))
def test_a_glob_is_what_an_expression_says(pattern: str, text: str) -> None:
    expression = "|".join(".*".join(re.escape(part) for part in one.split("*")) for one in pattern.split("|"))
    assert glob(pattern, text) == (re.fullmatch(expression, text, re.S) is not None)
    assert (captures(pattern, text) is not None) == glob(pattern, text)
