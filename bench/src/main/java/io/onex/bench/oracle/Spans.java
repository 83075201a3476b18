package io.onex.bench.oracle;

import java.util.Arrays;

/// The spans one back end received: one per ended operation, the same each time. Safe for many
/// threads.
public final class Spans {
  private final Findings findings = new Findings();
  private long[] idOfOperation = new long[1 << 14];
  private long distinct;
  private long repeats;

  /// A span arrived.
  ///
  /// @param operation number of the operation
  /// @param spanId its id, never 0
  /// @param durationMicros its duration
  /// @param expectedMicros what the events of the operation said
  /// @param failed whether it is marked as an error
  /// @param expectedFailed whether the operation's END was a failure
  public synchronized void received(
      long operation,
      long spanId,
      long durationMicros,
      long expectedMicros,
      boolean failed,
      boolean expectedFailed) {
    int index = Math.toIntExact(operation);
    if (index >= idOfOperation.length) {
      idOfOperation = Arrays.copyOf(idOfOperation, Math.max(index + 1, idOfOperation.length * 2));
    }
    if (idOfOperation[index] == 0) {
      idOfOperation[index] = spanId;
      distinct++;
    } else if (idOfOperation[index] == spanId) {
      repeats++;
    } else {
      findings.add("operation " + operation + " has two spans");
    }
    if (durationMicros != expectedMicros) {
      findings.add(
          "the span of operation "
              + operation
              + " took "
              + durationMicros
              + " us, its events say "
              + expectedMicros);
    }
    if (failed != expectedFailed) {
      findings.add("the span of operation " + operation + " has the wrong outcome");
    }
  }

  public Findings findings() {
    return findings;
  }

  /// Operations with a span.
  public synchronized long distinct() {
    return distinct;
  }

  /// Arrivals beyond the first of each span.
  public synchronized long repeats() {
    return repeats;
  }

  public synchronized boolean has(long operation) {
    return operation < idOfOperation.length && idOfOperation[Math.toIntExact(operation)] != 0;
  }
}
