package io.onex.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OwnedThreadTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @Test
  void one_that_works_in_rounds_shows_that_it_goes_on_and_rests_in_between() throws Exception {
    AtomicInteger rounds = new AtomicInteger();
    OwnedThread thread =
        OwnedThread.daemon(
                "test",
                "part",
                self -> {
                  while (self.pause(Duration.ofMillis(1))) {
                    rounds.incrementAndGet();
                  }
                })
            .start();
    await().until(() -> rounds.get() > 2);
    long stamp = thread.pulse().stamp();
    await().until(() -> thread.pulse().stamp() != stamp);
    thread.askToStop();
    assertThat(thread.awaitEnd(LONG)).isTrue();
    assertThat(thread.pulse().hasEnded()).isTrue();
    assertThat(thread.pulse().failure()).isEmpty();
  }

  @Test
  void one_that_hangs_is_at_work_with_a_stamp_that_stays() throws Exception {
    CountDownLatch hangs = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    OwnedThread thread =
        OwnedThread.daemon(
                "test",
                "part",
                self -> {
                  begun.countDown();
                  hangs.await();
                })
            .start();
    begun.await();
    assertThat(Pulse.atWork(thread.pulse().stamp())).isTrue();
    assertThat(thread.pulse().stamp()).isEqualTo(thread.pulse().stamp());
    thread.interrupt();
    thread.awaitEnd();
    assertThat(thread.pulse().failure()).isEmpty();
  }

  @Test
  void one_that_rests_is_not_at_work_for_however_long() throws Exception {
    OwnedThread thread =
        OwnedThread.virtual("test", "part", self -> self.pause(Duration.ofHours(1))).start();
    await().until(() -> !Pulse.atWork(thread.pulse().stamp()));
    thread.askToStop();
    thread.awaitEnd();
    assertThat(thread.pulse().failure()).isEmpty();
  }

  @Test
  void who_stops_it_waits_no_longer_than_it_says_and_keeps_an_interrupt() throws Exception {
    CountDownLatch hangs = new CountDownLatch(1);
    OwnedThread thread = OwnedThread.virtual("test", "part", _ -> hangs.await()).start();
    assertThat(thread.stop(Duration.ofMillis(1))).isFalse();
    Thread.currentThread().interrupt();
    assertThat(thread.stop(LONG)).isTrue();
    assertThat(Thread.interrupted()).isTrue();
    hangs.countDown();
    assertThat(thread.stop(LONG)).isTrue();
    assertThat(thread.pulse().hasEnded()).isTrue();
    assertThat(thread.pulse().failure()).isEmpty();
  }

  @Test
  void an_exception_an_error_an_interrupt_and_an_end_that_nobody_asked_for_are_failures() {
    assertThat(
            failure(self -> {
              throw new IllegalStateException("secret");
            }))
        .isEqualTo("its thread ended with IllegalStateException");
    assertThat(failure(self -> overflow(1))).isEqualTo("its thread ended with StackOverflowError");
    assertThat(failure(self -> {})).isEqualTo("its thread ended although nobody asked it to stop");
    assertThat(
            failure(self -> {
              throw new InterruptedException();
            }))
        .isEqualTo("its thread ended with InterruptedException");
  }

  private static String failure(OwnedThread.Work work) {
    OwnedThread thread = OwnedThread.virtual("test", "part", work).start();
    thread.awaitEnd();
    assertThat(thread.pulse().hasEnded()).isTrue();
    return thread.pulse().failure().orElseThrow();
  }

  @SuppressWarnings("InfiniteRecursion") // The stack is meant to end.
  private static int overflow(int depth) {
    return overflow(depth + 1) + 1;
  }
}
