package io.onex.integration.elk;

import io.onex.bytes.Slice;
import io.onex.event.EventType;
import io.onex.json.JsonCursor;
import io.onex.json.JsonFields;
import io.onex.json.JsonKind;
import io.onex.log.DerivedRecord;
import io.onex.log.LogRecord;
import io.onex.log.Record;
import io.onex.log.RecordFlags;
import java.util.Set;

/// What one walk over the members of a record's metadata (or body, where that says it) finds for
/// the computed fields of a document.
///
/// Reused from record to record; one thread at a time.
final class Findings {
  private static final Set<String> FAILURES =
      Set.of("error", "failure", "failed", "timeout", "timed_out");

  private final JsonCursor cursor = new JsonCursor();
  private double executionTimeMs;
  private double durationMs;
  private double durationSeconds;
  private double durationMicros;
  private Slice message = Slice.EMPTY;
  private Slice error = Slice.EMPTY;
  private Slice errorMessage = Slice.EMPTY;
  private Slice level = Slice.EMPTY;
  private Slice service = Slice.EMPTY;
  private boolean outcomeIsError;

  /// Looks at `object`, which is what the record says about itself.
  void read(Record record, Slice object) {
    executionTimeMs = durationMs = durationSeconds = durationMicros = Double.NaN;
    message = error = errorMessage = level = service = Slice.EMPTY;
    outcomeIsError = false;
    if (record instanceof DerivedRecord) {
      readDerived(object);
    } else if (Document.is(record, EventType.STRUCTURED_LOG)) {
      readLog(JsonFields.find(object, "log_entry"));
    } else if (record instanceof LogRecord) {
      readLog(object);
    } else {
      boolean ends =
          Document.is(record, EventType.NODE_SUCCESS)
              || Document.is(record, EventType.TELEMETRY_OPERATION_SUCCESS);
      // What wins comes last.
      if (record.has(RecordFlags.SAYS_MORE_BESIDE)) {
        readEvent(record.body(), ends);
      }
      if (record.has(RecordFlags.SAYS_MORE_IN_PAYLOAD)) {
        Slice payload = JsonFields.find(record.body(), "payload");
        prefer(payload.isEmpty() ? JsonFields.find(record.body(), "data") : payload, ends);
      }
      prefer(object, ends);
    }
  }

  /// Seconds the operation took, from execution_time_ms, else duration_ms, else duration (seconds),
  /// else the microseconds of a concluded operation; NaN when none is a number of at least 0.
  double seconds() {
    if (usable(executionTimeMs)) {
      return executionTimeMs / 1e3;
    }
    if (usable(durationMs)) {
      return durationMs / 1e3;
    }
    if (usable(durationSeconds)) {
      return durationSeconds;
    }
    return usable(durationMicros) ? durationMicros / 1e6 : Double.NaN;
  }

  /// The JSON string that says in words what happened; empty when there is none.
  Slice message() {
    if (!message.isEmpty()) {
      return message;
    }
    return error.isEmpty() ? errorMessage : error;
  }

  /// The JSON string of the level of a log line as sent; empty when there is none.
  Slice level() {
    return level;
  }

  /// The JSON string of the service that wrote a log line; empty when there is none.
  Slice service() {
    return service;
  }

  /// Whether the outcome says error although the type of the event may not (onex-facts a4).
  boolean outcomeIsError() {
    return outcomeIsError;
  }

  /// Reads what goes before all that was read: where it says a duration or an error, under
  /// whichever key, no other one counts.
  private void prefer(Slice metadata, boolean ends) {
    double lesserExecutionTimeMs = executionTimeMs;
    double lesserDurationMs = durationMs;
    double lesserDurationSeconds = durationSeconds;
    Slice lesserError = error;
    Slice lesserErrorMessage = errorMessage;
    executionTimeMs = durationMs = durationSeconds = Double.NaN;
    error = errorMessage = Slice.EMPTY;
    readEvent(metadata, ends);
    if (Double.isNaN(executionTimeMs)
        && Double.isNaN(durationMs)
        && Double.isNaN(durationSeconds)) {
      executionTimeMs = lesserExecutionTimeMs;
      durationMs = lesserDurationMs;
      durationSeconds = lesserDurationSeconds;
    }
    if (error.isEmpty() && errorMessage.isEmpty()) {
      error = lesserError;
      errorMessage = lesserErrorMessage;
    }
  }

  /// @param ends whether it is an end whose type says that it went well
  private void readEvent(Slice metadata, boolean ends) {
    cursor.enter(metadata);
    while (cursor.next()) {
      switch (cursor.kind()) {
        case NUMBER -> readDuration();
        case STRING -> {
          if (cursor.keyIs("error")) {
            error = cursor.value();
          } else if (cursor.keyIs("error_message")) {
            errorMessage = cursor.value();
          } else if (ends && cursor.keyIs("status")) {
            outcomeIsError |= isFailure(cursor.value());
          }
        }
        case OBJECT -> {
          if (cursor.keyIs("output_state")) {
            outcomeIsError |= isFailure(JsonFields.find(cursor.value(), "status"));
          }
        }
        case FALSE -> outcomeIsError |= ends && cursor.keyIs("success");
        case ARRAY, TRUE, NULL, ABSENT -> {
          // Nothing is computed from these.
        }
      }
    }
  }

  /// Whether a status is one of those by which an operation has failed.
  private static boolean isFailure(Slice status) {
    return FAILURES.contains(JsonFields.text(status));
  }

  private void readLog(Slice entry) {
    cursor.enter(entry);
    while (cursor.next()) {
      if (cursor.kind() == JsonKind.NUMBER) {
        readDuration();
      } else if (cursor.kind() == JsonKind.STRING) {
        if (cursor.keyIs("message")) {
          message = cursor.value();
        } else if (cursor.keyIs("level") || (level.isEmpty() && cursor.keyIs("severity"))) {
          level = cursor.value();
        } else if (cursor.keyIs("service") || (service.isEmpty() && cursor.keyIs("component"))) {
          service = cursor.value();
        } else if (cursor.keyIs("error_message")) {
          errorMessage = cursor.value();
        }
      }
    }
  }

  private void readDerived(Slice body) {
    cursor.enter(body);
    while (cursor.next()) {
      if (cursor.keyIs("duration_us")) {
        durationMicros = cursor.number();
      } else if (cursor.keyIs("outcome")) {
        outcomeIsError = cursor.textIs("error");
      } else if (cursor.keyIs("error")) {
        Slice text = JsonFields.find(cursor.value(), "message");
        error = JsonFields.kind(text) == JsonKind.STRING ? text : Slice.EMPTY;
      }
    }
  }

  private void readDuration() {
    if (cursor.keyIs("execution_time_ms")) {
      executionTimeMs = cursor.number();
    } else if (cursor.keyIs("duration_ms")) {
      durationMs = cursor.number();
    } else if (cursor.keyIs("duration")) {
      durationSeconds = cursor.number();
    }
  }

  private static boolean usable(double value) {
    return value >= 0 && Double.isFinite(value);
  }
}
