"""Words for people, in English and Welsh."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Language = Literal["en", "cy"]


class Words(BaseModel):
    """The same words in English and, where written, in Welsh."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    en: str = Field(min_length=1, max_length=20_000)
    cy: str | None = Field(default=None, min_length=1, max_length=20_000)

    def in_language(self, language: str) -> str:
        """The Welsh words if asked for and written, else the English."""
        return self.cy if language == "cy" and self.cy else self.en


def read_out(code: str) -> str:
    """A code that nothing names, as words."""
    return code.replace("-", " ").capitalize()
