package io.onex.operation;

import io.onex.event.EventType;
import org.jspecify.annotations.Nullable;

/// What an event type says about an operation.
///
/// @param start whether it begins one; it ends one otherwise
/// @param failed whether an end says by its type that the operation failed
record Role(OperationFamily family, boolean start, boolean failed) {
  private static final Role NODE_START = new Role(OperationFamily.NODE, true, false);
  private static final Role NODE_SUCCESS = new Role(OperationFamily.NODE, false, false);
  private static final Role NODE_FAILURE = new Role(OperationFamily.NODE, false, true);
  private static final Role TELEMETRY_START = new Role(OperationFamily.TELEMETRY, true, false);
  private static final Role TELEMETRY_SUCCESS = new Role(OperationFamily.TELEMETRY, false, false);
  private static final Role TELEMETRY_ERROR = new Role(OperationFamily.TELEMETRY, false, true);

  private static final @Nullable Role[] BY_TYPE = byType();

  /// The role of the type with this id of [EventType]; null when it has none.
  static @Nullable Role ofTypeId(int typeId) {
    return typeId < BY_TYPE.length ? BY_TYPE[typeId] : null;
  }

  private static @Nullable Role[] byType() {
    @Nullable Role[] roles = new Role[EventType.TELEMETRY_OPERATION_ERROR.id() + 1];
    roles[EventType.NODE_START.id()] = NODE_START;
    roles[EventType.NODE_SUCCESS.id()] = NODE_SUCCESS;
    roles[EventType.NODE_FAILURE.id()] = NODE_FAILURE;
    roles[EventType.TELEMETRY_OPERATION_START.id()] = TELEMETRY_START;
    roles[EventType.TELEMETRY_OPERATION_SUCCESS.id()] = TELEMETRY_SUCCESS;
    roles[EventType.TELEMETRY_OPERATION_ERROR.id()] = TELEMETRY_ERROR;
    return roles;
  }
}
