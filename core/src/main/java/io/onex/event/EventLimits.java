package io.onex.event;

/// How large and how deep an event may be.
///
/// Depth counts nested objects and arrays, the event itself being 1. The guideline of ten levels
/// speaks of the states inside the metadata (event protocol, schema page), so `warnDepth` is
/// compared with what lies below the metadata object, two levels down.
///
/// @param warnBytes longer events are accepted with a warning
/// @param maxBytes longer events are refused; at least `warnBytes`
/// @param warnDepth deeper nesting below the metadata is accepted with a warning
/// @param maxDepth deeper nesting is refused; 1 to 500
/// @param maxNumberBytes longer numbers are refused; at least 1
public record EventLimits(
    int warnBytes, int maxBytes, int warnDepth, int maxDepth, int maxNumberBytes) {
  /// 100 KB and 1 MiB, depth 10 and 64, numbers of 1 000 characters.
  public static final EventLimits DEFAULT = new EventLimits(100 * 1024, 1 << 20, 10, 64, 1_000);

  private static final int DEEPEST = 500;

  public EventLimits {
    if (warnBytes < 1 || maxBytes < warnBytes) {
      throw new IllegalArgumentException(
          "the size limits are 1 <= warn <= max, not " + warnBytes + " and " + maxBytes);
    }
    if (warnDepth < 1 || maxDepth < 1 || maxDepth > DEEPEST) {
      throw new IllegalArgumentException(
          "the depth limits are at least 1 and at most "
              + DEEPEST
              + ", not "
              + warnDepth
              + " and "
              + maxDepth);
    }
    if (maxNumberBytes < 1) {
      throw new IllegalArgumentException("a number has at least 1 byte, not " + maxNumberBytes);
    }
  }
}
