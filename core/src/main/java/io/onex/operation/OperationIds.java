package io.onex.operation;

import io.onex.bytes.Id128;
import io.onex.bytes.Slice;
import io.onex.event.EventType;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Ids that follow from causes alone, so that the same events always lead to the same ids.
final class OperationIds {
  /// Stands between the parts of what is hashed; no event id has it as text.
  private static final byte SEPARATOR = 0x1f;

  private static final byte[] ENDED =
      EventType.OPERATION_ENDED.name().getBytes(StandardCharsets.US_ASCII);
  private static final byte[] STUCK =
      EventType.OPERATION_STUCK.name().getBytes(StandardCharsets.US_ASCII);

  private OperationIds() {}

  /// Identifies the operation whose START, or END when no START is known, has this event id.
  static Id128 operation(Slice causeEventId) {
    return Id128.hash(causeEventId);
  }

  /// Never 0, which means no span.
  static long spanId(Slice causeEventId) {
    long low = operation(causeEventId).low();
    return low == 0 ? 1 : low;
  }

  /// What the event id of a conclusion is the UUID of: the operation it is about, and the type.
  static Id128 conclusion(EventType type, Slice causeEventId) {
    byte[] name = type.equals(EventType.OPERATION_ENDED) ? ENDED : STUCK;
    byte[] all = new byte[causeEventId.length() + 1 + name.length];
    System.arraycopy(causeEventId.array(), causeEventId.offset(), all, 0, causeEventId.length());
    all[causeEventId.length()] = SEPARATOR;
    System.arraycopy(name, 0, all, causeEventId.length() + 1, name.length);
    return Id128.hash(Slice.of(all));
  }

  /// The trace of an operation: what its events say, else its correlation id, else its own.
  static Id128 trace(
      @Nullable Id128 told, @Nullable CorrelationId correlation, Slice causeEventId) {
    if (told != null) {
      return told;
    }
    if (correlation == null) {
      return operation(causeEventId);
    }
    return correlation.bits().isZero() ? Id128.hash(correlation.utf8()) : correlation.bits();
  }
}
