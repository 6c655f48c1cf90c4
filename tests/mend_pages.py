"""The desk's page on which a file is mended, as a person and a browser use it."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser


class Fields(HTMLParser):
    """The fields of a page's form that has lines of a file."""

    def __init__(self, page):
        super().__init__()
        self.values, self._inside = {}, ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "input" and "value" in given:
            self.values[given["name"]] = given["value"]
        if tag == "textarea" and "name" in given:
            self._inside = given["name"]
            self.values[self._inside] = ""

    def handle_endtag(self, tag):
        if tag == "textarea":
            # A browser leaves out the line end after the tag.
            self.values[self._inside] = self.values.get(self._inside, "").removeprefix("\n")
            self._inside = ""

    def handle_data(self, data):
        if self._inside:
            self.values[self._inside] += data


def words(page):
    """What a page says, without its markup."""
    main = page.text.partition("<main")[2]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", main)).split())


def opened(client, name, line=1, whole=False):
    """The fields of the page on which a file is mended, as a browser has them."""
    page = client.get(f"/file/{name}?line={line}{'&whole=yes' if whole else ''}")
    assert page.status_code == 200
    return Fields(page.text).values


def sent(client, name, fields, do="keep"):
    # A browser ends the lines of a field in its own way, whatever the file has.
    text = fields["text"].replace("\n", "\r\n")
    return client.post(f"/file/{name}", data={**fields, "text": text, "do": do})


def kept(client, name, fields):
    """Keep what was typed, all the same where something is to be seen first."""
    page = sent(client, name, fields)
    seen = Fields(page.text).values.get("seen")
    return sent(client, name, {**fields, "seen": seen}) if seen else page


def mended(client, name, old, new, line=1):
    """Mend a file as a person does who types one thing in the place of another."""
    fields = opened(client, name, line)
    assert old in fields["text"]
    return kept(client, name, {**fields, "text": fields["text"].replace(old, new)})


def taken_back(client, done):
    """Take back what a page says was done."""
    fields = Fields(client.get(done.location).text).values
    return client.post("/undo", data={name: fields[name] for name in ("token", "key")})
