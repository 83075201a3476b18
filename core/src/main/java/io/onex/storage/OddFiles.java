package io.onex.storage;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/// What stands in the place of a file and is none: looked for before anything is opened, as to open
/// a pipe or a device may block for ever, and set aside under a name that nothing else has. A link
/// to a file is a file.
final class OddFiles {
  static final String SET_ASIDE = ".no-file";

  /// Such as `0000000001-0000000000000000000.segment`.
  private static final Pattern NUMBERED = Pattern.compile("[0-9a-f]{10,}(-[0-9]+)?\\.[a-z]+");

  private static final int MOST = 1000;

  private final BiConsumer<Path, String> notice;

  /// @param notice told where each thing is now, and what it is
  OddFiles(BiConsumer<Path, String> notice) {
    this.notice = notice;
  }

  /// What stands there, in words; empty when it is a file, or nothing.
  static Optional<String> at(Path file) throws IOException {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return found.isRegularFile() ? Optional.empty() : Optional.of(kind(found));
    } catch (AccessDeniedException e) {
      // It is for the open to say so.
      return Optional.empty();
    } catch (FileSystemException e) {
      return Files.isSymbolicLink(file) ? Optional.of("a link to nothing") : Optional.empty();
    }
  }

  private static String kind(BasicFileAttributes found) {
    return found.isDirectory() ? "a folder" : "a pipe, a device or a socket";
  }

  /// Fails when something that is no file stands there.
  static void refuse(Path file) throws IOException {
    Optional<String> odd = at(file);
    if (odd.isPresent()) {
      throw new IOException(sentence(file, odd.get()));
    }
  }

  /// Fails when something that is no folder stands there.
  static void refuseNoFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder) && Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(
          "%s is %s, not a folder: move it away and start again"
              .formatted(folder, at(folder).orElse("a file")));
    }
  }

  private static String sentence(Path file, String what) {
    return "%s is %s, not a file: move it away and start again".formatted(file, what);
  }

  /// Gives what stands there and is no file another name beside it.
  ///
  /// @return what it was, in words; empty when nothing had to be done
  /// @throws IOException when it cannot be moved
  Optional<String> setAside(Path file) throws IOException {
    return at(file).isEmpty() ? Optional.empty() : move(file);
  }

  /// The same for what is found by its name, if that is the name of a numbered file. What others
  /// put into the folder stays where it is.
  void setAsideNumbered(Path file) throws IOException {
    if (NUMBERED.matcher(String.valueOf(file.getFileName())).matches()) {
      setAside(file);
    }
  }

  // One at a time, each looking again: what another thread has put there since is no odd file.
  private synchronized Optional<String> move(Path file) throws IOException {
    Optional<String> odd = at(file);
    if (odd.isEmpty()) {
      return odd;
    }
    Path free = free(file);
    try {
      Files.move(file, free);
    } catch (IOException e) {
      throw new IOException(sentence(file, odd.get()), e);
    }
    notice.accept(free, odd.get());
    return odd;
  }

  private static Path free(Path file) throws IOException {
    for (int i = 1; i < MOST; i++) {
      Path free = file.resolveSibling(file.getFileName() + SET_ASIDE + (i == 1 ? "" : "-" + i));
      if (!Files.exists(free, LinkOption.NOFOLLOW_LINKS)) {
        return free;
      }
    }
    throw new FileAlreadyExistsException(
        file.toString(), null, "too many things of its name were set aside: remove some");
  }
}
