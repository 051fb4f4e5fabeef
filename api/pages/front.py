"""What every page works with: how people sign in, how long they stay, and what the pages look like."""

from dataclasses import dataclass, field
from datetime import timedelta

from attendance.services.signing_in import Limits
from attendance.settings import ProviderSettings, Settings, SignInSettings, read_sign_in

COLOUR = "#0b4f4a"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account that the sign-in page of a demonstration shows, and nothing else ever does."""

    name: str
    password: str
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """What every page works with.

    `https` says that browsers come over TLS: cookies are then sent over nothing else.
    """

    https: bool = True
    limits: Limits = field(default_factory=Limits)
    providers: tuple[ProviderSettings, ...] = ()
    passwords: bool = True
    demo: tuple[DemoAccount, ...] = ()

    def provider(self, name: str) -> ProviderSettings | None:
        """Return the provider of that name, or None."""
        return next((provider for provider in self.providers if provider.name == name), None)


def front_of(settings: Settings) -> Front:
    """Return what the settings say; raises `SettingsInvalid` or `OSError` of the file on signing in."""
    ways = read_sign_in(settings.sign_in) if settings.sign_in else SignInSettings()
    limits = Limits(timedelta(minutes=settings.idle_minutes), timedelta(hours=settings.session_hours))
    return Front(https=settings.https, limits=limits, providers=ways.providers, passwords=ways.passwords)
