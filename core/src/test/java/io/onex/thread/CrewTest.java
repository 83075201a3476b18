package io.onex.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CrewTest {
  @Test
  void work_asked_for_by_a_virtual_thread_is_done_by_a_platform_thread() throws Exception {
    AtomicReference<Thread> worker = new AtomicReference<>();
    try (Crew crew = new Crew("test-crew", 1)) {
      Thread asking =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  worker.set(crew.compute(Thread::currentThread));
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      asking.join();
    }

    assertThat(worker.get().isVirtual()).isFalse();
    assertThat(worker.get().getName()).startsWith("test-crew-");
  }

  @Test
  void what_the_work_throws_is_thrown() {
    try (Crew crew = new Crew("test-crew", 1)) {
      assertThatThrownBy(() ->
              crew.call(() -> {
                throw new IOException("no disk");
              }))
          .isInstanceOf(IOException.class)
          .hasMessage("no disk");
    }
  }

  @Test
  void an_interrupted_caller_returns_only_when_the_work_has_ended() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicBoolean endedBefore = new AtomicBoolean();
    try (Crew crew = new Crew("test-crew", 1)) {
      Thread asking =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  crew.call(() -> {
                    begun.countDown();
                    release.await();
                    ended.set(true);
                    return "done";
                  });
                } catch (Exception e) {
                  endedBefore.set(ended.get());
                  thrown.set(e);
                }
              });
      begun.await();

      asking.interrupt();
      while (asking.isInterrupted()) {
        Thread.onSpinWait();
      }
      release.countDown();
      asking.join();
    }

    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    assertThat(endedBefore).isTrue();
  }

  @Test
  void an_interrupt_is_not_forgotten_when_the_work_fails() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    try (Crew crew = new Crew("test-crew", 1)) {
      Thread asking =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  crew.call(() -> {
                    begun.countDown();
                    release.await();
                    throw new IOException("no disk");
                  });
                } catch (Exception e) {
                  interrupted.set(Thread.currentThread().isInterrupted());
                }
              });
      begun.await();

      asking.interrupt();
      while (asking.isInterrupted()) {
        Thread.onSpinWait();
      }
      release.countDown();
      asking.join();
    }

    assertThat(interrupted).isTrue();
  }

  @Test
  void a_closed_crew_answers_that_all_is_being_stopped() {
    Crew crew = new Crew("test-crew", 1);
    crew.close();

    assertThatThrownBy(() -> crew.compute(() -> 1)).isInstanceOf(InterruptedException.class);
  }
}
