"""The model's classes: frozen, equal where their fields are, and dataclasses to whoever asks."""

import dataclasses
import pickle
from copy import copy, deepcopy

import pytest
from hypothesis import given
from strategies import milestones

from hscp_plan import model
from hscp_plan.dates import read
from hscp_plan.frozen import Frozen, as_dataclasses, frozen
from hscp_plan.model import Milestone, Objective, Priority
from hscp_plan.reading import cache_record


def made(**changed):
    return Milestone(**{"id": "P1.1", "due": read("2022-04"), "action": "Do it"} | changed)


def remembered(*milestones):
    """The first of these milestones, as a record of them all gives it back."""
    objective = Objective(id="P1-A", milestones=milestones)
    priority = Priority(id="P1", title="Neglect", objectives=(objective, Objective(id="P1-B")))
    written = cache_record.encode(priority)
    assert cache_record.decode(Priority, written, disbelieved) == priority
    return cache_record.decode(Priority, written, disbelieved).objectives[0].milestones[0]


def disbelieved(number, id):
    raise AssertionError(f"{id}, the milestone {number}, was read from its file")


def test_nothing_changes_and_nothing_is_taken_away():
    milestone = made()
    with pytest.raises(AttributeError, match="status does not change"):
        milestone.status = "complete"
    with pytest.raises(AttributeError, match="status does not change"):
        del milestone.status
    assert milestone.replace(status="complete").status == "complete"
    assert milestone.status == "not started"


def test_a_field_that_is_missing_or_unknown_is_refused():
    with pytest.raises(TypeError, match="Milestone needs action"):
        Milestone(id="P1.1")
    with pytest.raises(TypeError, match="Milestone has no deadline"):
        made(deadline="2022-04")
    for one in (made(), remembered(made())):
        with pytest.raises(AttributeError, match=r"^Milestone has no deadline$"):
            _ = one.deadline


@pytest.mark.parametrize("again", [copy, deepcopy, lambda one: pickle.loads(pickle.dumps(one))])
def test_it_can_be_copied_and_carried_to_another_process(again):
    entry = model.Entry(date=read("2022-01-02"), note="Begun.")
    one = made(lead=("Chair",), progress=model.Log([entry]))
    assert again(one) == again(remembered(one)) == one


def test_a_field_is_given_out_under_the_key_that_files_write():
    moved = model.Moved(from_=read("2022-01"), to=read("2022-02"))
    assert dict(moved.items()) == {"from": read("2022-01"), "to": read("2022-02")}


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
    kinds = [k for k in vars(model).values() if isinstance(k, type) and hasattr(k, "defaults")]
    assert len(kinds) > 15
    for kind in kinds:
        told = dataclasses.fields(kind)
        assert tuple(f.name for f in told) == kind.fields
        assert {f.name for f in told if f.default is f.default_factory} == {
            name for name in kind.fields if name not in kind.defaults
        }


def test_a_class_that_is_made_later_is_told_of_too():
    @frozen
    class Late(Frozen):
        name: str

    as_dataclasses()
    assert [f.name for f in dataclasses.fields(Late)] == ["name"]


@given(milestones())
def test_what_is_remembered_is_made_whole_when_it_is_asked_for(milestone):
    other = made(lead=("Chair",), answers=("A",))
    for name in Milestone.fields:
        assert getattr(remembered(milestone), name) == getattr(milestone, name)
        assert getattr(remembered(milestone, other), name) == getattr(milestone, name)
        assert getattr(remembered(other, milestone), name) == getattr(other, name)
