package io.onex.integration.elk;

import io.onex.log.ControlRecord;
import io.onex.log.DerivedRecord;
import io.onex.log.EventRecord;
import io.onex.log.LogRecord;
import io.onex.log.MetricsRecord;
import io.onex.log.Record;
import io.onex.log.SpanRecord;

/// Which records become documents.
final class ElkRecords {
  private ElkRecords() {}

  /// Events, log lines and conclusions. Spans and metrics have systems of their own, and decisions
  /// about the gateway are its own matter.
  static boolean take(Record record) {
    return switch (record) {
      case EventRecord event -> true;
      case LogRecord line -> true;
      case DerivedRecord conclusion -> true;
      case SpanRecord span -> false;
      case MetricsRecord metrics -> false;
      case ControlRecord decision -> false;
    };
  }
}
