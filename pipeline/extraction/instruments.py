"""Instruments of markets as news writes them: names of indexes, and the codes that agencies put behind a name.

Belongs here: telling a code from a name ("Brent LCOc1", ".DJI", "GBP="), after the forms of Reuters Instrument Codes.
Does not belong here: names of companies and their tickers (`pipeline.extraction.mentions`).
"""

import re

_CODE = re.compile(
    r"^(\.[A-Z]{2,}\w*|[A-Z]{2,4}c[1-9]|C[A-Z]{3}\d|[A-Z]{3}=[A-Z]*|=[A-Z]*|[A-Z]{2}\d{1,2}YT(=[A-Z]+)?)$"
)


def is_instrument_code(word: str) -> bool:
    """Return whether a word is the code of an index, a future, a currency or a bond."""
    return bool(_CODE.match(word))
