package io.onex.testkit;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/// Runs tasks in virtual time, in the order of their times and, for equal times, of their planning.
/// Deterministic; one thread.
public final class SimulatedScheduler {
  private final SeededClock clock;
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparing(Task::at).thenComparingLong(Task::planned));
  private long planned;

  private record Task(Duration at, long planned, Runnable work) {}

  public SimulatedScheduler(SeededClock clock) {
    this.clock = clock;
  }

  public SeededClock clock() {
    return clock;
  }

  /// Plans `work` for a moment from now.
  public void after(Duration delay, Runnable work) {
    tasks.add(new Task(clock.elapsed().plus(delay), planned++, work));
  }

  /// Runs everything that is planned up to `end`, what is planned meanwhile included.
  public void runUntil(Duration end) {
    while (!tasks.isEmpty() && tasks.peek().at().compareTo(end) <= 0) {
      Task next = tasks.remove();
      clock.advanceTo(next.at());
      next.work().run();
    }
    clock.advanceTo(end);
  }
}
