"""The duties that come with hscp, and when a report must be out."""

import json
from datetime import date
from pathlib import Path

import pytest
from running import hscp

from hscp_plan.dates import MONTHS
from hscp_plan.duty import Duty, PublishBy
from hscp_plan.reading.duties import read_duty
from hscp_plan.reports.annual import PARTS
from hscp_plan.shipped import DUTIES, duty_names

SHIPPED = [path for path in sorted(Path(DUTIES).iterdir()) if path.suffix == ".yaml"]


def read(text: str | bytes) -> Duty:
    duty = read_duty(text if isinstance(text, bytes) else text.encode(), "duty.yaml")
    assert isinstance(duty, Duty), duty
    return duty


def test_a_new_edition_is_one_file():
    assert duty_names() == [path.stem for path in SHIPPED]
    assert {"care-act-2014", "working-together-2018", "working-together-2023"} <= {*duty_names()}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_no_paragraph_is_given_whose_words_nobody_read(path):
    duty = read(path.read_bytes())
    assert all(line.known == "quoted" for line in duty.lines if line.paragraph)
    # And each begins as words do that go on "the report must set out": no sentence of its own.
    assert not any(line.words[0].isupper() or line.words.endswith(".") for line in duty.lines)


def test_every_part_that_a_duty_may_name_is_one_of_the_report():
    text = (
        "title: T\nfor: A\nsource: {document: D}\npublish_by: {words: w, known: quoted}\nlines:\n"
    )
    line = "- {{force: must, heading: H, words: w, known: quoted, answered_by: [{}]}}\n"
    read(text + "".join(map(line.format, PARTS)))
    assert isinstance(read_duty((text + line.format("another")).encode(), "d"), list)


@pytest.mark.parametrize(
    ("end", "month", "last"),
    [
        (date(2022, 3, 31), "September", date(2022, 9, 30)),
        (date(2022, 3, 31), "December", date(2022, 12, 31)),
        (date(2022, 3, 31), "January", date(2023, 1, 31)),
        (date(2023, 3, 31), "February", date(2024, 2, 29)),
        (date(2022, 3, 31), "March", date(2023, 3, 31)),
        (date(2022, 12, 31), "December", date(2023, 12, 31)),
        (date(2022, 3, 31), None, None),
    ],
)
def test_a_report_must_be_out_by_the_last_day_of_the_next_such_month(end, month, last):
    assert PublishBy(words="w", known="quoted", month=month).after(end) == last


def test_the_months_are_the_calendars():
    for number, month in enumerate(MONTHS, 1):
        by = PublishBy(words="w", known="quoted", month=month).after(date(2021, 12, 31))
        assert by
        assert by.month == number


def test_due_tells_programs_which_yearly_report_is_next(plan):
    head = plan / "plan.yaml"
    text = head.read_text("utf-8").replace("working-together-2018", "working-together-2023")
    head.write_text(text, encoding="utf-8")

    def yearly(*words: str) -> list[dict[str, str]]:
        return json.loads(hscp("due", "--json", *words, folder=plan).stdout)["yearly_reports"]

    report = {"duty": "Working Together to Safeguard Children 2023", "year": "2022/23"}
    assert yearly("--as-at", "2022-10-01") == [{**report, "publish_by": "2023-09-30"}]
    assert yearly("--as-at", "2022-09-30")[0]["publish_by"] == "2022-09-30"
    assert yearly("--as-at", "2022-10-01", "--to", "2023-08") == []
    assert yearly("--as-at", "2023-10-01") == []


def test_whom_a_duty_protects_is_expected_to_be_heard(plan, tmp_path_factory):
    own = tmp_path_factory.mktemp("duty") / "own.yaml"
    duty = (
        "title: T\nfor: A\nprotects: {}\nsource: {{document: D}}\n"
        "publish_by: {{words: w, known: quoted}}\nlines:\n"
        "- {{force: must, heading: Heard, words: w, known: quoted, answered_by: [heard]}}\n"
    )
    yaml = plan / "p1-neglect.yaml"
    yaml.write_text(yaml.read_text("utf-8").replace("from: children", "from: adults"), "utf-8")

    def heard(whom: str) -> str:
        own.write_text(duty.format(whom), encoding="utf-8")
        words = ("report", "annual", "--year", "2021/22", "--as-at", "2022-03-31")
        done = hscp(*words, "--duty", str(own), "--format", "markdown", "-o", "-", folder=plan)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    assert "Adults, on P1" in heard("adults")
    assert "Nothing is recorded of what" not in heard("adults")
    assert "Nothing is recorded of what children" in heard("children and families")
