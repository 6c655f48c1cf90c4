"""A line that is read without Typer means what Typer would have it mean, or is left to Typer."""

from importlib import import_module

import pytest
import typer
from hypothesis import given, settings
from hypothesis import strategies as st
from typer._click.exceptions import ClickException

from hscp_plan.options import parameters, read
from hscp_plan.overview import COMMANDS
from hscp_plan.usage import built

PLAIN = ["P1", "P1.3", "board", "csv", "Trial began.", "2022-04", "a=b", "=", "é", "text", "json"]
ODD = ["", "-", "--", "-x", "-o", "-ofile", "-o=file", "--", "-1", "--help", "-h", "--plan-", "—"]


def run_of(name):
    return import_module(f"hscp_plan.commands.{name}").run


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
    return name, [w for part in parts for w in part]


def by_typer(name, words):
    """What Typer gives the command; None where it finds something wrong, or answers itself."""
    try:
        given = built(name).make_context(name, list(words)).params
    except (ClickException, typer.Exit):
        return None
    # It makes a list, or None of an empty one, when it calls the command.
    return {key: list(v) or None if isinstance(v, tuple) else v for key, v in given.items()}


def whole(name, given):
    """With what a parameter is where it was not given."""
    return {p.name: p.default for p in parameters(run_of(name))} | given


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
    known = list(parameters(run_of(name)))
    needed = [
        w for p in known if p.default is ... for w in (p.names[:1] + (p.choices or ("P1.3",))[:1])
    ]
    for parameter in known:
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
