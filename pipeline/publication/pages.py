"""The HTML pages behind a release's documents, kept beside its file under the hash that `raw_html_sha256` names."""

import shutil
from pathlib import Path

from pipeline.publication.verify import VerificationError
from pipeline.reading.pages import name_page
from pipeline.storage import Reader, open_database


def copy_pages(database: Path, pages: Path, target: Path) -> None:
    """Copy the page of every HTML document of the new file from the folder `pages` into the folder `target`.

    Raises VerificationError where a page is not there.
    """
    with open_database(database, read_only=True) as connection:
        named = Reader(connection).query(
            "SELECT DISTINCT raw_html_sha256 FROM documents WHERE raw_html_sha256 IS NOT NULL ORDER BY 1"
        )
    for sha256 in named["raw_html_sha256"].to_list():
        page = name_page(pages, sha256)
        if not page.exists():
            raise VerificationError(f"the page {page} of a document is gone: materialize raw_documents again")
        target.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(page, name_page(target, sha256))
