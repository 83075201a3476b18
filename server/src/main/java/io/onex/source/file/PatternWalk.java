package io.onex.source.file;

import io.onex.source.file.FileFacts.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds the regular files that match patterns now. One walk sees each folder at one moment.
///
/// Links are followed. Below a `**` each real folder is entered once, whatever leads to it, so a
/// circle ends. What cannot be read is left out alone and handed to [Obstacles].
final class PatternWalk {
  private static final NamePattern ANY_NAME = new NamePattern("*");

  private final FileTree tree;
  private final Obstacles obstacles;
  private final Map<Path, List<Path>> listed = new HashMap<>();

  PatternWalk(FileTree tree, Obstacles obstacles) {
    this.tree = tree;
    this.obstacles = obstacles;
  }

  /// A file that was found.
  record Found(Path path, FileFacts facts) {}

  /// The files of one pattern, in order of their paths; a file with two names comes twice.
  List<Found> files(PathPattern pattern) {
    List<Found> found = new ArrayList<>();
    for (PathPattern.Alternative path : pattern.alternatives()) {
      List<NamePattern> names = path.parts().stream().map(NamePattern::new).toList();
      new Descent(path.parts(), names, found).enter(path.start(), 0);
    }
    return found;
  }

  /// The entries of a folder, none when it is not there or cannot be read.
  List<Path> entries(Path folder) {
    List<Path> before = listed.get(folder);
    if (before != null) {
      return before;
    }
    List<Path> entries = List.of();
    try {
      entries = tree.list(folder);
    } catch (NoSuchFileException | NotDirectoryException e) {
      // Not there yet, or gone since it was listed: nothing matches in it.
    } catch (IOException e) {
      obstacles.met(folder, e);
    }
    listed.put(folder, entries);
    return entries;
  }

  /// What `path` is, empty when it is gone or cannot be told.
  Optional<FileFacts> facts(Path path) {
    try {
      return Optional.of(tree.facts(path));
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Optional.empty();
    } catch (IOException e) {
      if (!isNotDirectory(e)) {
        // What a file is can always be told where its folder may be entered (stat(2)).
        Path folder = path.getParent();
        obstacles.met(e instanceof AccessDeniedException && folder != null ? folder : path, e);
      }
      return Optional.empty();
    }
  }

  /// The library has an exception of its own for this only where it opens a folder.
  private static boolean isNotDirectory(IOException e) {
    return e instanceof FileSystemException f && "Not a directory".equals(f.getReason());
  }

  /// The way down one pattern.
  private final class Descent {
    private final List<String> parts;
    private final List<NamePattern> names;
    private final List<Found> found;
    private final Set<String> entered = new HashSet<>();

    Descent(List<String> parts, List<NamePattern> names, List<Found> found) {
      this.parts = parts;
      this.names = names;
      this.found = found;
    }

    void enter(Path folder, int part) {
      if (part == parts.size()) {
        return;
      }
      if (parts.get(part).equals(PathPattern.ANY_FOLDERS)) {
        enterAll(folder, part);
      } else if (names.get(part).isLiteral()) {
        take(RawPath.child(folder, names.get(part).literal()), part);
      } else {
        for (Path entry : entries(folder)) {
          if (names.get(part).matches(RawPath.name(entry))) {
            take(entry, part);
          }
        }
      }
    }

    /// No folder, then each of them. At the end of a pattern it stands for all files as well.
    private void enterAll(Path folder, int part) {
      Optional<FileFacts> facts = facts(folder);
      if (facts.isEmpty() || !entered.add(part + " " + facts.get().key())) {
        return;
      }
      boolean last = part == parts.size() - 1;
      if (!last) {
        enter(folder, part + 1);
      }
      for (Path entry : entries(folder)) {
        if (!ANY_NAME.matches(RawPath.name(entry))) {
          continue;
        }
        Optional<FileFacts> below = facts(entry);
        if (below.isEmpty()) {
          continue;
        }
        if (below.get().kind() == Kind.FOLDER) {
          enterAll(entry, part);
        } else if (last && below.get().kind() == Kind.FILE) {
          found.add(new Found(entry, below.get()));
        }
      }
    }

    private void take(Path path, int part) {
      if (part < parts.size() - 1) {
        enter(path, part + 1);
        return;
      }
      facts(path)
          .filter(facts -> facts.kind() == Kind.FILE)
          .ifPresent(facts -> found.add(new Found(path, facts)));
    }
  }
}
