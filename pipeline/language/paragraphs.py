"""The pipeline component that ends a sentence at every paragraph break.

Belongs here: what layout alone says about sentence boundaries. All other boundaries are the parser's.
"""

from spacy.language import Language as SpacyPipeline
from spacy.tokens import Doc


@SpacyPipeline.component("winnow_paragraphs")
def end_sentences_at_paragraphs(doc: Doc) -> Doc:
    """Return `doc` with a sentence start after every whitespace token that holds a line break, and nowhere inside such whitespace."""
    after_break = False
    for token in doc:
        if token.is_space:
            token.is_sent_start = token.i == 0
            after_break = after_break or "\n" in token.text
        elif after_break:
            token.is_sent_start = True
            after_break = False
    return doc
