package io.onex.event;

import io.onex.json.JsonNumber;

/// What the event protocol requires of the metadata of its first types (onex-facts a3). A breach is
/// a warning: real emitters break these rules.
final class MetadataRules {
  private static final long[] REQUIRED = new long[7];
  private static final double YEAR_MILLIS = 366 * 24 * 3600 * 1000.0;

  /// Whole milliseconds of fewer digits are less than a year.
  private static final int YEAR_DIGITS = 11;

  static {
    require(EventType.NODE_START, Field.INPUT_STATE);
    require(EventType.NODE_SUCCESS, Field.INPUT_STATE, Field.OUTPUT_STATE);
    require(EventType.NODE_FAILURE, Field.INPUT_STATE, Field.ERROR);
    require(EventType.TELEMETRY_OPERATION_START, Field.OPERATION, Field.FUNCTION);
    require(
        EventType.TELEMETRY_OPERATION_SUCCESS,
        Field.OPERATION,
        Field.FUNCTION,
        Field.EXECUTION_TIME_MS);
    require(
        EventType.TELEMETRY_OPERATION_ERROR,
        Field.OPERATION,
        Field.FUNCTION,
        Field.EXECUTION_TIME_MS,
        Field.ERROR_TYPE,
        Field.ERROR_MESSAGE);
  }

  private MetadataRules() {}

  private static void require(EventType type, Field... fields) {
    for (Field field : fields) {
      REQUIRED[type.id()] |= field.bit();
    }
  }

  /// Whether every field that the type requires is there and not null.
  static boolean isComplete(EventType type, Slots slots, int scope) {
    long required = type.id() < REQUIRED.length ? REQUIRED[type.id()] : 0;
    while (required != 0) {
      if (!slots.holds(scope, Long.numberOfTrailingZeros(required))) {
        return false;
      }
      required &= required - 1;
    }
    return true;
  }

  /// Whether the number of milliseconds is not negative and at most a year, beyond which no
  /// operation takes it for a duration.
  private static boolean isDuration(byte[] b, int from, int to) {
    int whole = digits(b, from, to);
    boolean small = whole > from && whole - from < YEAR_DIGITS;
    if (small && (whole == to || (b[whole] == '.' && digits(b, whole + 1, to) == to))) {
      return true;
    }
    double millis = JsonNumber.toDouble(b, from, to);
    return millis >= 0 && millis <= YEAR_MILLIS;
  }

  /// The index after the digits from `from` on.
  private static int digits(byte[] b, int from, int to) {
    int p = from;
    while (p < to && b[p] >= '0' && b[p] <= '9') {
      p++;
    }
    return p;
  }

  /// Whether the fields that the protocol gives a sort are of it, and the duration does not
  /// contradict itself (onex-facts a3).
  static boolean isSound(Slots slots, int scope) {
    return switch (slots.kind(scope, Field.EXECUTION_TIME_MS)) {
          case ABSENT, NULL -> true;
          case NUMBER ->
              isDuration(
                      slots.array,
                      slots.start(scope, Field.EXECUTION_TIME_MS),
                      slots.end(scope, Field.EXECUTION_TIME_MS))
                  && !slots.holds(scope, Field.DURATION_MS);
          case STRING, OBJECT, ARRAY, TRUE, FALSE -> false;
        }
        && switch (slots.kind(scope, Field.SUCCESS)) {
          case ABSENT, NULL, TRUE, FALSE -> true;
          case NUMBER, STRING, OBJECT, ARRAY -> false;
        }
        && switch (slots.kind(scope, Field.ARGS_COUNT)) {
          case ABSENT, NULL -> true;
          case NUMBER -> slots.isInteger(scope, Field.ARGS_COUNT);
          case STRING, OBJECT, ARRAY, TRUE, FALSE -> false;
        }
        && switch (slots.kind(scope, Field.KWARGS_KEYS)) {
          case ABSENT, NULL, ARRAY -> true;
          case NUMBER, STRING, OBJECT, TRUE, FALSE -> false;
        };
  }
}
