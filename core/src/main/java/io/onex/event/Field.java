package io.onex.event;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// The keys that the codec itself looks at. At most 64, as sets of them are bits of a long.
enum Field {
  EVENT_ID,
  EVENT_TYPE,
  NODE_ID,
  CORRELATION_ID,
  TIMESTAMP,
  METADATA,
  SCHEMA_VERSION,
  // Envelopes and carriers.
  PAYLOAD,
  ENVELOPE_ID,
  ENVELOPE_TIMESTAMP,
  SPECVERSION,
  TYPE,
  SOURCE,
  ID,
  TIME,
  DATA,
  DATA_BASE64,
  CORRELATIONID,
  TOPIC,
  VALUE,
  // Bare payloads and what only looks like an event.
  LEVEL,
  MESSAGE,
  MSG,
  SERVICE,
  COMPONENT,
  EVENT_CATEGORY,
  COMMAND_TYPE,
  SNAPSHOT_TYPE,
  INTENT_TYPE,
  ORIGINAL_TOPIC,
  UPTIME_SECONDS,
  PREVIOUS_STATE,
  NEW_STATE,
  REASON,
  RETRY_ELIGIBLE,
  ENDPOINTS,
  REGISTERED_AT,
  DEREGISTERED_AT,
  TARGET_NODE_IDS,
  LOGGER_FAMILY,
  // Metadata that some types require, or of which the sort is checked.
  INPUT_STATE,
  OUTPUT_STATE,
  ERROR,
  ERROR_TYPE,
  ERROR_CODE,
  ERROR_MESSAGE,
  OPERATION,
  FUNCTION,
  EXECUTION_TIME_MS,
  DURATION_MS,
  SUCCESS,
  DURATION,
  STATUS,
  NODE_VERSION,
  OPERATION_TYPE,
  ARGS_COUNT,
  KWARGS_KEYS,
  // What folds look for: whether it stands anywhere spares them the search.
  TRACE_ID,
  TEST_COVERAGE_PERCENT;

  private static final Field[] ALL = values();
  private static final Map<String, Field> BY_KEY = new HashMap<>();

  static {
    for (Field field : ALL) {
      BY_KEY.put(field.key(), field);
    }
  }

  private final String key = name().toLowerCase(Locale.ROOT);

  String key() {
    return key;
  }

  /// The number of the field. It is used within one run only, never stored.
  @SuppressWarnings("EnumOrdinal")
  int index() {
    return ordinal();
  }

  long bit() {
    return 1L << index();
  }

  /// The number of the field with this key, -1 for any other key.
  static int indexOf(String key) {
    Field field = BY_KEY.get(key);
    return field == null ? -1 : field.index();
  }
}
