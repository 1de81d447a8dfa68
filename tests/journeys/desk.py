"""What a person does at a screen: open, read, fill in, press. Everything goes by what the page shows."""

from urllib.parse import urljoin, urlsplit


class Desk:
    """One browser window and whoever sits at it. Forms are filled by the names of their fields."""

    def __init__(self, page, site: str, password: str):
        self.page, self.site, self.password = page, site, password
        self.status = 0  # of the page opened last

    # ── going somewhere ──

    def open(self, path: str) -> "Desk":
        self.status = self.page.goto(urljoin(self.site, path)).status
        return self

    @property
    def path(self) -> str:
        """Where the window is, without host, query and anchor."""
        return urlsplit(self.page.url).path

    def follow(self, words: str, among: str = "main") -> "Desk":
        """Follow the first link with these words in it."""
        with self.page.expect_navigation():
            self.page.locator(among).get_by_role("link", name=words).first.click()
        return self

    def sign_in(self, username: str) -> "Desk":
        """By the form, after leaving whatever session there was."""
        self.page.context.clear_cookies()
        self.open("/staff/sign-in/")
        self.write(username=username, password=self.password)
        return self.press("登录")

    # ── reading ──

    @property
    def text(self) -> str:
        return self.page.locator("main").inner_text()

    @property
    def errors(self) -> str:
        """The error summary; empty when the page has none."""
        summary = self.page.locator("#errors")
        return summary.inner_text() if summary.count() else ""

    def shows(self, *words: str) -> "Desk":
        for word in words:
            assert word in self.text, f"{word!r} is not on {self.page.url}:\n{self.text}"
        return self

    def value_of(self, name: str) -> str:
        return self._field(name).first.input_value()

    def widths(self) -> tuple[int, int]:
        """(width of the content, width of the window) in CSS pixels."""
        return tuple(self.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]"))

    # ── writing ──

    def _field(self, name: str):
        return self.page.locator(f"main form:not([role=search]) [name='{name}']:not([type=hidden])")

    def write(self, **values) -> "Desk":
        """Fill in fields by name: text, a date, a choice by its value, `True` for a box, a path for a file."""
        for name, value in values.items():
            field = self._field(name)
            field.first.wait_for(state="attached")
            tag = field.first.evaluate("node => node.tagName === 'INPUT' ? node.type : node.tagName.toLowerCase()")
            if tag == "radio":
                field.and_(self.page.locator(f"[value='{value}']")).check()
            elif tag == "checkbox":
                for box in field.all():
                    box.set_checked(bool(value))
            elif tag == "select":
                field.select_option(value)
            elif tag == "file":
                field.set_input_files(value)
            else:
                field.fill(str(value))
        return self

    def choose(self, name: str, words: str) -> "Desk":
        """Choose the entry of a list that has these words in it."""
        option = self._field(name).locator("option", has_text=words).first
        return self.write(**{name: option.get_attribute("value")})

    def press(self, words: str, among: str = "main", exact: bool = True) -> "Desk":
        """Press the first button with these words; not `exact` when its name goes on for screen readers."""
        with self.page.expect_navigation():
            self.page.locator(among).get_by_role("button", name=words, exact=exact).first.click()
        return self

    def save(self) -> "Desk":
        """Press the filled button of the page: there is one to a view."""
        with self.page.expect_navigation():
            self.page.locator("main button.btn-primary[type=submit]").last.click()
        assert not self.errors, self.errors
        return self

    # ── steps of a file ──

    def start_step(self, label: str) -> "Desk":
        """From a page of the file to the page of a step."""
        with self.page.expect_navigation():
            self.page.locator("main a[href*='/transitions/']", has_text=label).first.click()
        return self

    def take_step(self, case: str, label: str, **values) -> "Desk":
        """From the case page to the step, fill in, confirm, do it. Then ask whether it was `done` or `refused`."""
        self.open(case).start_step(label)
        if self._field("confirmed").count():
            self.write(confirmed=True)
        return self.write(**values).press(label)

    def done(self) -> "Desk":
        """The step before this was taken."""
        assert not self.errors, self.errors
        return self.shows("已办理")

    def refused(self, *words: str) -> "Desk":
        """The step before this was not taken, and the page says why in these words."""
        for word in words:
            assert word in self.errors, f"{word!r} is not among the errors of {self.page.url}: {self.errors}"
        return self

    def upload(self, case: str, slot: str, name: str, text: str) -> "Desk":
        """Hand in a paper of plain text."""
        self.open(f"{case}papers/").write(
            slot=slot, upload={"name": name, "mimeType": "text/plain", "buffer": text.encode()}
        )
        self.press("提交材料")
        assert not self.errors, self.errors
        return self.shows(name)
