"""pixellint: a linter for the repository of a medical or dental practice's website.

The command line and its JSON report are the stable interface; this package is internal.
"""

__version__ = "0.1.0"
