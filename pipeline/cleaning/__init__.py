"""From a document as found to its article alone, with every edit on record.

What belongs here: what is article and what is not, repairs, title, author, date and language, and the ledger of edits.
What does not: reading files, finding entities or claims.
"""

from pipeline.cleaning.documents import Cleaned, clean_documents
from pipeline.cleaning.duplicates import mark_duplicates
from pipeline.cleaning.ledger import LedgerError, SpanMap, apply_edits, revert_edits
from pipeline.cleaning.leftover import Leftover, find_boilerplate

__all__ = [
    "Cleaned",
    "LedgerError",
    "Leftover",
    "SpanMap",
    "apply_edits",
    "clean_documents",
    "find_boilerplate",
    "mark_duplicates",
    "revert_edits",
]
