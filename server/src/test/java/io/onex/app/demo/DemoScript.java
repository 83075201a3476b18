package io.onex.app.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// What a fleet of pretend nodes posts, all at once and known beforehand.
public final class DemoScript {
  private DemoScript() {}

  /// The events of so many runs in the order in which the fleet would post them, each as JSON.
  ///
  /// @param startMicros when the first run starts, since the epoch
  /// @param microsBetweenRuns as the fleet spaces them
  public static List<String> events(long seed, int runs, long startMicros, long microsBetweenRuns) {
    SplittableRandom random = new SplittableRandom(seed);
    List<DemoEvent> events = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      events.addAll(PretendNode.any(random).run(random, startMicros + i * microsBetweenRuns));
    }
    events.sort(null);
    return events.stream().map(event -> event.json().utf8()).toList();
  }
}
