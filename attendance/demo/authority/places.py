"""Where the made-up authority lies: names and codes that no real authority has.

- The authority codes 399 and 398 and the postcode areas AM and LF are not in use; the six-digit school
  numbers that begin with 9 are not given out; telephone numbers come from Ofcom's range for drama (01632
  960000 to 960999); mail goes to example.org, which nobody owns (RFC 2606).
"""

from typing import Final

CITY: Final = "Aldermere"
COUNCIL: Final = "Aldermere City Council"
LA_CODE: Final = "399"
LA_ADULT_REF: Final = "LA-399"
COUNCIL_ADDRESS: Final = ("Attendance and Children Missing Education Team", "The Guildhall", "1 Tithe Square")
COUNCIL_POSTCODE: Final = "AM1 1AA"
NEIGHBOUR: Final = "Leafordshire"
NEIGHBOUR_TOWN: Final = "Harwell Cross"
NEIGHBOUR_LA_CODE: Final = "398"
MAIL_DOMAIN: Final = "aldermere.example.org"
FAMILY_MAIL_DOMAIN: Final = "families.example.org"
FIRST_URN: Final = 900_101
