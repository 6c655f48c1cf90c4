"""A line that is read without Typer means what Typer would have it mean, or is left to Typer."""

from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from running import REPO

import hscp_plan
from hscp_plan.cli.command_list import COMMANDS, module_of
from hscp_plan.cli.help import build
from hscp_plan.cli.options import call, parameters, read
from hscp_plan.errors import Mistyped

SRC = Path(hscp_plan.__file__).parent
PLAIN = ["P1", "P1.3", "board", "csv", "Trial began.", "2022-04", "a=b", "=", "é", "text", "json"]
ODD = ["", "-", "--", "-x", "-o", "-ofile", "-o=file", "--", "-1", "--help", "-h", "--plan-", "—"]


def run_of(name):
    return import_module(module_of(name)).run


@st.composite
def lines(draw):
    """A command, and words that may follow it: mostly its own options and what they take."""
    name = draw(st.sampled_from(COMMANDS))
    named = [n for p in parameters(run_of(name)) for n in p.names]
    taken = [w for p in parameters(run_of(name)) for w in p.choices] + PLAIN
    word = st.one_of(
        st.sampled_from(named),
        st.sampled_from(taken),
        st.sampled_from(ODD),
        st.builds("{}={}".format, st.sampled_from(named), st.sampled_from([*taken, *ODD])),
        st.sampled_from(named).map(lambda n: n[:-1]),
        st.text(max_size=3),
    )
    pair = st.tuples(st.sampled_from(named), st.sampled_from(taken))
    parts = draw(st.lists(st.one_of(word.map(lambda w: (w,)), pair), max_size=5))
    again = draw(st.sampled_from([(), *(part for part in parts if len(part) == 2)]))
    other = draw(st.sampled_from([again[1:], (draw(st.sampled_from(taken)),)]))
    return name, [w for part in [*parts, again[:1] and (again[0], *other)] for w in part]


def by_typer(name, words):
    """What Typer gives the command; None where it finds something wrong, or answers itself."""
    try:
        given = build(name).make_context(name, list(words)).params
    except Mistyped:
        return None
    except Exception as error:
        # Typer has no public name for all that it refuses with; each has a status to leave with.
        if not hasattr(error, "exit_code"):
            raise
        return None
    # It makes a list, or None of an empty one, when it calls the command.
    return {key: list(v) or None if isinstance(v, tuple) else v for key, v in given.items()}


def whole(name, given):
    """With what a parameter is where it was not given."""
    return {p.name: p.default for p in parameters(run_of(name))} | given


def what_it_needs(name, but):
    """The words without which a command is no line, but for those of one parameter."""
    known = (p for p in parameters(run_of(name)) if p.default is ... and p != but)
    return [word for p in known for word in (*p.names[:1], (p.choices or ("P1.3",))[0])]


@pytest.mark.long
@settings(max_examples=400)
@given(lines())
def test_a_line_that_is_read_means_what_typer_says_it_means(line):
    name, words = line
    given = read(run_of(name), words)
    if given is not None:
        assert whole(name, given) == by_typer(name, words)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_every_command_is_read_and_means_the_same(name):
    """The law above might hold of nothing: here, lines that must be read."""
    for parameter in parameters(run_of(name)):
        needed = what_it_needs(name, but=parameter)
        for option in parameter.names:
            value = () if parameter.kind is bool else (parameter.choices or ("P1",))[-1:]
            for more in [(option, *value)] + ([(f"{option}={value[0]}",)] if value else []):
                if more[0].startswith("-o="):
                    continue
                words = [*needed, *more]
                given = read(run_of(name), words)
                assert given is not None, words
                assert parameter.name in given
                assert whole(name, given) == by_typer(name, words)


def with_value(name):
    """A command's options that take a value: each with two words that it may take."""
    for parameter in parameters(run_of(name)):
        if parameter.names and parameter.kind is not bool:
            yield (parameter, *(parameter.choices or ("P1", "P2"))[:2])


@pytest.mark.parametrize("name", COMMANDS)
def test_two_values_of_an_option_that_takes_one_are_refused_by_its_name(name):
    for parameter, first, second in with_value(name):
        words = [
            *what_it_needs(name, parameter),
            parameter.names[0],
            first,
            parameter.names[-1],
            second,
        ]
        if parameter.repeatable:
            both = build(name).make_context(name, words).params[parameter.name]
            assert list(both) == [first, second]
            continue
        assert read(run_of(name), words) is None
        with pytest.raises(Mistyped) as refused:
            build(name).make_context(name, words)
        assert refused.value.what.endswith(f' is given twice: "{first}" and "{second}"')
        assert refused.value.what.startswith(parameter.names[-1])
        assert refused.value.next


@pytest.mark.parametrize(
    "words",
    [["--by", "", "--by", "B"], ["--by=A", "--by", "- B"], ["-h", "--by", "A", "--by=B"],
     ["--no-such", "--by", "A", "x", "--by", "B"], ["--by", "--by", "--by", "B"]],
    ids=" ".join,
)  # fmt: skip
def test_two_values_are_refused_on_a_line_that_is_not_plain_too(words):
    with pytest.raises(Mistyped, match="--by is given twice"):
        build("progress").make_context("progress", ["P1.3", "note", *words])


def test_a_short_option_is_given_twice_however_its_value_stands():
    with pytest.raises(Mistyped, match="-o is given twice"):
        build("export").make_context("export", ["csv", "-oa.csv", "-o", "b.csv"])


def test_what_stands_behind_two_dashes_is_no_option():
    words = ["P1.3", "--by", "A", "--", "--by", "B"]
    with pytest.raises(Exception, match="unexpected extra argument"):
        build("progress").make_context("progress", words)


@pytest.mark.parametrize("name", COMMANDS)
def test_one_value_said_twice_means_what_it_means_once(name):
    for parameter, first, _ in with_value(name):
        once = [*what_it_needs(name, parameter), parameter.names[0], first]
        given = read(run_of(name), [*once, *once[-2:]])
        if given is not None and not parameter.repeatable:
            assert given == read(run_of(name), once)


@pytest.mark.parametrize("set_to", ["", "elsewhere"])
def test_the_environment_stands_for_the_option_that_is_not_given(set_to, monkeypatch):
    monkeypatch.setenv("HSCP_PLAN", set_to)
    for words in ([], ["--plan", "here"]):
        given = read(run_of("status"), words)
        assert given is not None
        assert whole("status", given) == by_typer("status", words)


@pytest.mark.parametrize(
    "words",
    [["--help"], ["-h"], ["--pla", "x"], ["--plan"], ["--plan="], ["--format", "tex"], ["--json=1"],
     ["P1", "P2"], ["--plan", "--json"], ["--", "P1"], [""]],
    ids=" ".join,
)  # fmt: skip
def test_what_is_not_plain_is_left_to_typer(words):
    assert read(run_of("status"), words) is None


@pytest.mark.parametrize("name", ["show", "add", "reschedule", "decide", "find", "export", "site"])
def test_a_line_without_what_a_command_needs_is_left_to_typer(name):
    assert read(run_of(name), []) is None


@pytest.mark.parametrize(
    ("name", "given", "status"),
    [
        ("status", {}, 0),
        ("overdue", {"exit_code": True}, 1),
        ("overdue", {"exit_code": False}, 0),
        ("check", {"strict": True}, 1),
        ("check", {"explain": "lead-missing"}, 0),
    ],
)
def test_a_command_returns_its_exit_status(name, given, status, capsys):
    demo = str(REPO / "examples" / "demo-plan")
    assert call(run_of(name), {"where": [demo], "as_at": "2021-12-15", **given}) == status
    assert capsys.readouterr().out


@pytest.mark.parametrize("path", sorted((SRC / "commands").glob("*.py")), ids=lambda p: p.stem)
def test_no_command_leaves_the_process_from_inside(path):
    for word in ("SystemExit", "sys.exit", "os._exit", "NoReturn"):
        assert word not in path.read_text(encoding="utf-8")
