package io.onex.operation;

import java.util.HashMap;
import java.util.Map;

/// Remembers what node ids say, so that it is worked out once per node. Bounded in number and in
/// bytes; one thread.
final class NodeNames {
  private static final int MAX_TEXT_BYTES = 8 << 20;

  /// @param name of the node
  /// @param version empty when the id has none
  record Parts(Symbol name, Symbol version) {}

  private final Map<Symbol, Parts> known = new HashMap<>();
  private final int capacity;
  private int textBytes;

  NodeNames(int capacity) {
    this.capacity = capacity;
  }

  Parts of(Symbol nodeId) {
    Parts parts = known.get(nodeId);
    if (parts == null) {
      NodeName name = NodeName.of(nodeId.text());
      parts =
          new Parts(
              name.name().equals(nodeId.text()) ? nodeId : Symbol.of(name.name()),
              Symbol.of(name.version()));
      int bytes = nodeId.length() + parts.name.length() + parts.version.length();
      if (known.size() < capacity && textBytes + bytes <= MAX_TEXT_BYTES) {
        textBytes += bytes;
        known.put(nodeId, parts);
      }
    }
    return parts;
  }
}
