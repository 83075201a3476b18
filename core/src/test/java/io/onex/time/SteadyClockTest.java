package io.onex.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
  private static final long HOUR = Duration.ofHours(1).toNanos() / 1_000;
  private static final long YEAR = 365 * 24 * HOUR;
  private static final long SECOND = 1_000_000;

  private final List<Long> jumps = new ArrayList<>();
  private long trueMicros = 1_700_000_000_000_000L;
  private long wrongByMicros;
  private long monotonicNanos = Duration.ofDays(3).toNanos();

  private final Clock machine =
      new Clock() {
        @Override
        public long wallMicros() {
          return trueMicros + wrongByMicros;
        }

        @Override
        public long monotonicNanos() {
          return monotonicNanos;
        }
      };

  private final SteadyClock clock = new SteadyClock(machine, jumps::add);

  private void pass(long micros) {
    trueMicros += micros;
    monotonicNanos += micros * 1_000;
  }

  @Test
  void a_clock_that_is_wrong_for_less_than_a_minute_is_never_believed() {
    long seed = Long.getLong("onex.seed", new Random().nextLong());
    System.out.println("jumps of the wall clock: seed " + seed);
    Random random = new Random(seed);
    for (int jump = 0; jump < 2_000; jump++) {
      long until = trueMicros + random.nextLong(54 * SECOND);
      wrongByMicros =
          random.nextBoolean()
              ? random.nextLong(HOUR, YEAR)
              : -random.nextLong(2 * SECOND, 10 * YEAR);
      long before = clock.wallMicros();
      while (trueMicros < until) {
        pass(1 + random.nextLong(5 * SECOND));
        if (trueMicros < until) {
          assertThat(clock.wallMicros()).as("%s", wrongByMicros).isEqualTo(trueMicros);
          assertThat(clock.wallMicros()).isGreaterThanOrEqualTo(before);
        }
        before = clock.wallMicros();
      }
      wrongByMicros = 0;
      assertThat(clock.wallMicros()).isEqualTo(trueMicros);
      pass(random.nextLong(90 * SECOND));
    }
    assertThat(jumps).isEmpty();
  }

  @Test
  void a_clock_that_stays_where_it_was_set_is_believed_after_a_minute_and_said() {
    for (long by : List.of(HOUR, -HOUR, YEAR, -YEAR, 56 * YEAR)) {
      jumps.clear();
      long before = clock.wallMicros();
      trueMicros += by;
      for (int second = 0; second < 60; second++) {
        assertThat(clock.wallMicros()).isEqualTo(before + second * SECOND);
        pass(SECOND);
      }
      assertThat(clock.wallMicros()).isEqualTo(trueMicros);
      assertThat(jumps).containsExactly(by);
    }
  }

  @Test
  void slewing_is_followed_at_once_however_far_it_leads() {
    for (int i = 0; i < 10_000; i++) {
      pass(SECOND);
      trueMicros += 500;
      assertThat(clock.wallMicros()).isEqualTo(trueMicros);
    }
    assertThat(jumps).isEmpty();
  }

  @Test
  void a_machine_that_starts_in_1970_goes_on_where_it_ended_until_its_clock_is_right() {
    long ended = trueMicros;
    wrongByMicros = -trueMicros;
    SteadyClock started = new SteadyClock(machine, jumps::add);
    started.continueFrom(ended);
    pass(5 * SECOND);
    assertThat(started.wallMicros()).isEqualTo(trueMicros);
    wrongByMicros = HOUR;
    assertThat(started.wallMicros()).as("it was off for an hour").isEqualTo(trueMicros);
    pass(30 * SECOND);
    assertThat(started.wallMicros()).isEqualTo(trueMicros);
    pass(30 * SECOND);
    assertThat(started.wallMicros()).isEqualTo(trueMicros + HOUR);
    assertThat(jumps).containsExactly(HOUR);
  }

  @Test
  void a_log_that_was_written_with_a_clock_ahead_is_left_after_a_minute() {
    SteadyClock started = new SteadyClock(machine, jumps::add);
    started.continueFrom(trueMicros + YEAR);
    assertThat(started.wallMicros()).isEqualTo(trueMicros + YEAR);
    pass(60 * SECOND);
    assertThat(started.wallMicros()).isEqualTo(trueMicros);
    assertThat(jumps).containsExactly(-YEAR);
  }
}
