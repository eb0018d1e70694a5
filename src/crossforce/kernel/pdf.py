"""Tagged PDF (PDF/UA-1) from a Typst template and plain data.

The data goes in as JSON and is never read as markup, so no text can change the document's shape.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

MEDIA_TYPE = "application/pdf"


def render(template: Path, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """The document of the template with the data (`sys.inputs.data`), dated `at`.

    Accessible by construction: the template sets title and language, and the compiler refuses
    what PDF/UA-1 does not allow. Raises typst.TypstError for a template that does not hold.
    """
    document: bytes = typst.compile(
        str(template),
        root=str(template.parent),
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=int(at.timestamp()),
        ignore_system_fonts=True,
    )
    return document
