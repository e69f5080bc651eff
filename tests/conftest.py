"""Settings of all tests: generated examples have no deadline (machines differ) and leave no database behind."""

from hypothesis import settings

settings.register_profile("tests", deadline=None, database=None, print_blob=True)
settings.load_profile("tests")
