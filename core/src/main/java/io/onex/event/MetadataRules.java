package io.onex.event;

/// What the event protocol requires of the metadata of its first types (onex-facts a3). A breach is
/// a warning: real emitters break these rules.
final class MetadataRules {
  private static final long[] REQUIRED = new long[7];

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

  /// Whether the duration and the outcome are of the right sort and do not contradict each other.
  static boolean isSound(Slots slots, int scope) {
    return switch (slots.kind(scope, Field.EXECUTION_TIME_MS)) {
          case ABSENT, NULL -> true;
          case NUMBER ->
              slots.array[slots.start(scope, Field.EXECUTION_TIME_MS)] != '-'
                  && !slots.holds(scope, Field.DURATION_MS);
          case STRING, OBJECT, ARRAY, TRUE, FALSE -> false;
        }
        && switch (slots.kind(scope, Field.SUCCESS)) {
          case ABSENT, NULL, TRUE, FALSE -> true;
          case NUMBER, STRING, OBJECT, ARRAY -> false;
        };
  }
}
