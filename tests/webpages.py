"""What is wrong with a page of HTML, and with a folder of them, as far as its text tells."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

VOID = {"meta", "link", "br", "hr", "img", "input"}
ALONE = {"line", "rect", "circle", "path"}
"""Of a drawing: closed where they begin."""
FORBIDDEN = {"script", "iframe", "object", "embed", "form", "base", "link", "img", "audio", "video"}
LANDMARKS = {"header", "main", "footer"}


class Page(HTMLParser):
    """A page as its elements: what is needed to say what is wrong with it."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.within: list[str] = []
        self.texts: dict[str, list[str]] = {}
        self.words: list[str] = []
        self.tables: list[list[str]] = []
        self.feed(text)
        self.close()
        self.wrong += [f"<{tag}> is never closed" for tag in self.within]

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        self.wrong += [f"<{tag}> has {name} twice" for name in set(names) if names.count(name) > 1]
        self.elements.append((tag, dict(attrs)))
        if tag == "table":
            self.tables.append([])
        elif "table" in self.within:
            self.tables[-1].append(tag)
        if tag not in VOID:
            # A drawing's title is a word on its parts, and not the page's.
            name_within = f"svg {tag}" if "svg" in self.within else tag
            self.within.append(name_within)
            self.texts.setdefault(name_within, []).append("")

    def handle_startendtag(self, tag, attrs):
        if tag not in ALONE:
            self.wrong.append(f"<{tag}/> is closed where it begins")
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if not self.within or self.within[-1].removeprefix("svg ") != tag:
            self.wrong.append(f"</{tag}> closes {self.within[-1:]}")
        else:
            self.within.pop()

    def handle_data(self, data):
        if "style" not in self.within:
            self.words.append(data)
        for tag in set(self.within):
            self.texts[tag][-1] += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]

    @property
    def links(self) -> list[str]:
        return [attributes.get("href") or "" for attributes in self.all("a")]

    @property
    def plain_text(self) -> str:
        """Its words, as they are read."""
        return " ".join("".join(self.words).split())


def wrong(text: str) -> list[str]:
    """What is wrong with one page."""
    page = Page(text)
    return [*page.wrong, *_structure(page), *_tables(page), *_reach(page), *_policy(page, text)]


def wrong_in(folder: Path) -> list[str]:
    """What is wrong with a site: each page, and what leads from one to another."""
    pages = {path.name: Page(path.read_text("utf-8")) for path in sorted(folder.glob("*.html"))}
    faults = [
        f"{name}: {fault}" for name in pages for fault in wrong((folder / name).read_text("utf-8"))
    ]
    titles = [page.texts["title"][0] for page in pages.values()]
    faults += [f"two pages are called {t}" for t in set(titles) if titles.count(t) > 1]
    for name, page in pages.items():
        for link in page.links:
            file, _, anchor = link.partition("#")
            if "://" in link or link.startswith("mailto:"):
                continue
            if file and not (folder / file).is_file():
                faults.append(f"{name}: {link} leads to no file")
            elif anchor and anchor not in pages[file or name].ids:
                faults.append(f"{name}: {link} leads to nothing on its page")
    return faults


def _structure(page: Page) -> Iterator[str]:
    if [a.get("lang") for a in page.all("html")] != ["en-GB"]:
        yield "it does not say that it is in British English"
    if len(page.texts.get("title", [])) != 1 or not page.texts["title"][0].strip():
        yield "it has not one title"
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    if levels.count(1) != 1 or levels[0] != 1:
        yield "it has not one h1, before all other headings"
    yield from (
        f"a heading h{now} follows h{before}"
        for before, now in pairwise(levels)
        if now > before + 1
    )
    empty = [tag for tag in page.texts if re.fullmatch("h[1-6]|b|a|caption|th|dt", tag)]
    yield from (f"a <{tag}> is empty" for tag in empty if not all(map(str.strip, page.texts[tag])))
    yield from (f"id {i} stands twice" for i in set(page.ids) if page.ids.count(i) > 1)
    yield from (f"it has not one <{tag}>" for tag in LANDMARKS if len(page.all(tag)) != 1)
    names = [a.get("aria-label") for a in page.all("nav")]
    if None in names or len(set(names)) < len(names):
        yield "a <nav> has no name of its own"
    if (page.links[:1] or [""])[0].lstrip("#") not in [a.get("id") for a in page.all("main")]:
        yield "its first link does not skip to what it says"


def _tables(page: Page) -> Iterator[str]:
    for table in page.tables:
        if table[:1] != ["caption"]:
            yield "a table has no caption"
    for attributes in page.all("th"):
        if attributes.get("scope") not in ("col", "row", "rowgroup"):
            yield "a <th> has no scope"


def _reach(page: Page) -> Iterator[str]:
    """What it would run or fetch."""
    for (tag, attributes), (after, _) in zip_longest(
        page.elements, page.elements[1:], fillvalue=("", {})
    ):
        if tag in FORBIDDEN:
            yield f"it has a <{tag}>"
        named = attributes.get("role") == "img" and after == "title"
        is_hidden = attributes.get("aria-hidden") == "true" or attributes.get("x")
        if tag == "svg" and not (named or is_hidden):
            yield "a drawing has no title, and is not hidden from those who cannot see it"
        for name, value in attributes.items():
            if name.startswith("on") or name in ("style", "src", "srcset", "xlink:href", "action"):
                yield f"<{tag}> has {name}"
            if name == "href" and not re.match(r"https?://|mailto:|[a-z0-9._-]*(#|$)", value or ""):
                yield f"<{tag}> leads to {value}"
            if name == "href" and tag != "a":
                yield f"<{tag}> leads to {value}"


def _policy(page: Page, text: str) -> Iterator[str]:
    """Whether its policy lets in its own style, and nothing else."""
    policies = [a for a in page.all("meta") if a.get("http-equiv") == "Content-Security-Policy"]
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    if len(policies) != 1 or not style:
        yield "it has not one policy and one style"
        return
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    directives = {
        "default-src 'none'",
        f"style-src 'sha256-{digest}'",
        "base-uri 'none'",
        "form-action 'none'",
    }
    if set((policies[0].get("content") or "").split("; ")) != directives:
        yield "its policy lets in more or less than its own style"
    if re.search(r"url\(|@import|expression", style[1]):
        yield "its style fetches something"
