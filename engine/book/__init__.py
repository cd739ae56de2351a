"""The bureau's book of procedures, made from its content: what would be printed and put on the table."""

from engine.book.gathering import gather
from engine.book.model import Book
from engine.book.writing import write_pages

__all__ = ["Book", "gather", "write_pages"]
