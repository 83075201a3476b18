package io.onex.event;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The canonical name of what happened, such as `NODE_START`.
///
/// The set is open: a name nobody knows is kept as it came and has [#UNKNOWN_ID]. Well-known names
/// have an id that is part of the log format and never changes its meaning (onex-facts a2, a8).
///
/// @param id the id in the log format, [#UNKNOWN_ID] for a name without one
/// @param name canonical upper-case name, or the name as sent when unknown; never empty
public record EventType(int id, String name) {
  /// The id of every type that has none of its own; the log then carries its name.
  public static final int UNKNOWN_ID = 0;

  private static final List<String> WELL_KNOWN =
      List.of(
          "",
          "NODE_START",
          "NODE_SUCCESS",
          "NODE_FAILURE",
          "TELEMETRY_OPERATION_START",
          "TELEMETRY_OPERATION_SUCCESS",
          "TELEMETRY_OPERATION_ERROR",
          "NODE_REGISTER",
          "STRUCTURED_LOG",
          "INTROSPECTION_REQUEST",
          "INTROSPECTION_RESPONSE",
          "NODE_DISCOVERY_REQUEST",
          "NODE_DISCOVERY_RESPONSE",
          "NODE_ANNOUNCE",
          "NODE_ANNOUNCE_ACCEPTED",
          "NODE_ANNOUNCE_REJECTED",
          "TOOL_DISCOVERY_REQUEST",
          "TOOL_DISCOVERY_RESPONSE",
          "TOOL_PROXY_INVOKE",
          "TOOL_PROXY_ACCEPTED",
          "TOOL_PROXY_REJECTED",
          "TOOL_PROXY_RESULT",
          "TOOL_PROXY_ERROR",
          "TOOL_PROXY_TIMEOUT",
          "SCENARIO_STARTED",
          "SCENARIO_PASSED",
          "SCENARIO_FAILED",
          "SCENARIO_SUMMARY",
          "NODE_HEARTBEAT",
          "NODE_SHUTDOWN",
          "NODE_HEALTH",
          "HEALTH_CHECK",
          "PERFORMANCE_METRIC",
          "PERFORMANCE_PROFILE",
          // Not ONEX events: lines that only look like them, and what the gateway itself says.
          "LOG_LINE",
          "AUDIT",
          "OPERATION_ENDED",
          "OPERATION_STUCK",
          "RULES_CHANGED",
          "DESTINATION_STATE",
          "ENRICHMENT_CHANGED");

  private static final EventType[] BY_ID = new EventType[WELL_KNOWN.size()];
  private static final Map<String, EventType> BY_NAME = new HashMap<>();

  public static final EventType NODE_START;
  public static final EventType NODE_SUCCESS;
  public static final EventType NODE_FAILURE;
  public static final EventType TELEMETRY_OPERATION_START;
  public static final EventType TELEMETRY_OPERATION_SUCCESS;
  public static final EventType TELEMETRY_OPERATION_ERROR;
  public static final EventType STRUCTURED_LOG;
  public static final EventType LOG_LINE;
  public static final EventType AUDIT;
  public static final EventType OPERATION_ENDED;
  public static final EventType OPERATION_STUCK;
  public static final EventType RULES_CHANGED;
  public static final EventType DESTINATION_STATE;
  public static final EventType ENRICHMENT_CHANGED;

  /// The types up to this one are those of the event protocol; later ones have no contract.
  private static final int LAST_OF_PROTOCOL = WELL_KNOWN.indexOf("SCENARIO_SUMMARY");

  static {
    for (int id = 1; id < BY_ID.length; id++) {
      BY_ID[id] = new EventType(id, WELL_KNOWN.get(id));
      BY_NAME.put(BY_ID[id].name, BY_ID[id]);
    }
    NODE_START = of("NODE_START");
    NODE_SUCCESS = of("NODE_SUCCESS");
    NODE_FAILURE = of("NODE_FAILURE");
    TELEMETRY_OPERATION_START = of("TELEMETRY_OPERATION_START");
    TELEMETRY_OPERATION_SUCCESS = of("TELEMETRY_OPERATION_SUCCESS");
    TELEMETRY_OPERATION_ERROR = of("TELEMETRY_OPERATION_ERROR");
    STRUCTURED_LOG = of("STRUCTURED_LOG");
    LOG_LINE = of("LOG_LINE");
    AUDIT = of("AUDIT");
    OPERATION_ENDED = of("OPERATION_ENDED");
    OPERATION_STUCK = of("OPERATION_STUCK");
    RULES_CHANGED = of("RULES_CHANGED");
    DESTINATION_STATE = of("DESTINATION_STATE");
    ENRICHMENT_CHANGED = of("ENRICHMENT_CHANGED");
  }

  public EventType {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("an event type has a name");
    }
  }

  /// The type with this canonical name; one with [#UNKNOWN_ID] when the name is not well known.
  public static EventType of(String name) {
    EventType known = BY_NAME.get(name);
    return known != null ? known : new EventType(UNKNOWN_ID, name);
  }

  /// The well-known type with this id.
  ///
  /// @throws IllegalArgumentException when no type has it, as in a log written by a newer program
  public static EventType ofId(int id) {
    if (id <= UNKNOWN_ID || id >= BY_ID.length) {
      throw new IllegalArgumentException("no event type has id " + id);
    }
    return BY_ID[id];
  }

  /// All well-known types, by id.
  public static List<EventType> wellKnown() {
    return List.of(Arrays.copyOfRange(BY_ID, 1, BY_ID.length));
  }

  public boolean isKnown() {
    return id != UNKNOWN_ID;
  }

  /// Whether the event protocol says what an event of this type holds.
  boolean isOfProtocol() {
    return isKnown() && id <= LAST_OF_PROTOCOL;
  }

  @Override
  public String toString() {
    return name;
  }
}
