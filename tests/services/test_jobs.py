"""The one shape of a background job."""

from __future__ import annotations

import threading

from imgsearch_gui.services.jobs import Worker


def test_a_callable_hands_over_its_result(qtbot, worker):
    job = worker.submit(lambda: 42)
    with qtbot.waitSignal(job.succeeded) as result:
        pass
    assert result.args == [42]


def test_a_generator_tells_its_progress_and_hands_over_what_it_returns(qtbot, worker):
    def work():
        yield 1
        yield 2
        return "end"

    steps = []
    job = worker.submit(work)
    job.progressed.connect(steps.append)
    with qtbot.waitSignal(job.succeeded) as result:
        pass
    assert steps == [1, 2]
    assert result.args == ["end"]


def test_an_error_crosses_as_the_object_it_is(qtbot, worker):
    error = KeyError("why")

    def work():
        yield 1
        raise error

    job = worker.submit(work)
    with qtbot.waitSignal(job.failed) as result:
        pass
    assert result.args[0] is error


def test_signals_come_on_the_thread_that_submitted(qtbot, worker):
    where = []

    def work():
        yield threading.current_thread()

    job = worker.submit(work)
    job.progressed.connect(lambda thread: where.append((thread, threading.current_thread())))
    with qtbot.waitSignal(job.finished):
        pass
    assert where[0][0].name == "imgsearch-test"
    assert where[0][1] is threading.current_thread()


def test_a_paused_generator_waits_at_its_next_yield(qtbot, worker):
    reached = []

    def work():
        yield 1
        reached.append(1)
        yield 2

    job = worker.submit(work)
    job.pause()
    with qtbot.waitSignal(job.progressed):
        pass
    assert not reached
    with qtbot.waitSignal(job.succeeded):
        job.resume()
    assert reached


def test_a_paused_generator_can_be_cancelled(qtbot, worker):
    closed = []

    def work():
        try:
            yield 1
            raise AssertionError("went on after it was cancelled")
        finally:
            closed.append(True)

    job = worker.submit(work)
    job.pause()
    with qtbot.waitSignal(job.progressed):
        pass
    with qtbot.waitSignal(job.cancelled):
        job.cancel()
        job.pause()  # which is too late
    assert closed


def test_cancel_closes_the_generator_at_its_next_yield(qtbot, worker):
    go_on, cleaned = threading.Event(), []

    def work():
        try:
            yield 1
            assert go_on.wait(20)
            yield 2
            raise AssertionError("went on after it was cancelled")
        finally:
            cleaned.append(True)

    job = worker.submit(work)
    with qtbot.waitSignal(job.progressed):
        pass
    job.cancel()
    with qtbot.waitSignal(job.cancelled):
        go_on.set()
    assert cleaned == [True]


def test_a_job_cancelled_before_it_begins_never_begins(qtbot, worker):
    go_on, began = threading.Event(), []
    worker.submit(lambda: go_on.wait(20))
    job = worker.submit(lambda: began.append(True))
    job.cancel()
    with qtbot.waitSignal(job.cancelled):
        go_on.set()
    assert not began


def test_jobs_run_one_after_the_other_and_end_once(qtbot, worker):
    order, ended = [], []
    jobs = [worker.submit(lambda n=n: order.append(n)) for n in range(5)]
    for job in jobs:
        job.finished.connect(lambda: ended.append(True))
    with qtbot.waitSignal(jobs[-1].finished):
        pass
    assert order == list(range(5))
    assert len(ended) == 5


def test_stop_silences_what_runs_and_ends_the_thread(qtbot, qapp):
    worker, go_on, heard = Worker("stopped"), threading.Event(), []
    running = threading.Event()

    def work():
        running.set()
        return go_on.wait(20)

    job = worker.submit(work)
    job.succeeded.connect(heard.append)
    assert running.wait(20)
    worker.stop()
    assert not worker.wait(0.01)
    go_on.set()
    assert worker.wait(20)
    qapp.processEvents()
    assert not heard


def test_a_worker_without_jobs_has_no_thread_to_stop(qapp):
    worker = Worker("idle")
    worker.stop()
    assert worker.wait(0)


def test_what_is_submitted_after_the_end_is_not_done(qapp):
    worker, done = Worker("test"), []
    worker.submit(lambda: done.append(1))
    worker.stop()
    assert worker.wait(20)
    worker.submit(lambda: done.append(2))
    assert worker.wait(20)
    assert 2 not in done
