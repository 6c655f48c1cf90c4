"""What people call commands, options and papers, and what these are called here. Loads nothing."""

from __future__ import annotations

PHRASES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("late", "delayed", "behind", "what is late", "past due", "over due"), ("overdue",)
    ),
    **dict.fromkeys(("rag", "brag", "list priorities"), ("status",)),
    **dict.fromkeys(("at risk", "at-risk"), ("status", "--status", "at risk")),
    **dict.fromkeys(("off track", "off-track"), ("status", "--status", "off track")),
    **dict.fromkeys(("get", "look at"), ("show",)),
    **dict.fromkeys(
        ("list", "ls", "next", "upcoming", "coming", "coming up", "deadlines"), ("due",)
    ),
    **dict.fromkeys(("view", "read", "about", "detail", "details", "who leads"), ("show",)),
    **dict.fromkeys(("gantt", "bars", "chart"), ("timeline",)),
    **dict.fromkeys(("search", "grep", "look for"), ("find",)),
    **dict.fromkeys(("today", "dashboard", "summary", "overview", "where are we"), ("status",)),
    **dict.fromkeys(("red", "reds"), ("status", "--status", "red")),
    **dict.fromkeys(("amber", "ambers"), ("status", "--status", "amber")),
    **dict.fromkeys(("green", "greens"), ("status", "--status", "green")),
    **dict.fromkeys(("soon", "due soon"), ("due", "--within", "90d")),
    **dict.fromkeys(
        ("add progress", "add note", "add comment", "add update", "add a note", "add note to"),
        ("progress",),
    ),
    "add evidence": ("progress", "--evidence"),
    **dict.fromkeys(("add decision", "add a decision"), ("decide",)),
    **dict.fromkeys(
        ("add milestone", "add a milestone", "add action", "add an action", "add new action"),
        ("add",),
    ),
    **dict.fromkeys(("insert", "add new milestone"), ("add",)),
    **dict.fromkeys(("new plan", "begin plan", "start plan", "setup", "set up"), ("init",)),
    **dict.fromkeys(("add priority", "new priority", "add a priority"), ("add-priority",)),
    **dict.fromkeys(("add register", "new register", "add a register"), ("add-register",)),
    **dict.fromkeys(("add meeting", "new meeting", "add a meeting"), ("add-meeting",)),
    **dict.fromkeys(("add measure", "new measure", "add kpi", "add indicator"), ("add-measure",)),
    **dict.fromkeys(("figure", "add figure", "record figure", "add value", "kpi"), ("measure",)),
    **dict.fromkeys(("set lead", "name lead", "change lead", "assign", "new lead"), ("lead",)),
    **dict.fromkeys(("mark", "set", "mark as", "record progress", "log progress"), ("progress",)),
    **dict.fromkeys(("update", "record", "note", "comment"), ("progress",)),
    **dict.fromkeys(
        ("complete", "completed", "done", "finish", "finished", "mark complete", "tick"),
        ("progress", "--status", "complete"),
    ),
    **dict.fromkeys(("close", "cancel", "withdraw", "stop"), ("progress", "--status", "closed")),
    **dict.fromkeys(("start", "begin", "started"), ("progress", "--status", "in progress")),
    **dict.fromkeys(
        ("move", "postpone", "extend", "delay", "slip", "push back", "put", "bring forward"),
        ("reschedule",),
    ),
    **dict.fromkeys(("new", "create", "new milestone"), ("add",)),
    **dict.fromkeys(("decision", "agree", "agreed", "record decision"), ("decide",)),
    **dict.fromkeys(("difference", "add impact", "record impact"), ("impact",)),
    **dict.fromkeys(("assurance", "assured", "add assurance", "record assurance"), ("assure",)),
    **dict.fromkeys(("reviews", "review", "recommendations", "answered"), ("answers",)),
    **dict.fromkeys(("themes", "heard", "voice"), ("theme",)),
    **dict.fromkeys(("open",), ("edit",)),
    **dict.fromkeys(("unsaved", "recent", "recently", "lately"), ("log",)),
    **dict.fromkeys(("revert", "back", "undo last", "oops", "undo that"), ("undo",)),
    **dict.fromkeys(
        ("remove last", "cancel last", "undo the last one", "undo the last"), ("undo",)
    ),
    **dict.fromkeys(("delete", "remove", "take back"), ("undo",)),
    **dict.fromkeys(("commit", "keep", "save changes"), ("save",)),
    **dict.fromkeys(("merge", "conflict", "conflicts"), ("resolve",)),
    **dict.fromkeys(("validate", "lint", "verify", "errors", "faults", "mistakes"), ("check",)),
    **dict.fromkeys(("diff", "compare", "changed", "change", "what changed"), ("changes",)),
    **dict.fromkeys(("story", "blame"), ("history",)),
    **dict.fromkeys(
        ("moves not agreed", "not agreed", "moves without agreement"), ("moves", "--not-agreed")
    ),
    **dict.fromkeys(("challenge", "challenges"), ("questions",)),
    **dict.fromkeys(("slippage", "slipped", "moved", "slips", "what moved"), ("moves",)),
    **dict.fromkeys(("scrutiny", "scrutinise", "ask about"), ("questions",)),
    **dict.fromkeys(
        ("board", "board paper", "board papers", "board report", "paper", "papers", "print"),
        ("report", "board"),
    ),
    **dict.fromkeys(("word", "docx", "pdf"), ("report", "board")),
    **dict.fromkeys(("annual", "annual report", "yearly", "year"), ("report", "annual")),
    **dict.fromkeys(("workplan", "workplans", "work plan"), ("report", "workplan")),
    **dict.fromkeys(("action log", "actions log", "matters arising"), ("report", "actions")),
    **dict.fromkeys(("send reminders", "chase leads", "email leads"), ("ask", "--all")),
    **dict.fromkeys(("export word", "export pdf", "print board paper"), ("report", "board")),
    **dict.fromkeys(("report excel", "download excel", "download"), ("export", "xlsx")),
    "report timeline": ("timeline", "--format", "docx"),
    **{f"report {look}": (look,) for look in ("status", "overdue", "due", "changes")},
    **dict.fromkeys(
        ("chase", "chasers", "remind", "reminders", "email", "e-mail", "report chase"),
        ("ask", "--all"),
    ),
    **dict.fromkeys(
        ("send forms", "ask all", "ask everybody", "ask everyone", "ask leads", "ask the leads"),
        ("ask", "--all"),
    ),
    **dict.fromkeys(("excel", "xlsx", "spreadsheet"), ("export", "xlsx")),
    "csv": ("export", "csv"),
    **dict.fromkeys(("calendar", "ics", "outlook"), ("export", "ics")),
    **dict.fromkeys(("publish", "web", "html", "website", "webpage", "web pages"), ("site",)),
}
"""What people type for a command, and the words that mean it here."""

_FILLERS = """
a about all an and any are as at by currently did do does doing due everything for from give going
has have how i in into is it its list me milestone milestones my now objective of on our paper
papers plan please priority report reports should show so tell that the there they thing things
this to today up us want was we what whats what's when where which who whole with
"""
FILLERS = frozenset(_FILLERS.split())
"""Words that a question has, and that change nothing here."""

OPTIONS: dict[str, tuple[str, ...]] = {
    "--until": ("--to",),
    "--till": ("--to",),
    "--by": ("--to", "--due", "--lead", "--reply-by"),
    "--to": ("",),
    "--due": ("--to", ""),
    "--due-before": ("--before",),
    "--due-by": ("--to",),
    "--before": ("--to",),
    "--from": ("--since", "--by"),
    "--after": ("--since",),
    "--as-of": ("--as-at",),
    "--as-at": ("--date",),
    "--on": ("--date", "--as-at"),
    "--when": ("--date", "--due"),
    "--date": ("--due", "--as-at"),
    "--day": ("--date", "--as-at"),
    **dict.fromkeys(("--at", "--as"), ("--as-at", "--rev")),
    **dict.fromkeys(("--who", "--lead", "--owner", "--chair"), ("--by", "--lead", "")),
    **dict.fromkeys(("--deadline", "--end", "--ends"), ("--due", "--to", "--reply-by")),
    **dict.fromkeys(("--begin", "--begins", "--starts"), ("--start",)),
    **dict.fromkeys(("--result", "--status"), ("--outcome",)),
    **dict.fromkeys(("--test", "--dry", "--preview"), ("--dry-run",)),
    **dict.fromkeys(("--colour", "--color"), ("--status",)),
    "--group": ("--lead", ""),
    "--for": ("--group", "--lead"),
    "--agreed": ("--by",),
    "--milestone": ("",),
    "--said-by": ("--by",),
    "--approved": ("--agreed",),
    "--agreed-by": ("--agreed",),
    "--why": ("--reason",),
    "--because": ("--reason", ""),
    **dict.fromkeys(("--note", "--comment", "--text", "--message"), ("--note", "--reason", "")),
    **dict.fromkeys(("--action", "--decision", "--what"), ("",)),
    "--rag": ("--status",),
    "--brag": ("--status",),
    "--state": ("--status",),
    "--id": ("--priority", ""),
    "--p": ("--priority",),
    "--subgroup": ("--group",),
    "--sub-group": ("--group",),
    "--board": ("--for", "--group"),
    **dict.fromkeys(("--link", "--source"), ("--evidence",)),
    "--file": ("--output",),
    "--out": ("--output",),
    "--folder": ("--plan",),
    "--overwrite": ("--force",),
    "--type": ("--format",),
    "--next": ("--within",),
    "--in": ("--within",),
    "--pdf": ("--format=docx",),
    "--csv": ("--format=csv",),
    "--markdown": ("--format=markdown",),
    **dict.fromkeys(("--excel", "--workbook"), ("--xlsx",)),
    "--meeting": ("--for",),
    "--docx": ("--format=docx",),
    "--word": ("--format=docx",),
    "--html": ("--format=html",),
    "--web": ("--format=html",),
}
"""What people call an option, and the names that it may have in the command where it is asked; none
where it stands there without a name, as the note of `progress`."""

LETTERS: dict[str, str] = {
    "-s": "--status",
    "-r": "--reason",
    "-m": "--message",
    "-n": "--dry-run",
    "-p": "--priority",
    "-P": "--priority",
    "-b": "--before",
    "-id": "--id",
    "-d": "--due",
    "-l": "--lead",
    "-g": "--group",
}
"""What people type for an option by its first letter."""

FLAGS: dict[str, str] = {
    **dict.fromkeys(("--complete", "--completed", "--done", "--finished"), "complete"),
    **dict.fromkeys(("--on-track", "--green"), "on track"),
    **dict.fromkeys(("--at-risk", "--amber"), "at risk"),
    **dict.fromkeys(("--off-track", "--red"), "off track"),
    **dict.fromkeys(("--closed", "--close"), "closed"),
    "--overdue": "overdue",
}
"""The statuses that people type as options."""

CHOICES: dict[str, str] = {
    **dict.fromkeys(("excel", "spreadsheet", "workbook", "xls"), "xlsx"),
    **dict.fromkeys(("calendar", "outlook", "ical", "icalendar"), "ics"),
    **dict.fromkeys(("word", "doc", "pdf"), "docx"),
    **dict.fromkeys(("web", "page", "webpage"), "html"),
    "md": "markdown",
    **dict.fromkeys(("board's", "boards", "executive"), "board"),
    **dict.fromkeys(("year", "yearly"), "annual"),
    **dict.fromkeys(("workplans", "work-plan"), "workplan"),
    "whole": "plan",
    **dict.fromkeys(("carry forward", "carried forward"), "carry"),
}
"""What people call a paper or a format, and its name here."""
