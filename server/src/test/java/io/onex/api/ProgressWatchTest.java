package io.onex.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressWatchTest {
  private final Part part = new Part();
  private final ProgressWatch watch =
      new ProgressWatch(() -> List.of(part), Duration.ofSeconds(30));
  private long seconds;

  @Test
  void work_that_waits_too_long_without_anything_done_is_stuck() {
    part.work = true;
    look(0);
    look(29);
    assertThat(watch.stuck()).isEmpty();
    look(1);
    assertThat(watch.stuck())
        .containsExactly(new ProgressWatch.Stuck("fold", Duration.ofSeconds(30)));
  }

  @Test
  void slow_is_not_stuck() {
    part.work = true;
    look(0);
    for (int i = 0; i < 10; i++) {
      part.done++;
      look(29);
    }
    assertThat(watch.stuck()).isEmpty();
  }

  @Test
  void idle_is_not_stuck_however_long() {
    look(0);
    look(10_000);
    part.work = true;
    look(1);
    assertThat(watch.stuck()).isEmpty();
  }

  @Test
  void what_was_stuck_is_well_again_when_it_moves() {
    part.work = true;
    look(0);
    look(60);
    assertThat(watch.stuck()).hasSize(1);
    part.done++;
    look(1);
    assertThat(watch.stuck()).isEmpty();
  }

  private void look(long later) {
    seconds += later;
    watch.look(Duration.ofSeconds(seconds).toNanos());
  }

  private static final class Part implements Moving {
    private long done;
    private boolean work;

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
  }
}
