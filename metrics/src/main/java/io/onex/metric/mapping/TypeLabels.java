package io.onex.metric.mapping;

import io.onex.bytes.Slice;
import io.onex.event.EventType;
import io.onex.log.RecordFrame;
import io.onex.operation.Symbol;
import io.onex.operation.Symbols;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The labels `event_type` and `status` of `onex_events_total` that follow from an event's type.
///
/// Types are written in lower case, as the seed does.
final class TypeLabels {
  /// @param status of an event of this type, unless its operation says otherwise
  record Labels(Symbol type, Symbol status) {}

  private final Symbols symbols;
  private final Labels nodeSuccess;
  private final Labels nodeFailure;
  private final Labels telemetrySuccess;
  private final Labels telemetryError;
  private @Nullable Labels[] byId = new Labels[64];

  TypeLabels(Symbols symbols) {
    this.symbols = symbols;
    nodeSuccess = of(EventType.NODE_SUCCESS);
    nodeFailure = of(EventType.NODE_FAILURE);
    telemetrySuccess = of(EventType.TELEMETRY_OPERATION_SUCCESS);
    telemetryError = of(EventType.TELEMETRY_OPERATION_ERROR);
  }

  Labels nodeSuccess() {
    return nodeSuccess;
  }

  Labels nodeFailure() {
    return nodeFailure;
  }

  Labels telemetrySuccess() {
    return telemetrySuccess;
  }

  Labels telemetryError() {
    return telemetryError;
  }

  Labels of(RecordFrame frame) {
    int id = frame.typeId();
    if (id == EventType.UNKNOWN_ID) {
      return of(frame.type());
    }
    if (id >= byId.length) {
      byId = Arrays.copyOf(byId, id + 64);
    }
    Labels known = byId[id];
    if (known == null) {
      known = of(frame.type());
      byId[id] = known;
    }
    return known;
  }

  private Labels of(EventType type) {
    return new Labels(
        symbols.of(Slice.utf8(type.name().toLowerCase(Locale.ROOT))), status(type.name()));
  }

  /// One that neither begins nor ends anything is `info`.
  private static Symbol status(String type) {
    return switch (type) {
      case "NODE_START", "TELEMETRY_OPERATION_START", "TOOL_PROXY_INVOKE", "SCENARIO_STARTED" ->
          Values.STARTED;
      case "NODE_SUCCESS",
          "TELEMETRY_OPERATION_SUCCESS",
          "NODE_ANNOUNCE_ACCEPTED",
          "TOOL_PROXY_RESULT",
          "SCENARIO_PASSED" ->
          Values.SUCCESS;
      case "NODE_FAILURE",
          "TELEMETRY_OPERATION_ERROR",
          "NODE_ANNOUNCE_REJECTED",
          "TOOL_PROXY_REJECTED",
          "TOOL_PROXY_ERROR",
          "TOOL_PROXY_TIMEOUT",
          "SCENARIO_FAILED" ->
          Values.ERROR;
      default -> Values.INFO;
    };
  }
}
