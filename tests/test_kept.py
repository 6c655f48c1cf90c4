"""The model's classes: frozen, equal where their fields are, and dataclasses to whoever asks."""

import dataclasses

import pytest
from hypothesis import given
from strategies import milestones

from hscp_plan import model
from hscp_plan.dates import read
from hscp_plan.kept import Kept, as_dataclasses, kept
from hscp_plan.memory import _body, _read
from hscp_plan.model import Milestone, Objective, Priority


def made(**changed):
    return Milestone(**{"id": "P1.1", "due": read("2022-04"), "action": "Do it"} | changed)


def test_nothing_changes_and_nothing_is_taken_away():
    milestone = made()
    with pytest.raises(AttributeError, match="status does not change"):
        milestone.status = "complete"
    with pytest.raises(AttributeError, match="status does not change"):
        del milestone.status
    assert milestone.but(status="complete").status == "complete"
    assert milestone.status == "not started"


def test_a_field_that_is_missing_or_unknown_is_refused():
    with pytest.raises(KeyError, match="due"):
        Milestone(id="P1.1", action="Do it")
    with pytest.raises(TypeError, match="Milestone has no deadline"):
        made(deadline="2022-04")


def test_it_is_equal_where_all_fields_are_and_shows_those_that_are_set():
    assert made() == made()
    assert made() != made(lead=("Chair",))
    assert made() != Objective(id="P1.1")
    assert repr(Objective(id="P1-A", lead=("Chair",))) == "Objective(id='P1-A', lead=('Chair',))"


def test_a_key_is_its_field_without_what_python_asks_for():
    assert model.Moved.fields == ("from_", "to")
    assert model.Moved.keys == ("from", "to")


def test_dataclasses_says_of_a_class_what_the_class_says():
    as_dataclasses()
    kinds = [k for k in vars(model).values() if isinstance(k, type) and hasattr(k, "usual")]
    assert len(kinds) > 15
    for kind in kinds:
        told = dataclasses.fields(kind)
        assert tuple(f.name for f in told) == kind.fields
        assert {f.name for f in told if f.default is f.default_factory} == {
            name for name in kind.fields if name not in kind.usual
        }


def test_a_class_that_is_made_later_is_told_of_too():
    @kept
    class Late(Kept):
        name: str

    as_dataclasses()
    assert [f.name for f in dataclasses.fields(Late)] == ["name"]


@given(milestones())
def test_what_is_remembered_is_made_whole_when_it_is_asked_for(milestone):
    objective = Objective(id="P1-A", milestones=(milestone, made(lead=("Chair",), answers=("A",))))
    priority = Priority(id="P1", title="Neglect", objectives=(objective, Objective(id="P1-B")))
    record = b"x" * 8 + b"\n" + _body(priority)
    for name in Milestone.fields:
        read_back = _read(Priority, record).objectives[0].milestones
        wanted = [getattr(m, name) for m in objective.milestones]
        assert [getattr(m, name) for m in read_back] == wanted
    assert _read(Priority, record) == priority
    with pytest.raises(AttributeError):
        _ = _read(Priority, record).objectives[0].milestones[0].deadline
