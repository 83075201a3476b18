package io.onex.operation;

import io.onex.log.fold.SnapshotReader;
import io.onex.log.fold.SnapshotWriter;
import io.onex.routing.SpanTargets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The sets of tracing destinations that a snapshot refers to, each by its number; 0 is the empty
/// one. Few, however many operations are open.
final class SpanTargetTable {
  private final Map<SpanTargets, Integer> numbers = new LinkedHashMap<>();

  void add(SpanTargets targets) {
    if (!targets.isEmpty()) {
      numbers.putIfAbsent(targets, numbers.size() + 1);
    }
  }

  int number(SpanTargets targets) {
    return numbers.getOrDefault(targets, 0);
  }

  void write(SnapshotWriter out) {
    out.unsigned(numbers.size());
    for (SpanTargets targets : numbers.keySet()) {
      out.unsigned(targets.names().size());
      targets.names().forEach(out::text);
    }
  }

  /// The sets by their number. A snapshot before version 3 has none.
  static List<SpanTargets> read(SnapshotReader in) {
    List<SpanTargets> byNumber = new ArrayList<>();
    byNumber.add(SpanTargets.NONE);
    for (int sets = in.version() >= 3 ? in.count() : 0; sets > 0; sets--) {
      List<String> names = new ArrayList<>();
      for (int left = in.count(); left > 0; left--) {
        names.add(in.text());
      }
      byNumber.add(SpanTargets.of(names));
    }
    return byNumber;
  }

  /// The set whose number stands next.
  static SpanTargets next(SnapshotReader in, List<SpanTargets> byNumber) {
    int number = in.version() >= 3 ? in.count() : 0;
    if (number >= byNumber.size()) {
      throw in.broken("it has no set of destinations " + number);
    }
    return byNumber.get(number);
  }
}
