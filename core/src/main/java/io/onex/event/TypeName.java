package io.onex.event;

/// An event type as some producer spelled it, and what it means.
///
/// @param type the canonical type
/// @param spelling how it was written
record TypeName(EventType type, Spelling spelling) {
  /// How producers write the name of a type (onex-facts a8).
  enum Spelling {
    /// `NODE_START`, or a name that is not known.
    PLAIN,
    /// A way of the 2026 code: `node_start`, `core.node.start`, a topic, an object.
    RECENT,
    /// A way that only an integration would: `com.onex.node_start`, `onex:NODE_START`,
    /// `OnexEventTypeEnum.NODE_START`.
    FOREIGN
  }
}
