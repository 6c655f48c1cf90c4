"""hscp: a safeguarding partnership's strategic plan as plain text.

What other programs may import is named here, and loaded when it is asked for: see docs/library.md.
The rest serves the command line and may change.
"""

TYPE_CHECKING = False
# As type checkers read it; typing itself takes longer to load than `hscp --version` has.
if TYPE_CHECKING:
    from .dates import PlanDate
    from .errors import Fault, Mistyped
    from .library import OnDay, Opened, open_plan
    from .model import Entry, Head, Milestone, Objective, Plan, Priority
    from .standing import Standing

__version__ = "0.1.0"
__all__ = [
    "Entry",
    "Fault",
    "Head",
    "Milestone",
    "Mistyped",
    "Objective",
    "OnDay",
    "Opened",
    "Plan",
    "PlanDate",
    "Priority",
    "Standing",
    "open_plan",
]


def __getattr__(name: str) -> object:
    # The command line loads this package first, and pays for nothing that it does not use.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    for module in ("library", "model", "standing", "dates", "errors"):
        members = vars(import_module(f".{module}", __name__))
        if name in members:
            return members[name]
    raise AttributeError(name)
