package io.onex.log.cursor;

import java.util.Optional;

/// What configuration says about a destination that wants its cursor.
///
/// @param destination its name
/// @param previously the name it had before, from the setting `previously`
/// @param from where it begins when it is new
/// @param enabled whether records are delivered
public record CursorRequest(
    String destination, Optional<String> previously, CursorStart from, boolean enabled) {
  /// An enabled destination that begins at the end when it is new.
  public static CursorRequest of(String destination) {
    return new CursorRequest(destination, Optional.empty(), new CursorStart.End(), true);
  }

  public CursorRequest from(CursorStart start) {
    return new CursorRequest(destination, previously, start, enabled);
  }

  public CursorRequest previously(String name) {
    return new CursorRequest(destination, Optional.of(name), from, enabled);
  }

  public CursorRequest disabled() {
    return new CursorRequest(destination, previously, from, false);
  }
}
