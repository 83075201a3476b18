package io.onex.event;

/// Finds the type of what names none itself: by header, topic or the fields that only one kind of
/// payload has.
///
/// One thread.
final class DerivedType {
  private static final EventType UNTYPED = EventType.of("UNTYPED");

  private static final EventType DLQ_MESSAGE = EventType.of("DLQ_MESSAGE");
  private static final EventType NODE_HEARTBEAT = EventType.of("NODE_HEARTBEAT");
  private static final EventType NODE_SHUTDOWN = EventType.of("NODE_SHUTDOWN");
  private static final EventType STATE_CHANGED = EventType.of("CIRCUIT_BREAKER_STATE_CHANGED");
  private static final EventType REGISTRATION_FAILED = EventType.of("NODE_REGISTRATION_FAILED");
  private static final EventType NODE_REGISTER = EventType.of("NODE_REGISTER");
  private static final EventType NODE_DEREGISTERED = EventType.of("NODE_DEREGISTERED");
  private static final EventType NODE_INTROSPECTION = EventType.of("NODE_INTROSPECTION");
  private static final EventType INTROSPECTION_REQUEST = EventType.of("INTROSPECTION_REQUEST");
  private static final EventType RUNTIME_ERROR = EventType.of("RUNTIME_ERROR");

  private final ScannedObject object;
  private final Slots slots;

  DerivedType(ScannedObject object) {
    this.object = object;
    this.slots = object.slots;
  }

  /// The type by header, topic or, last, by the fields that only one kind of payload has.
  EventType of(int scope) {
    if (slots.holds(scope, Field.ORIGINAL_TOPIC)) {
      return DLQ_MESSAGE;
    }
    EventType byHeader =
        object.masks.type(TypeNames.read(object.carrier.headers().getOrDefault("event_type", "")));
    if (byHeader != null) {
      return byHeader;
    }
    Topic topic = object.carrier.topic();
    EventType byTopic = topic == null ? null : object.masks.type(topic.type());
    return byTopic != null ? byTopic : typeByFields(scope);
  }

  private EventType typeByFields(int scope) {
    if (slots.holds(scope, Field.LOGGER_FAMILY)) {
      return RUNTIME_ERROR;
    }
    if (slots.has(scope, Field.TARGET_NODE_IDS)) {
      return INTROSPECTION_REQUEST;
    }
    boolean node = slots.holds(scope, Field.NODE_ID);
    if (node && slots.holds(scope, Field.ENDPOINTS)) {
      return NODE_INTROSPECTION;
    }
    if (hasNodeAndMetadata(scope)) {
      return UNTYPED;
    }
    if (slots.holds(scope, Field.UPTIME_SECONDS)) {
      return NODE_HEARTBEAT;
    }
    if (slots.holds(scope, Field.PREVIOUS_STATE) && slots.holds(scope, Field.NEW_STATE)) {
      return STATE_CHANGED;
    }
    if (node && slots.holds(scope, Field.REGISTERED_AT)) {
      return NODE_REGISTER;
    }
    if (node && slots.holds(scope, Field.DEREGISTERED_AT)) {
      return NODE_DEREGISTERED;
    }
    if (node && slots.holds(scope, Field.REASON)) {
      return NODE_SHUTDOWN;
    }
    if (slots.holds(scope, Field.ERROR_CODE) && slots.has(scope, Field.RETRY_ELIGIBLE)) {
      return REGISTRATION_FAILED;
    }
    return UNTYPED;
  }

  /// Whether it looks like a flat event that lost its type.
  boolean hasNodeAndMetadata(int scope) {
    return slots.has(scope, Field.NODE_ID) && slots.has(scope, Field.METADATA);
  }
}
