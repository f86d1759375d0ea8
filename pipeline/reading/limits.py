"""How much of a source is read at most. What belongs here: bounds a user may set, with their defaults."""

from pydantic import BaseModel, ConfigDict, Field


class ReadingLimits(BaseModel):
    """Bounds of reading, so that no single file takes the memory of a run."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    max_bytes: int = Field(default=10_000_000, gt=0, description="Largest file that is read, in bytes.")
