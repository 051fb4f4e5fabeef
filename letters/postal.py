"""The address in the window of an envelope, as GOV.UK Notify's print and post reads it.

- The address stands 24.6 to 120.0 mm from the left and 39.5 to 66.3 mm from the top of the page.
- It has at most seven lines, the name among them; its last line is a UK postcode and nothing else.

Source: GOV.UK Notify, precompiled letters (specification and its published checks).
"""

import re

from letters.contexts.common import Recipient
from letters.formats import one_line

MOST_LINES = 7
LEAST_LINES = 3
POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}")
NO_HOME = re.compile(r"\bno fixed (?:abode|address)\b", re.IGNORECASE)


def address_lines(recipient: Recipient) -> tuple[str, ...]:
    """Return the lines of the address block: name, address, postcode, each on one line."""
    lines = (recipient.name, *recipient.address_lines, recipient.postcode)
    return tuple(line for line in map(one_line, lines) if line)


def problems(recipient: Recipient) -> tuple[str, ...]:
    """Return, in sentences, everything that would stop a letter to this address; none: it can be posted."""
    lines = address_lines(recipient)
    found = []
    if not one_line(recipient.name):
        found.append("The address has no name.")
    if len(lines) < LEAST_LINES:
        found.append(f"The address has {len(lines)} lines; at least {LEAST_LINES} are needed.")
    if len(lines) > MOST_LINES:
        found.append(
            f"The address has {len(lines)} lines; the window holds {MOST_LINES}. Join some with a comma."
        )
    if not POSTCODE.fullmatch(one_line(recipient.postcode)):
        found.append(
            f"{one_line(recipient.postcode) or 'Nothing'} is not a full UK postcode such as CV1 5RR."
        )
    if any(NO_HOME.search(line) for line in lines):
        found.append("No letter reaches a person of no fixed abode by post; hand it over instead.")
    return tuple(found)
