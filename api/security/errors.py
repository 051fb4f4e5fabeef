"""Errors of coming in."""

from attendance.domain.errors import AttendanceError


class NotSignedIn(AttendanceError):  # noqa: N818 - families read as what happened
    """Nobody is signed in, or what was shown does not open an account."""

    code = "not_signed_in"


class TooManyAttempts(AttendanceError):  # noqa: N818
    """Too many wrong passwords; every attempt has to wait."""

    code = "too_many_attempts"

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Too many wrong passwords. Try again in {seconds} seconds.")
        self.seconds = seconds


class CrossSite(AttendanceError):  # noqa: N818
    """A browser sent the request on behalf of another site."""

    code = "cross_site"


class BodyTooLarge(AttendanceError):  # noqa: N818
    """The body is larger than this route takes. Nothing was kept."""

    code = "body_too_large"

    def __init__(self, limit: int) -> None:
        super().__init__(f"The body is larger than {limit} bytes, which is the most that is taken here.")
        self.limit = limit
