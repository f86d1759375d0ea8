"""Documents that hold no article: error and consent pages, listings, tables, transcripts of nothing.

What belongs here: the signs of each, told from what cleaning kept. What does not: languages and sizes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.cleaning.segments import Segment, count_words
from pipeline.tables import RejectionReason

MIN_WORDS: Final = 12
_NOTICE_WORDS: Final = 150
"""An article is longer than a notice; above so many words none of the notices' wordings says anything."""
_ERROR: Final = re.compile(
    r"\b(?:404|403|410|500|502|503)\b[^.]{0,30}\b(?:error|not found|forbidden|unavailable|gone)\b"
    r"|\b(?:error|http)\s?(?:404|403|410|500|502|503)\b"
    r"|page (?:you (?:requested|are looking for|were looking for)|(?:can ?not|could not|can't|cannot) be|(?:was )?not)"
    r" (?:found|is no longer|has (?:been )?(?:moved|removed|gone)|doesn.t exist|does not exist|available)"
    r"|(?:sorry|oops)[,!. ][^.]{0,40}\b(?:page|article|story|link)\b[^.]{0,40}"
    r"\b(?:not|doesn.t|longer|moved|exist|find|found)\b"
    r"|access (?:denied|to this page has been denied)"
    r"|(?:are you|verify (?:that )?you are|confirm you are)(?: not)? (?:a )?(?:human|robot)"
    r"|(?:please )?(?:enable|turn on) (?:javascript|cookies)"
    r"|checking your browser"
    r"|just a moment\b"
    r"|unusual traffic"
    r"|ray id"
    r"|(?:service|site|website) (?:is )?(?:temporarily )?(?:unavailable|down for maintenance)"
    r"|internal server error"
    r"|bad gateway",
    re.IGNORECASE,
)
_CONSENT: Final = re.compile(
    r"\b(?:cookies?|consent|your privacy|personal data|our partners|legitimate interest|gdpr|data protection"
    r"|privacy (?:policy|choices|settings)|ad personali[sz]ation)\b",
    re.IGNORECASE,
)
_SOUND: Final = re.compile(r"[\[(♪][^\])♪]{0,40}[\])♪]|\b(?:\d{1,2}:)?\d{1,2}:\d{2}\b")
_FIGURE: Final = re.compile(r"^[\s\d.,%$€£¥+()/:x–-]+$|^(?:n/?a|–|-|—)$", re.IGNORECASE)
_CONSENT_SHARE: Final = 0.05
_MIN_LISTING: Final = 6
_MAX_PROSE_SHARE: Final = 0.2
_MIN_TABLE: Final = 8
_MAX_FIGURE_SHARE: Final = 0.5


@dataclass(frozen=True, slots=True)
class NonArticle:
    """Why a document is no article, as a code and in words."""

    reason: RejectionReason
    detail: str


def find_reason(text: str, kept: Sequence[Segment], title: str | None) -> NonArticle | None:
    """Return why a document is no article, None where it may be one.

    `text` is the whole document's, `kept` what cleaning left of it. "404 Not Found" in a short text gives `error_page`;
    a text full of cookies and consent `consent_page`; headlines one under the other `listing_page`; rows of figures,
    or only "[Music]" and "[Applause]", `no_article`; fewer than twelve words `too_short`.
    """
    words = sum(count_words(segment.text) for segment in kept)
    notice = f"{title or ''}\n{text[:3000]}"
    if words < _NOTICE_WORDS:
        error = _ERROR.search(notice)
        if error is not None:
            return NonArticle("error_page", f"a short text that says {error[0]!r}")
        consent = len(_CONSENT.findall(text[:6000]))
        if consent >= 3 and consent >= _CONSENT_SHARE * min(count_words(text[:6000]), 400):
            return NonArticle(
                "consent_page", f"a short text that speaks of cookies, consent or privacy {consent} times"
            )
    return _by_shape(kept, words)


def _by_shape(kept: Sequence[Segment], words: int) -> NonArticle | None:
    spoken = sum(count_words(_SOUND.sub("", segment.text)) for segment in kept)
    if kept and spoken <= len(kept) // 4:
        return NonArticle("no_article", "sounds and times of a transcript in which nothing is said")
    figures = sum(1 for segment in kept if _FIGURE.match(segment.text))
    if len(kept) >= _MIN_TABLE and figures > _MAX_FIGURE_SHARE * len(kept):
        return NonArticle("no_article", f"a table: {figures} of {len(kept)} lines hold figures alone")
    prose = sum(segment.word_count for segment in kept if segment.ends_as_sentence and segment.word_count >= 8)
    if len(kept) >= _MIN_LISTING and prose < _MAX_PROSE_SHARE * sum(segment.word_count for segment in kept):
        return NonArticle("listing_page", f"{len(kept)} lines, {prose} of their words in sentences")
    if words < MIN_WORDS:
        return NonArticle("too_short", f"{words} words of article; at least {MIN_WORDS} are needed")
    return None
