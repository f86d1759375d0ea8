"""Which language a text is in.

What belongs here: the decision and its name. What does not: what follows from it.
"""

import re
from typing import Final

from babel import Locale, UnknownLocaleError
from resiliparse.parse.lang import detect_fast

_SAMPLE: Final = 4000
_ENGLISH_WORD: Final = re.compile(
    r"\b(?:the|of|and|to|in|that|is|was|for|it|with|as|on|be|by|at|this|from|are|has|have|said|will|its|not|but|they)\b",
    re.I,
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_ENGLISH_RATIO: Final = 0.2
_SCRIPTS: Final = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af\u1100-\u11ff]")),
    ("zh", re.compile("[\u4e00-\u9fff\u3400-\u4dbf]")),
)
_SCRIPT_RATIO: Final = 0.2
_JAPANESE_RATIO: Final = 0.05


def detect_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the text's language, None where it is too short to tell.

    English is told by the share of its function words, Chinese, Japanese and Korean by their scripts, the rest by
    resiliparse's n-gram profiles.
    """
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample)
    if not words:
        return None
    if len(_ENGLISH_WORD.findall(sample)) >= _ENGLISH_RATIO * len(words):
        return "en"
    letters = sum(map(len, words))
    for code, script in _SCRIPTS:
        if len(script.findall(sample)) > letters * (_JAPANESE_RATIO if code == "ja" else _SCRIPT_RATIO):
            return code
    code, rank = detect_fast(sample)
    return code if rank > 0 else None


def name_language(code: str) -> str:
    """Return the English name of a language, the code itself where it has none."""
    try:
        return Locale.parse(code).get_language_name("en") or code
    except (UnknownLocaleError, ValueError):
        return code
