package io.onex.source.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A path whose parts may hold `*`, `?`, `[…]` and `{…,…}` as in a shell; `**` as a whole part is
/// any number of folders, none included. A relative one counts from the working folder.
///
/// The text is UTF-8 whatever the locale; see [NamePattern] for what a wildcard takes.
///
/// @param text as configured
public record PathPattern(String text) {
  static final String ANY_FOLDERS = "**";

  /// Most paths that the braces of one pattern may stand for.
  private static final int MOST_ALTERNATIVES = 256;

  public PathPattern {
    if (text.isBlank() || text.indexOf(0) >= 0) {
      throw new IllegalArgumentException("a path pattern is a text without NUL and not empty");
    }
    if (Braces.expand(text, MOST_ALTERNATIVES).size() > MOST_ALTERNATIVES) {
      throw new IllegalArgumentException(
          "the braces of " + text + " stand for more than " + MOST_ALTERNATIVES + " paths");
    }
  }

  /// One path that the braces stand for.
  ///
  /// @param start where it begins: the root, or the working folder, whose own name may be any bytes
  /// @param parts below it
  record Alternative(Path start, List<String> parts) {}

  List<Alternative> alternatives() {
    return Braces.expand(text, MOST_ALTERNATIVES).stream().map(PathPattern::alternative).toList();
  }

  private static Alternative alternative(String path) {
    Path start = path.startsWith("/") ? Path.of("/") : Path.of("").toAbsolutePath();
    return new Alternative(start, parts(path));
  }

  private static List<String> parts(String path) {
    List<String> parts = new ArrayList<>();
    for (String part : path.split("/", -1)) {
      boolean back = part.equals("..") && !parts.isEmpty() && !parts.getLast().equals("..");
      if (back && !NamePattern.hasWildcard(parts.getLast())) {
        parts.removeLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return List.copyOf(parts);
  }
}
