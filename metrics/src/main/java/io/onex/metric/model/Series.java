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
}
