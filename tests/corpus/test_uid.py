import uuid

from corpus.uid import new_uid


def test_uids_are_version_7_unique_and_sorted_by_time():
    uids = [new_uid() for _ in range(1000)]
    assert len(set(uids)) == 1000
    parsed = [uuid.UUID(uid) for uid in uids]
    assert {(uid.version, uid.variant) for uid in parsed} == {(7, uuid.RFC_4122)}
    assert [uid.int >> 80 for uid in parsed] == sorted(uid.int >> 80 for uid in parsed)
