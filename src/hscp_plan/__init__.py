"""hscp: a safeguarding partnership's strategic plan as plain text.

The library that anyone may import is `model`, `dates`, `standing` and `store`; the rest serves
the command line and may change.
"""

__version__ = "0.1.0"
