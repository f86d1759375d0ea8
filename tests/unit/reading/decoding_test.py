"""Bytes become text in the encoding they are in, or are refused."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reading.decoding import decode
from pipeline.reading.rejection import RejectedFileError

SENTENCE = "“It’s a café – naïve,” said Zoë of Citroën, up 5 €."


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (SENTENCE.encode(), SENTENCE, "utf-8"),
        (b"\xef\xbb\xbf" + SENTENCE.encode(), SENTENCE, "utf-8"),
        (SENTENCE.encode("utf-16"), SENTENCE, "utf-16-le"),
        (b"\xfe\xff" + SENTENCE.encode("utf-16-be"), SENTENCE, "utf-16-be"),
        (SENTENCE.encode("utf-16-le"), SENTENCE, "utf-16-le"),
        (SENTENCE.encode("utf-32"), SENTENCE, "utf-32-le"),
        (SENTENCE.encode("cp1252"), SENTENCE, "cp1252"),
        (b"<meta charset=koi8-r><p>" + "Отчёт вышел".encode("koi8-r"), "<meta charset=koi8-r><p>Отчёт вышел", "koi8-r"),
        (b"<meta charset=latin-1><p>" + SENTENCE.encode("cp1252"), "<meta charset=latin-1><p>" + SENTENCE, "cp1252"),
        (b"<meta charset=big5><p>" + SENTENCE.encode(), "<meta charset=big5><p>" + SENTENCE, "utf-8"),
        (b"<meta charset=rot13><p>caf\xe9 ", "<meta charset=rot13><p>café ", "cp1252"),
        (b"Plain words, \xff\xfe then more plain words.", "Plain words, \ufffd\ufffd then more plain words.", "utf-8"),
        ("Zoë’s café—".encode() * 5 + b"\xe2\x80", "Zoë’s café—" * 5 + "\ufffd", "utf-8"),
        (b"Some words\0 with a stray NUL in them.", "Some words\0 with a stray NUL in them.", "utf-8"),
    ],
)
def test_encodings(data: bytes, text: str, encoding: str) -> None:
    assert decode(data) == (text, encoding)


def test_a_text_in_a_legacy_script_is_guessed() -> None:
    text = "Компания сообщила, что её выручка за квартал выросла на восемь процентов. " * 10
    assert decode(text.encode("cp1251")).text == text


@given(st.binary(max_size=2000))
def test_any_bytes_end_in_valid_text_or_a_reason(data: bytes) -> None:
    with suppress(RejectedFileError):
        decoded = decode(data)
        assert decoded.text.encode("utf-8").decode("utf-8") == decoded.text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300))
def test_valid_utf8_is_never_read_as_anything_else(text: str) -> None:
    assert decode(b"\xef\xbb\xbf" + text.encode()) == (text, "utf-8")
