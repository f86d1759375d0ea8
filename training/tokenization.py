"""The tokenizer of the shipped pipeline: spaCy's English one, brought closer to how the treebanks cut words.

Belongs here: the differences. They are kept to what does not occur inside quantities.
"""

import re

from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

_RUNS = (r"[!?]{2,}", r"={2,}", r"_{2,}", r"\*{2,}", r"#{2,}", r"-{2,}", r"<{2,}", r">{2,}")
_PREFIXES = "non|e|anti|re|co|pre|pro|mid|post|ex|semi|multi|sub|counter|over"
_WHOLE = re.compile(rf"(?i:{_PREFIXES})-[A-Za-z]{{2,}}$|\d{{3}}-\d{{3}}-\d{{4}}$")
_WHOLE_WORDS = ("etc.",)


def adapt_tokenizer(pipeline: Language) -> None:
    """Let the tokenizer of `pipeline` keep runs of marks, prefixed words and telephone numbers whole."""
    defaults = pipeline.Defaults
    tokenizer = pipeline.tokenizer
    assert isinstance(tokenizer, Tokenizer)
    tokenizer.prefix_search = compile_prefix_regex([*_RUNS, *(defaults.prefixes or ())]).search
    tokenizer.suffix_search = compile_suffix_regex([*_RUNS, *(defaults.suffixes or ())]).search
    tokenizer.infix_finditer = compile_infix_regex(defaults.infixes or ()).finditer
    tokenizer.token_match = _WHOLE.match
    tokenizer.rules = {word: cut for word, cut in (tokenizer.rules or {}).items() if word.lower() != "and/or"}
    for word in _WHOLE_WORDS:
        tokenizer.add_special_case(word, [{"ORTH": word}])
