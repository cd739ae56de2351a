"""A matcher whose work is bounded by pattern size × text length, for patterns that could make ``re`` explode.

It backtracks as ``re`` does, so that it finds the same match, but never tries the same instruction at the same
place twice: whatever failed there once fails again. With back-references that does not hold; then only a limit on
steps helps.
"""

from __future__ import annotations

from engine.feel.limits import exceeded
from engine.feel.regex.charsets import CharSet, contains
from engine.feel.regex.syntax import Anchor, BackReference, Characters, Choice, Group, Piece, Repeat, Sequence

MAX_STEPS = 600_000
"""Steps of one function call."""
MAX_INSTRUCTIONS = 20_000

CHARACTER, SPLIT, JUMP, SAVE, START, END, REFERENCE, MATCH = range(8)
Instruction = tuple[int, int, int, CharSet]
Captures = tuple[int, ...]


class Program:
    """A pattern compiled to instructions."""

    def __init__(self, tree: Piece, groups: int, *, ignore_case: bool, multi_line: bool) -> None:
        self.groups = groups
        self._ignore_case = ignore_case
        self._multi_line = multi_line
        self._code: list[Instruction] = []
        self._references = False
        self._emit(tree)
        self._code.append((MATCH, 0, 0, ()))

    # -- compiling --------------------------------------------------------------------------------------------------

    def _add(self, kind: int, first: int = 0, second: int = 0, spans: CharSet = ()) -> int:
        if len(self._code) >= MAX_INSTRUCTIONS:
            raise exceeded("正则表达式展开后的大小", MAX_INSTRUCTIONS)
        self._code.append((kind, first, second, spans))
        return len(self._code) - 1

    def _emit(self, piece: Piece) -> None:
        if isinstance(piece, Characters):
            self._add(CHARACTER, spans=piece.spans)
        elif isinstance(piece, Anchor):
            self._add(START if piece.at_start else END)
        elif isinstance(piece, BackReference):
            self._references = True
            self._add(REFERENCE, piece.group)
        elif isinstance(piece, Group):
            self._emit_group(piece)
        elif isinstance(piece, Sequence):
            for part in piece.pieces:
                self._emit(part)
        elif isinstance(piece, Choice):
            self._emit_choice(piece)
        elif isinstance(piece, Repeat):
            self._emit_repeat(piece)

    def _emit_group(self, piece: Group) -> None:
        if piece.index is None:
            self._emit(piece.body)
            return
        self._add(SAVE, piece.index * 2)
        self._emit(piece.body)
        self._add(SAVE, piece.index * 2 + 1)

    def _emit_choice(self, piece: Choice) -> None:
        exits: list[int] = []
        for branch in piece.branches[:-1]:
            split = self._add(SPLIT)
            self._emit(branch)
            exits.append(self._add(JUMP))
            self._code[split] = (SPLIT, split + 1, len(self._code), ())
        self._emit(piece.branches[-1])
        for place in exits:
            self._code[place] = (JUMP, len(self._code), 0, ())

    def _emit_repeat(self, piece: Repeat) -> None:
        for _ in range(piece.least):
            self._emit(piece.body)
        if piece.most is None:
            split = self._add(SPLIT)
            self._emit(piece.body)
            self._add(JUMP, split)
            self._patch(split, piece.greedy)
            return
        splits: list[int] = []
        for _ in range(piece.most - piece.least):
            splits.append(self._add(SPLIT))
            self._emit(piece.body)
        for split in splits:
            self._patch(split, piece.greedy)

    def _patch(self, split: int, greedy: bool) -> None:
        ways = (split + 1, len(self._code)) if greedy else (len(self._code), split + 1)
        self._code[split] = (SPLIT, *ways, ())

    # -- running ----------------------------------------------------------------------------------------------------

    def search(self, text: str, start: int, budget: list[int]) -> Captures | None:
        """Return (start, end) of the match and of each group, -1 for a group not matched; None if there is none.

        Raises FeelLimitExceeded when the search takes too many steps.
        """
        tried: set[object] = set()
        for begin in range(start, len(text) + 1):
            found = self._match(text, begin, tried, budget)
            if found is not None:
                return found
        return None

    def _match(self, text: str, begin: int, tried: set[object], budget: list[int]) -> Captures | None:
        width = len(text) + 1
        pending: list[tuple[int, int, Captures]] = [(0, begin, (begin, -1) + (-1, -1) * self.groups)]
        while pending:
            place, at, captures = pending.pop()
            while True:
                budget[0] -= 1
                if budget[0] < 0:
                    raise exceeded("正则匹配的步数", MAX_STEPS)
                key = (place, at, captures) if self._references else place * width + at
                if key in tried:
                    break
                tried.add(key)
                kind, first, second, spans = self._code[place]
                if kind == MATCH:
                    return (begin, at, *captures[2:])
                if kind == SPLIT:
                    pending.append((second, at, captures))
                    place = first
                elif kind == JUMP:
                    place = first
                elif kind == SAVE:
                    captures = (*captures[:first], at, *captures[first + 1 :])
                    place += 1
                else:
                    moved = self._step(text, at, kind, first, spans, captures)
                    if moved < 0:
                        break
                    place, at = place + 1, moved
        return None

    def _step(self, text: str, at: int, kind: int, group: int, spans: CharSet, captures: Captures) -> int:
        """Return the place after one character, anchor or reference, or -1."""
        if kind == CHARACTER:
            return at + 1 if at < len(text) and contains(spans, ord(text[at])) else -1
        if kind == START:
            # No line begins after a newline that ends the text (F&O 7.6.1).
            return at if at == 0 or (self._multi_line and text[at - 1] == "\n" and at < len(text)) else -1
        if kind == END:
            return at if at == len(text) or (self._multi_line and text[at] == "\n") else -1
        first, last = captures[group * 2], captures[group * 2 + 1]
        said = text[first:last] if first >= 0 and last >= 0 else ""
        here = text[at : at + len(said)]
        same = here == said or (self._ignore_case and here.lower() == said.lower())
        return at + len(said) if same else -1
