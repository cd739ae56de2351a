"""Looking at a replay: the slider, the diagram's marks, the lists beside it."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.desk import Desk


class Replay:
    """The replay of a case, on somebody's screen."""

    def __init__(self, desk: Desk, case_key: str) -> None:
        self.page = desk.page
        desk.go(f"cases/{case_key}/replay")
        self.slider = self.page.get_by_role("slider", name="回放步骤")
        expect(self.slider).to_be_visible()
        self._expect_drawn()
        self.steps = int(self.slider.get_attribute("max") or 0) + 1

    def press(self, key: str, times: int = 1) -> None:
        """Step with the keyboard."""
        self.slider.focus()
        for _ in range(times):
            self.page.keyboard.press(key)

    def expect_step(self, number: int) -> None:
        """The replay stands at a step, in the words above the diagram and in the list."""
        expect(self.page.locator(".replay-now")).to_contain_text(f"第 {number} / {self.steps} 步")
        expect(self.page.locator('.steps [aria-current="step"]')).to_contain_text(str(number))

    def _expect_drawn(self) -> None:
        """The diagram is drawn and carries the marks of the step in the words."""
        expect(self.page.locator('.diagram-canvas[aria-busy="false"] .djs-shape').first).to_be_attached()

    def fits(self) -> bool:
        """Whether the whole diagram stands within its window."""
        return bool(
            self.page.locator(".diagram-canvas").evaluate(
                """canvas => {
                    const window = canvas.getBoundingClientRect();
                    const drawn = canvas.querySelector('g.viewport').getBoundingClientRect();
                    return drawn.left >= window.left - 1 && drawn.right <= window.right + 1
                        && drawn.top >= window.top - 1 && drawn.bottom <= window.bottom + 1;
                }"""
            )
        )

    def current(self) -> str:
        """Return the words of the current position."""
        return self.page.locator(".replay-words .sheet").first.inner_text()

    def marked(self, marker: str) -> set[str]:
        """Return the ids of the diagram's elements with a mark: active, done, taken, terminated, incident."""
        self._expect_drawn()
        found = self.page.locator(f".djs-element.bj-{marker}").evaluate_all(
            "elements => elements.map(element => element.dataset.elementId)"
        )
        return set(found)

    def badges(self) -> list[str]:
        """Return the badges on the diagram, as ×2."""
        self._expect_drawn()
        return self.page.locator(".diagram .badge").all_inner_texts()

    def changed(self) -> str:
        """Return the rows of the data that the step changed."""
        return "\n".join(self.page.locator(".variables .row-changed").all_inner_texts())
