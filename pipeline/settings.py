"""Everything a user can set, with its default, read from `WINNOW_*` environment variables. What a setting does is
documented here and nowhere decided here."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_settings import BaseSettings, SettingsConfigDict


def _check_exists(path: Path) -> Path:
    if not path.exists():
        raise ValueError(f"{path} does not exist")
    return path


ExistingPath = Annotated[Path, AfterValidator(_check_exists)]


class Settings(BaseSettings):
    """Settings of one pipeline. Relative paths count from the working directory."""

    model_config = SettingsConfigDict(env_prefix="WINNOW_", frozen=True, extra="ignore")

    source: Path = Field(default=Path("seeds"), description="Folder of scraped articles (.txt, .html, .htm).")
    data: Path = Field(default=Path("data"), description="Folder that holds the published file and all working files.")
    language_model: str = Field(
        default="winnow_en", description="Language model: the shipped one, or an installed spaCy pipeline."
    )
    knowledge: ExistingPath | None = Field(
        default=None, description="A knowledge file (TOML) of your own, or a folder of such, beside the shipped one."
    )
    corrections: Path | None = Field(
        default=None, description="Folder of corrections; where unset, `corrections` in the source folder."
    )
    max_document_bytes: int = Field(default=10_000_000, gt=0, description="Larger files are rejected unread.")
    keep_releases: int = Field(default=5, ge=1, description="How many releases are kept.")
    lowest_share_of_last_release: float = Field(
        default=0.5, ge=0, le=1, description="Fewer documents or claims than this share of the last release block."
    )
    highest_rejected_share: float = Field(
        default=0.5, ge=0, le=1, description="More rejected documents than this share block."
    )
    bounds_from_documents: int = Field(
        default=20, ge=1, description="Shares are judged only from this many documents on."
    )

    @property
    def working_file(self) -> Path:
        """The DuckDB file between steps."""
        return self.data / "work.duckdb"

    @property
    def results_file(self) -> Path:
        """The DuckDB file of results that steps need not make again; it can be deleted."""
        return self.data / "results.duckdb"

    @property
    def published_file(self) -> Path:
        """The published DuckDB file."""
        return self.data / "winnow.duckdb"

    @property
    def releases_folder(self) -> Path:
        """Kept releases, one folder each."""
        return self.data / "releases"

    @property
    def verdicts_folder(self) -> Path:
        """Verdicts of checks, one file each."""
        return self.data / "verdicts"

    @property
    def pages_folder(self) -> Path:
        """Bytes of HTML pages, named by their SHA-256."""
        return self.data / "pages"

    @property
    def corrections_folder(self) -> Path:
        """Corrections that a person made."""
        return self.corrections or self.source / "corrections"
