"""Errors of the letters.

- One letter's error holds that one letter; a batch goes on without it.
- Each has a stable `code` and a message that says what to do.
"""


class LettersError(Exception):
    """Base of every error raised by the letters."""

    code = "letters_error"


class LetterHeld(LettersError):  # noqa: N818 - families read as what happened
    """This one letter cannot be printed or posted as it is; its data must be put right first."""

    code = "letter_held"


class CannotPrint(LetterHeld):
    """The letter's data holds characters that no font of the product can print; each is named."""

    code = "cannot_print"

    def __init__(self, characters: tuple[str, ...]) -> None:
        super().__init__(
            f"The letter cannot print: {', '.join(characters)}. Ask the person how they write this in a "
            "script that the fonts hold (Latin, Greek, Cyrillic, Hebrew or Arabic), or remove the character."
        )
        self.characters = characters


class Incomplete(LetterHeld):
    """The letter's data has blanks where the letter says something; each is named."""

    code = "incomplete"

    def __init__(self, fields: tuple[str, ...]) -> None:
        super().__init__(f"The letter cannot be written, because these are blank: {', '.join(fields)}.")
        self.fields = fields


class CannotPost(LetterHeld):
    """The recipient's address would not reach the window of an envelope, or no postman could read it."""

    code = "cannot_post"

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(f"The letter cannot be posted: {' '.join(problems)}")
        self.problems = problems


class TooLong(LetterHeld):
    """The letter would not fit on the pages, or in the file size, that a print and post service takes."""

    code = "too_long"


class UnknownLetter(LettersError):  # noqa: N818
    """No letter of that name is in the catalogue."""

    code = "unknown_letter"

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(f"No letter is called {name}. Known: {', '.join(known)}.")
        self.name, self.known = name, known


class WrongContext(LettersError):  # noqa: N818
    """The letter was given another letter's context."""

    code = "wrong_context"


class TemplateInvalid(LettersError):  # noqa: N818
    """A letter's text does what it may not, names a field that is not there, or is misshapen."""

    code = "template_invalid"


class TemplateChanged(LettersError):  # noqa: N818
    """A letter's text is not the text that its version stands for."""

    code = "template_changed"

    def __init__(self, name: str, version: int) -> None:
        super().__init__(
            f"The text of {name} is not the one that version {version} stands for. Give it the next version "
            f"in its meta.yaml, then run `attendance letters seal {name}`."
        )
        self.name, self.version = name, version


class ContentsMissing(LettersError):  # noqa: N818
    """The letter lacks contents that the law asks for; each is named."""

    code = "contents_missing"

    def __init__(self, name: str, missing: tuple[str, ...]) -> None:
        super().__init__(
            f"{name} lacks what it must contain: {'; '.join(missing)}. Put the text back, between "
            "{% contents %} and {% endcontents %}."
        )
        self.name, self.missing = name, missing


class NotQuotable(LettersError):  # noqa: N818
    """A value of the law that nobody has held against a source is never quoted in a letter."""

    code = "not_quotable"
