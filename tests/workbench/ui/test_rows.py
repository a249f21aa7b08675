import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.ui.rows import RowHeights

# Some in one block, some in several.
HEIGHTS = st.lists(st.integers(1, 9), min_size=1, max_size=60) | st.lists(st.integers(1, 9), min_size=120, max_size=400)


@given(HEIGHTS, st.lists(st.tuples(st.integers(0, 399), st.integers(1, 9)), max_size=20))
def test_tops_and_rows_agree_with_plain_sums(heights, changes):
    rows = RowHeights(heights)
    for row, height in changes:
        if row < len(heights):
            assert rows.set(row, height) == (heights[row] != height)
            heights[row] = height
    assert rows.total == sum(heights)
    assert [rows.top(row) for row in range(len(heights))] == [sum(heights[:row]) for row in range(len(heights))]
    expected = [(row, line) for row, height in enumerate(heights) for line in range(height)]
    assert [rows.at(line) for line in range(rows.total)] == expected


@pytest.mark.parametrize("rows", [1, 2, 128, 129, 1000])
def test_a_line_beyond_the_end_belongs_to_the_last_row(rows):
    assert RowHeights([3] * rows).at(3 * rows + 2) == (rows - 1, 5)
