"""The paths of acts, by one rule.

- An act on a matter that exists: `POST /api/v1/KINDS/{reference}/VERB`.
- An act whose input names no reference makes a matter: `POST /api/v1/KINDS/VERB`.
- KINDS is the kind of matter in the plural, with hyphens: `penalty-notices`, `notices-to-improve`.
"""

from attendance.services.acts import Act

REFERENCE = "reference"
_PLURALS = {"notice_to_improve": "notices-to-improve", "support": "support", "early_help": "early-help"}


def collection(kind: str) -> str:
    """Return the plural of a kind of matter as it stands in a path."""
    ending = "es" if kind.endswith(("ch", "s", "x")) else "s"
    return _PLURALS.get(kind, kind.replace("_", "-") + ending)


def makes_a_matter(act: Act) -> bool:
    """Say whether an act makes a matter, rather than acting on one that its input names."""
    return REFERENCE not in act.input.model_fields


def path_of(act: Act) -> str:
    """Return the path of an act below the API's prefix."""
    verb = act.verb.replace("_", "-")
    middle = "" if makes_a_matter(act) else f"/{{{REFERENCE}}}"
    return f"/{collection(act.kind)}{middle}/{verb}"
