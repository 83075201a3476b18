package io.onex.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.onex.thread.Crew;
import io.onex.thread.OwnedThread;
import io.onex.thread.Pulse;
import io.onex.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressWatchTest {
  private final Part part = new Part();
  private final List<Pulse> pulses = new ArrayList<>();
  private final SetClock clock = new SetClock();
  private final ProgressWatch watch =
      new ProgressWatch(() -> List.of(part), () -> pulses, Duration.ofSeconds(30), clock);

  @Test
  void work_that_waits_too_long_without_anything_done_is_stuck() {
    part.work = true;
    watch.look();
    look(29);
    assertThat(watch.stuck()).isEmpty();
    look(1);
    assertThat(watch.stuck())
        .containsExactly(
            new ProgressWatch.Stuck(
                "fold", Duration.ofSeconds(30), "it has work and has done none of it"));
  }

  @Test
  void slow_is_not_stuck() {
    part.work = true;
    watch.look();
    for (int i = 0; i < 10; i++) {
      part.done++;
      look(29);
    }
    assertThat(watch.stuck()).isEmpty();
  }

  @Test
  void idle_is_not_stuck_however_long() {
    watch.look();
    look(10_000);
    part.work = true;
    look(1);
    assertThat(watch.stuck()).isEmpty();
  }

  @Test
  void what_was_stuck_is_well_again_when_it_moves() {
    part.work = true;
    watch.look();
    look(60);
    assertThat(watch.stuck()).hasSize(1);
    part.done++;
    look(1);
    assertThat(watch.stuck()).isEmpty();
  }

  @Test
  void what_is_stuck_is_measured_to_the_question_and_a_watch_that_ended_is_stuck_itself() {
    part.work = true;
    watch.look();
    look(1);
    clock.later(29);
    assertThat(watch.stuck())
        .extracting(ProgressWatch.Stuck::name, one -> one.since().toSeconds())
        .containsExactly(tuple("fold", 30L));
    clock.later(1);
    assertThat(watch.stuck()).extracting(ProgressWatch.Stuck::name).contains("watch", "fold");
  }

  @Test
  void time_in_which_the_whole_process_stood_still_counts_for_nobody() {
    part.work = true;
    watch.look();
    look(20);
    clock.later(3_600);
    watch.look();
    look(9);
    assertThat(watch.stuck()).isEmpty();
    look(1);
    assertThat(watch.stuck()).hasSize(1);
  }

  @Test
  void what_has_failed_is_stuck_at_once_and_says_why() {
    part.failure = Optional.of("fold x failed");
    watch.look();
    assertThat(watch.stuck())
        .containsExactly(new ProgressWatch.Stuck("fold", Duration.ZERO, "fold x failed"));
  }

  @Test
  void a_thread_that_died_is_stuck_at_once_and_for_good() {
    OwnedThread dead =
        OwnedThread.virtual(
                "test",
                "part",
                self -> {
                  throw new IllegalStateException("provoked");
                })
            .start();
    dead.awaitEnd();
    pulses.add(dead.pulse());
    watch.look();
    look(7);
    assertThat(watch.stuck())
        .containsExactly(
            new ProgressWatch.Stuck(
                "part", Duration.ofSeconds(7), "its thread ended with IllegalStateException"));
    assertThat(watch.names()).containsExactly("fold", "part");
  }

  @Test
  void a_thread_that_ended_as_it_was_asked_to_is_watched_no_more() {
    OwnedThread done =
        OwnedThread.virtual("test", "part", self -> self.pause(Duration.ofHours(1))).start();
    done.askToStop();
    done.awaitEnd();
    pulses.add(done.pulse());
    watch.look();
    look(100);
    assertThat(watch.stuck()).isEmpty();
    assertThat(watch.names()).containsExactly("fold");
  }

  @Test
  void one_thread_of_a_crew_that_hangs_is_seen_although_the_others_work() throws Exception {
    CountDownLatch hangs = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    try (Crew crew = new Crew("onex-test", 2)) {
      Thread asking =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  boolean _ =
                      crew.call(() -> {
                        begun.countDown();
                        return hangs.await(30, TimeUnit.SECONDS);
                      });
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      begun.await();
      assertThat(crew.<Integer>compute(() -> 1)).isEqualTo(1);
      pulses.addAll(crew.pulses());
      watch.look();
      look(15);
      assertThat(crew.<Integer>compute(() -> 2)).isEqualTo(2);
      look(15);
      assertThat(watch.stuck())
          .extracting(ProgressWatch.Stuck::name)
          .containsExactly("crew onex-test");
      hangs.countDown();
      asking.join();
      await().until(() -> crew.pulses().stream().noneMatch(pulse -> Pulse.atWork(pulse.stamp())));
      look(1);
      assertThat(watch.stuck()).isEmpty();
    }
  }

  /// Looks each second, as the watch does.
  private void look(int seconds) {
    for (int i = 0; i < seconds; i++) {
      clock.later(1);
      watch.look();
    }
  }

  private static final class SetClock implements Clock {
    private long nanos;

    void later(long seconds) {
      nanos += Duration.ofSeconds(seconds).toNanos();
    }

    @Override
    public long wallMicros() {
      return nanos / 1_000;
    }

    @Override
    public long monotonicNanos() {
      return nanos;
    }
  }

  private static final class Part implements Moving {
    private long done;
    private boolean work;
    private Optional<String> failure = Optional.empty();

    @Override
    public String name() {
      return "fold";
    }

    @Override
    public long done() {
      return done;
    }

    @Override
    public boolean hasWork() {
      return work;
    }

    @Override
    public Optional<String> failure() {
      return failure;
    }
  }
}
