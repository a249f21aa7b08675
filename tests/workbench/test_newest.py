import threading

from workbench.newest import NewestFirst


def test_only_the_newest_of_what_waits_is_done_and_what_runs_is_told():
    done, started, told = [], threading.Event(), threading.Event()

    def slow(unwanted):
        started.set()
        while not unwanted():
            pass
        told.set()

    newest = NewestFirst("test")
    newest.ask(slow)
    assert started.wait(10)
    last = threading.Event()
    newest.ask(lambda _: done.append("dropped"))
    newest.ask(lambda _: (done.append("newest"), last.set()))
    assert told.wait(10)
    assert last.wait(10)
    newest.close()
    assert done[-1] == "newest"


def test_what_is_forgotten_or_asked_after_the_end_is_not_done():
    done = []
    newest = NewestFirst("test", after_seconds=30)
    newest.ask(lambda _: done.append(1))
    newest.forget()
    newest.close()
    newest.ask(lambda _: done.append(2))
    assert done == []
