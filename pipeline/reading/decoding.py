"""From bytes to text: which encoding they are in, and whether they are text at all.

What belongs here: byte order marks, declared and guessed encodings, a few broken bytes, binary data. What does not:
repairing the decoded text, which is cleaning's.

UTF-8 is tried first whatever a page declares: text in another encoding hardly ever is valid UTF-8 by accident
(WHATWG Encoding Standard, https://encoding.spec.whatwg.org).
"""

import codecs
import re
from typing import NamedTuple

from charset_normalizer import from_bytes

from pipeline.reading.rejection import RejectedFileError

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1b"))
_DECLARED_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_DECLARATION_REACH = 4096
_WESTERN_MARKS = frozenset(
    b"\x80\x82\x83\x84\x85\x86\x87\x8b\x91\x92\x93\x94\x95\x96\x97\x99\x9b\xa0\xa2\xa3\xa5\xa7\xa9\xab\xae\xb0\xb1\xb7\xbb"
)
_WESTERN_LETTERS = frozenset(b"\x8a\x8c\x8e\x9a\x9c\x9e\x9f") | frozenset(range(0xC0, 0xFE)) - {0xD7, 0xF7}
_MAX_CONTROL_RATIO = 0.05
_MAX_REPLACED_RATIO = 0.1
_FOREIGN_RATIO = 0.15


class Decoded(NamedTuple):
    """A decoded text and the encoding it was in; a byte order mark is no part of the text."""

    text: str
    encoding: str


def decode(data: bytes) -> Decoded:
    """Return the text of the bytes; where a few of them are broken, with U+FFFD in their place.

    Raises RejectedFileError with `not_text` for binary data, `undecodable` where no encoding fits.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_mostly(data[len(mark) :], encoding)
    wide = _guess_wide(data)
    if wide is not None:
        return _decode_mostly(data, wide)
    control_ratio = (len(data) - len(data.translate(None, _CONTROLS))) / max(len(data), 1)
    if control_ratio > _MAX_CONTROL_RATIO:
        raise RejectedFileError("not_text", f"{control_ratio:.0%} of the bytes are control codes: binary data")
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _decode_legacy(data)


def _guess_wide(data: bytes) -> str | None:
    """Return the UTF-16 of text without a byte order mark: nearly every second byte of western text is then zero."""
    sample = data[:4000]
    half = max(len(sample) // 2, 1)
    zeros_even, zeros_odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if zeros_odd > 0.7 and zeros_even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if zeros_even > 0.7 and zeros_odd < 0.1 else None


def _decode_legacy(data: bytes) -> Decoded:
    """Decode bytes that are no valid UTF-8: broken UTF-8, the declared encoding, Windows-1252, or a guess."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    multibyte = sum(1 for character in text if character > "\x7f") - broken
    if multibyte > broken:
        return _decode_mostly(data, "utf-8")
    declared = _declared_encoding(data)
    if declared is not None:
        try:
            return Decoded(data.decode(declared), declared)
        except UnicodeDecodeError:
            pass
    if _reads_as_western(data):
        return Decoded(data.decode("cp1252", "replace"), "cp1252")
    if broken / len(data) < _FOREIGN_RATIO:
        return _decode_mostly(data, "utf-8")
    guess = from_bytes(data[:50_000]).best()
    if guess is None:
        raise RejectedFileError("undecodable", "no character encoding fits the bytes")
    return _decode_mostly(data, guess.encoding)


def _declared_encoding(data: bytes) -> str | None:
    match = _DECLARED_CHARSET.search(data, 0, _DECLARATION_REACH)
    if match is None:
        return None
    try:
        found = codecs.lookup(match[1].decode("ascii"))
    except LookupError:
        return None
    known_as = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
    return known_as.get(found.name, found.name) if found.name.startswith(_TEXT_ENCODINGS) else None


_TEXT_ENCODINGS = ("iso8859", "cp", "gb", "big5", "euc", "shift_jis", "koi8", "mac", "ascii", "hz", "johab")


def _reads_as_western(data: bytes) -> bool:
    """Whether most bytes above 127 make sense in Windows-1252: punctuation, or accented letters beside letters."""
    high = [position for position, byte in enumerate(data) if byte > 127]
    sensible = sum(1 for position in high if _is_western(data, position))
    return sensible >= 0.9 * len(high)


def _is_western(data: bytes, position: int) -> bool:
    if data[position] in _WESTERN_MARKS:
        return True
    return data[position] in _WESTERN_LETTERS and (
        data[max(position - 1, 0) : position].isalpha() or data[position + 1 : position + 2].isalpha()
    )


def _decode_mostly(data: bytes, encoding: str) -> Decoded:
    """Decode with U+FFFD for what is broken.

    Raises RejectedFileError where too much is.
    """
    text = data.decode(encoding, "replace").encode("utf-8", "replace").decode("utf-8")
    broken_ratio = text.count("\ufffd") / max(len(text), 1)
    if broken_ratio > _MAX_REPLACED_RATIO:
        raise RejectedFileError("undecodable", f"{broken_ratio:.0%} of the text cannot be decoded as {encoding}")
    return Decoded(text, encoding)
