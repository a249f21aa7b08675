"""The heaviest chain of anchors, and the corridor along it."""

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from corpus.alignment.corridor import corridor_along, heaviest_chain

PAIRS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(1, 9)), max_size=8)


def grows(chain):
    return all(one[0] < other[0] and one[1] < other[1] for one, other in pairwise(chain))


@given(PAIRS)
def test_no_chain_is_heavier(pairs):
    weights = {}
    for source, target, weight in pairs:
        weights[source, target] = max(weight, weights.get((source, target), 0))
    chain = heaviest_chain(pairs)
    assert grows(chain)
    best = max(
        sum(weights[point] for point in some)
        for size in range(len(weights) + 1)
        for some in combinations(sorted(weights), size)
        if grows(some)
    )
    assert sum(weights[point] for point in chain) == best


@given(st.integers(0, 30), st.integers(0, 30), st.integers(1, 5), st.lists(st.integers(0, 30), max_size=4, unique=True))
def test_a_corridor_leads_from_the_beginning_to_the_end(source, target, width, places):
    chain = [(place, place) for place in sorted(places) if place < min(source, target)]
    corridor = corridor_along(chain, source, target, width)
    assert len(corridor) == source + 1
    assert corridor[0][0] == 0
    assert corridor[-1][1] == target
    assert all(0 <= first <= last <= target for first, last in corridor)
    assert all(one[0] <= other[0] <= one[1] <= other[1] for one, other in pairwise(corridor))


def test_a_corridor_is_narrow_where_both_sides_go_on_alike_and_wide_where_something_is_missing():
    corridor = corridor_along([(100, 100), (110, 160)], 1000, 1050, 5)
    assert corridor[50] == (45, 55)
    assert corridor[105][1] - corridor[105][0] > 50
    assert corridor[500] == (545, 555)
