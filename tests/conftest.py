"""Settings of all tests: generated examples have no deadline (machines differ), leave no database behind, and are the same in each run.

`pytest --hypothesis-seed=random` or a number tries others; see fuzz/, too.
"""

from hypothesis import settings

settings.register_profile("tests", deadline=None, database=None, print_blob=True, derandomize=True)
settings.load_profile("tests")
