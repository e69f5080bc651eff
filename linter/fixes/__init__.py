"""Fixes: what takes a finding out of a file, as edits of its text that are proven to change nothing else.

`file_fix` asks the fixers of a file, one module a kind of place, which edits take which matches out; `together` decides which of
them may be made (a loader only together with everything that would miss it); `proof` reads the edited file again; `writing` writes.
"""
