"""Attribution: which words of an article somebody other than its author stands for, and who.

Belongs here: quotations, reported speech, documents and unnamed sources, denials and refusals to comment. Does not
belong here: what the attributed words claim, and adverbs of hearsay without a source ("reportedly", "allegedly"), which
leave the author as the one who speaks and are read as modality of the claim.
"""

from pipeline.extraction.attribution.assembly import find_attributions

__all__ = ["find_attributions"]
