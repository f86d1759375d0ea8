"""Identifiers: hashes of what they identify, so that a rerun gives the same ones. Nothing random, no counters."""

import hashlib

_SEPARATOR = "\x1f"
_HEX_DIGITS = 20


def make_id(prefix: str, *parts: object) -> str:
    """Return `prefix_` and 20 hex digits of the SHA-256 of the parts; None and the empty string differ.

    80 bits keep the odds of any collision among a billion rows below one in a million.
    """
    text = _SEPARATOR.join("\x00" if part is None else str(part) for part in parts)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{prefix}_{digest[:_HEX_DIGITS]}"
