"""Lays a book out as pages that a browser shows and prints on A4, without anything from outside."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from engine.book.model import Book, Procedure

STRENGTHS = {"BLOCK": "拒绝", "WARN": "须说明", "MON": "监测", "ATTEST": "须确认"}


def write_pages(book: Book) -> dict[str, str]:
    """Return the pages by file name: ``index.html`` and one for each department.

    Everything from the content is escaped; pictures are drawn by this program and go in as they are.
    """
    environment = Environment(
        loader=PackageLoader("engine.book", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["lines"] = lambda text: Markup("<br>").join(text.split("\n"))
    environment.filters["picture"] = _picture
    environment.filters["strength"] = lambda word: STRENGTHS.get(word, word)
    pages = {"index.html": environment.get_template("index.html").render(book=book, places=_places(book))}
    chapter_page = environment.get_template("chapter.html")
    for chapter in book.chapters:
        pages[f"{chapter.id}.html"] = chapter_page.render(
            book=book,
            name=chapter.name,
            chapter=chapter,
            procedures=chapter.procedures,
            places=_places(book),
        )
    if book.shared:
        pages["shared.html"] = chapter_page.render(
            book=book, name="公用环节", chapter=None, procedures=book.shared, places=_places(book)
        )
    return pages


def _places(book: Book) -> dict[str, str]:
    """Return where each procedure stands: its id to page and anchor."""
    places = {each.id: f"shared.html#{each.id}" for each in book.shared}
    for chapter in book.chapters:
        places.update((each.id, f"{chapter.id}.html#{each.id}") for each in chapter.procedures)
    return places


def _picture(procedure: Procedure) -> Markup:
    """Return the picture, ready to stand in a page."""
    _, _, drawing = procedure.picture.rpartition("?>")
    return Markup(drawing)  # noqa: S704 - drawn by engine.layout, which escapes what it writes
