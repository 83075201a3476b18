package io.onex.segment;

import io.onex.segment.SegmentProblem.Kind;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Counts the problems of a store, each place once, and remembers the last ones. Safe for use by
/// many threads.
public final class SegmentProblems {
  private static final int REMEMBERED = 1000;

  private final Consumer<SegmentProblem> listener;
  private final Map<Place, SegmentProblem> remembered = new LinkedHashMap<>();
  private final Set<Place> damaged = new HashSet<>();
  private final EnumMap<Kind, Long> counts = new EnumMap<>(Kind.class);
  private long positionsLost;

  private record Place(Kind kind, String file, long offset) {}

  /// @param listener is told of each problem once, on the thread that found it
  public SegmentProblems(Consumer<SegmentProblem> listener) {
    this.listener = listener;
  }

  /// Problems that nobody is told of.
  public static SegmentProblems silent() {
    return new SegmentProblems(problem -> {});
  }

  /// Counts `problem` unless one of its kind is known at the place.
  public void add(SegmentProblem problem) {
    synchronized (this) {
      Place place = new Place(problem.kind(), problem.file(), problem.offset());
      if (!damaged.add(place)) {
        return;
      }
      counts.merge(problem.kind(), 1L, Long::sum);
      positionsLost += problem.positions();
      remembered.put(place, problem);
      if (remembered.size() > REMEMBERED) {
        remembered.remove(remembered.keySet().iterator().next());
      }
    }
    listener.accept(problem);
  }

  /// The last problems, oldest first; at most a thousand.
  public synchronized List<SegmentProblem> latest() {
    return List.copyOf(remembered.values());
  }

  /// How often each kind was found since the start.
  public synchronized Map<Kind, Long> counts() {
    return Map.copyOf(counts);
  }

  /// Positions lost since the start, by all problems together.
  public synchronized long positionsLost() {
    return positionsLost;
  }
}
