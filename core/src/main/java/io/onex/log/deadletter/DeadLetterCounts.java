package io.onex.log.deadletter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Letters per destination or source and reason; one thread at a time.
final class DeadLetterCounts {
  private final Map<Key, long[]> counts = new LinkedHashMap<>();

  private record Key(String name, boolean refused, String reason) {}

  void letter(DeadLetter letter) {
    add(new DeadLetterCount(letter.origin().name(), letter.isRefused(), letter.reason(), 1, 0));
  }

  void add(DeadLetterCount more) {
    Key key = new Key(more.name(), more.refused(), more.reason());
    long[] count = counts.computeIfAbsent(key, _ -> new long[2]);
    count[0] += more.letters();
    count[1] += more.replayed();
  }

  /// Whether some letter counted here may be one that `query` asks for.
  boolean mayMatch(DeadLetterQuery query) {
    return counts.keySet().stream()
        .anyMatch(key ->
            query.name().map(key.name::equals).orElse(true)
                && query.reason().map(key.reason::equals).orElse(true));
  }

  long letters() {
    return counts.values().stream().mapToLong(count -> count[0]).sum();
  }

  List<DeadLetterCount> list() {
    return counts.entrySet().stream()
        .map(each ->
            new DeadLetterCount(
                each.getKey().name(),
                each.getKey().refused(),
                each.getKey().reason(),
                each.getValue()[0],
                each.getValue()[1]))
        .toList();
  }
}
