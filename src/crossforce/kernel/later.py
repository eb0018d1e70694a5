"""What an app registers and few commands call: its module is not imported before, so that the others begin sooner."""

from dataclasses import dataclass
from typing import Any

from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Later:
    """The function of that dotted name, imported when it is called."""

    path: str

    def __call__(self, *given: Any, **named: Any) -> Any:
        """Call it."""
        return import_string(self.path)(*given, **named)
