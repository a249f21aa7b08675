from pathlib import Path

import pytest

NEWS = Path(__file__).with_name("news.tsv")


@pytest.fixture(scope="session")
def news() -> list[tuple[str, str]]:
    """Return forty sentences with their translations."""
    lines = NEWS.read_text(encoding="utf-8").splitlines()[1:]
    return [(arabic, english) for arabic, english in (line.split("\t") for line in lines)]
