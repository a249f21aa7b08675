from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engines.cluster.engine import checked_address
from workbench.engines.cluster.plan import batches_of
from workbench.errors import EngineError


@given(st.lists(st.integers(0, 9000).map(lambda length: "م" * length)))
def test_batches_hold_every_text_once_in_order(texts):
    batches = list(batches_of(texts))
    assert [text for batch in batches for text in batch.texts] == texts
    assert [batch.start for batch in batches] == [
        sum(len(before.texts) for before in batches[:index]) for index in range(len(batches))
    ]
    assert all(batch.texts for batch in batches)


def test_a_batch_is_a_second_of_work_not_more():
    batches = list(batches_of(["م" * 400] * 100))
    assert {len(batch.texts) for batch in batches} == {10}
    assert [len(batch.texts) for batch in batches_of(["م" * 9000, "م", "م" * 9000])] == [1, 1, 1]


@pytest.mark.parametrize("address", ["", "http://desk:1", "inproc://x:1", "desk", "tcp://:8786", "tcp://desk:x"])
def test_what_is_no_address_of_a_scheduler_is_refused(address):
    with pytest.raises(EngineError, match="is not the address"):
        checked_address(address)


def test_an_address_without_scheme_is_tcp():
    assert checked_address("desk:8786") == "tcp://desk:8786"
    assert checked_address("tls://desk.example:8786") == "tls://desk.example:8786"
