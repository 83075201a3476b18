package io.onex.source.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A path whose parts may hold `*`, `?`, `[…]` and `{…}` as in a shell; `**` is any number of
/// folders.
///
/// @param text as configured
public record PathPattern(String text) {
  private static final String WILDCARDS = "*?[{";

  public PathPattern {
    if (text.isBlank()) {
      throw new IllegalArgumentException("a path pattern is not empty");
    }
  }

  /// The regular files that match now, sorted. Folders that cannot be read are passed over.
  List<Path> files() throws IOException {
    Path whole = Path.of(text).toAbsolutePath().normalize();
    Path fixed = withoutWildcards(whole);
    List<Path> found = new ArrayList<>();
    if (fixed.equals(whole)) {
      if (Files.isRegularFile(whole)) {
        found.add(whole);
      }
      return found;
    }
    PathMatcher matcher = whole.getFileSystem().getPathMatcher("glob:" + whole);
    int depth = text.contains("**") ? Integer.MAX_VALUE : whole.getNameCount();
    collect(fixed, matcher, depth, found);
    Collections.sort(found);
    return found;
  }

  private static void collect(Path folder, PathMatcher matcher, int depth, List<Path> found)
      throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (Files.isDirectory(entry)) {
          if (entry.getNameCount() < depth) {
            collect(entry, matcher, depth, found);
          }
        } else if (matcher.matches(entry) && Files.isRegularFile(entry)) {
          found.add(entry);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      // Not there yet, or gone since it was listed: nothing matches in it.
      return;
    }
  }

  private static Path withoutWildcards(Path path) {
    Path parent = path.getParent();
    return parent != null && hasWildcard(path.toString()) ? withoutWildcards(parent) : path;
  }

  private static boolean hasWildcard(String path) {
    return path.chars().anyMatch(c -> WILDCARDS.indexOf(c) >= 0);
  }
}
