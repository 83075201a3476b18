package io.onex.metric.model;

import io.onex.operation.Symbol;
import java.util.List;

/// The label values of one series and what it has counted so far.
///
/// @param cell changes in place
record Series<C extends Cell>(Symbol first, Symbol second, Symbol third, C cell) {
  List<String> labelValues(int count) {
    return List.of(first.text(), second.text(), third.text()).subList(0, count);
  }

  boolean has(Symbol one, Symbol two, Symbol three) {
    return first.equals(one) && second.equals(two) && third.equals(three);
  }

  /// Nobody outside can foretell it, as they cannot those of symbols.
  static int hash(Symbol one, Symbol two, Symbol three) {
    int hash = (one.hashCode() * 31 + two.hashCode()) * 31 + three.hashCode();
    return hash ^ (hash >>> 16);
  }
}
