"""What the class names, ids and roles of a page's elements hint at.

What belongs here: the vocabulary of hints and reading it off an element's names. What does not: what follows from a
hint, which the model weighs.
"""

import re
from functools import lru_cache
from typing import Final

_VOCABULARY: Final = {
    "article": r"article(?!s)|story(?!-?list)|storybody|entry|\bpost(?!s|ed|-?(?:meta|date|author|nav))|blog-?post",
    "body": r"body|content|text|copy|rich-?text|prose|paragraph|markdown|wysiwyg",
    "headline": r"headline|title|heading",
    "standfirst": (
        r"standfirst|subhead|sub-?title|deck|dek\b|lede"
        r"|lead|summary|excerpt|intro|synopsis|key-?points|takeaway"
    ),
    "byline": r"by-?line|author|writer|contributor|bio\b|profile",
    "date": r"date|time|publish|meta\b|posted|stamp",
    "caption": r"caption|credit|photo|image|img|figure|gallery|slide|media|video|player|embed|carousel",
    "related": (
        r"relat|recommend|more-|-more|read-?next|up-?next|also|trending|popular|most-|latest|recent"
        r"|similar|teaser|promo|outbrain|taboola|zergnet|list(?:ing)?s?\b|card|tile|river|feed|archive|grid"
    ),
    "comment": r"comment|disqus|discuss|respond|reply|livefyre|coral|conversation|feedback",
    "share": r"share|sharing|social|follow|tool(?:s|bar)|facebook|twitter|whatsapp|addthis|print|like-",
    "advertisement": r"\bads?\b|\bad-|-ad\b|advert|sponsor|dfp|banner|commercial|affiliate|adslot|promoted",
    "newsletter": r"newsletter|subscri|sign-?up|email|mailing|optin|opt-in|mc_embed|campaign|paywall|register|piano",
    "navigation": (
        r"nav|menu|breadcrumb|crumb|pagination|pager|header|masthead"
        r"|topbar|logo|skip|toc\b|table-of|index|tabs?\b|search"
    ),
    "footer": r"foot|copyright|legal|colophon|disclaimer|terms",
    "sidebar": (
        r"side|aside|rail|widget|secondary|complementary|column-?(?:right|2|3)"
        r"|right-?col|extra|module|box|callout|inset|infobox|fact"
    ),
    "consent": r"cookie|consent|gdpr|privacy|modal|popup|overlay|dialog|lightbox|drawer|tooltip",
    "tags": r"\btags?\b|tag-|-tags|topic|categor|label|keyword|section-name|kicker|eyebrow",
    "quote": r"quote|pull",
    "commerce": r"cart|price|product|shop|buy|cta|button|btn|login|sign-?in|account|donat|form\b",
}
HINTS: Final = tuple(_VOCABULARY)
HINT_COUNT: Final = len(HINTS)
_PATTERNS: Final = tuple((1 << bit, re.compile(pattern)) for bit, pattern in enumerate(_VOCABULARY.values()))
_ANY: Final = re.compile("|".join(_VOCABULARY.values()))
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MAX_NAME: Final = 80


def hints_of(names: str) -> int:
    """Return the hints in an element's class names, id and role as bits, in the order of `HINTS`."""
    bits = 0
    for name in names.split():
        bits |= _hints_of_name(name)
    return bits


@lru_cache(maxsize=50_000)
def _hints_of_name(name: str) -> int:
    spaced = _CAMEL.sub("-", name[:_MAX_NAME]).replace("_", "-").lower()
    bits = 0
    if _ANY.search(spaced) is not None:
        for bit, pattern in _PATTERNS:
            if pattern.search(spaced) is not None:
                bits |= bit
    return bits
