package io.onex.app;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A START and its END as the test pairs them: by correlation id, node and family, else in order.
///
/// @param parent the START of the operation with the same correlation id that was open around it
record SentOperation(SentEvent start, SentEvent end, Optional<SentEvent> parent) {
  /// All operations of events in the order in which they were sent, by the end that ended them.
  static List<SentOperation> of(List<SentEvent> sent) {
    Map<List<Object>, Deque<SentEvent>> open = new HashMap<>();
    Map<SentEvent, Optional<SentEvent>> parents = new HashMap<>();
    Map<String, Deque<SentEvent>> openByCorrelation = new HashMap<>();
    List<SentOperation> operations = new ArrayList<>();
    for (SentEvent event : sent) {
      List<Object> key = List.of(event.isTelemetry(), event.node(), event.correlation());
      Deque<SentEvent> together =
          openByCorrelation.computeIfAbsent(event.correlation(), c -> new ArrayDeque<>());
      if (event.isStart()) {
        boolean alone = event.correlation().isEmpty() || together.isEmpty();
        parents.put(event, alone ? Optional.empty() : Optional.of(together.getLast()));
        together.add(event);
        open.computeIfAbsent(key, k -> new ArrayDeque<>()).add(event);
      } else if (event.isEnd()) {
        SentEvent start = open.get(key).remove();
        together.remove(start);
        operations.add(new SentOperation(start, event, parents.get(start)));
      }
    }
    return operations;
  }

  long durationMicros() {
    long told = end.toldMicros();
    return told >= 0 ? told : end.timeMicros() - start.timeMicros();
  }

  String nodeName() {
    return end.node().replaceFirst(":\\d.*", "");
  }

  String version() {
    String[] parts = end.node().split(":", 2);
    return parts.length == 2 ? parts[1] : "unknown";
  }
}
