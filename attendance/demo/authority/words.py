"""Words to make people and places up from, read from `words.yaml`."""

from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict


class Community(BaseModel):
    """Names that go together, and the language spoken at home.

    `share` weighs the community among all; `foreign_language_percent` of its adults need letters in their
    language; `script_percent` of its adults have their names printed in their own script.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    share: int
    language: str
    foreign_language_percent: int
    girls: tuple[str, ...]
    boys: tuple[str, ...]
    women: tuple[str, ...]
    men: tuple[str, ...]
    surnames: tuple[str, ...]
    women_in_script: tuple[str, ...] = ()
    men_in_script: tuple[str, ...] = ()
    surnames_in_script: tuple[str, ...] = ()
    script_percent: int = 0


class Words(BaseModel):
    """Everything in `words.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    communities: tuple[Community, ...]
    street_names: tuple[str, ...]
    street_types: tuple[str, ...]
    localities: tuple[str, ...]
    neighbour_localities: tuple[str, ...]
    saints: tuple[str, ...]

    def community(self, name: str) -> int:
        """Find the place of a community by its name.

        Raises:
            ValueError: There is none of that name.
        """
        return [community.name for community in self.communities].index(name)


@cache
def words() -> Words:
    """Read the words."""
    text = (Path(__file__).parent / "words.yaml").read_text(encoding="utf-8")
    return Words.model_validate(yaml.safe_load(text))
