from hypothesis import given
from hypothesis import strategies as st

from workbench.ui.rows import RowHeights

HEIGHTS = st.lists(st.integers(1, 9), min_size=1, max_size=60)


@given(HEIGHTS, st.lists(st.tuples(st.integers(0, 59), st.integers(1, 9)), max_size=20))
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


def test_a_line_beyond_the_end_belongs_to_the_last_row():
    assert RowHeights([2, 3]).at(7) == (1, 5)
