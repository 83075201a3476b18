package io.onex.config;

import java.util.Comparator;

/// One thing that is wrong, or looks wrong, with a configuration file.
///
/// @param path of the setting concerned, empty for the whole file
/// @param message what is wrong; never holds a secret
/// @param hint what to do about it, may be empty
public record Problem(Severity severity, Mark mark, String path, String message, String hint) {
  static final Comparator<Problem> IN_FILE_ORDER =
      Comparator.comparingInt((Problem p) -> p.mark().line())
          .thenComparingInt(p -> p.mark().column());

  /// What a problem means for the start.
  public enum Severity {
    /// The configuration is refused.
    ERROR,
    /// It is used, but probably not what was meant.
    WARNING
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /// One line such as `onex.yaml:3:5: error: server.listen: unknown key (did you mean
  /// "listeners"?)`.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(mark).append(": ").append(severity == Severity.ERROR ? "error" : "warning");
    if (!path.isEmpty()) {
      text.append(": ").append(path);
    }
    text.append(": ").append(message);
    if (!hint.isEmpty()) {
      text.append(" (").append(hint).append(')');
    }
    return text.toString();
  }
}
