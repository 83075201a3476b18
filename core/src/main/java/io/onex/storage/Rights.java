package io.onex.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Who may read what lies in the data folder: its owner alone, on file systems that know of rights.
///
/// Records are what nodes said in confidence. Rights are given when something is made, so that
/// there is no moment without them; what stands already keeps those it has, for somebody may have
/// chosen them.
final class Rights {
  private static final FileAttribute<?>[] NONE = {};

  private static final Set<PosixFilePermission> OF_OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final boolean known;

  private Rights(boolean known) {
    this.known = known;
  }

  /// @param existing a folder on the file system in question
  static Rights at(Path existing) throws IOException {
    return new Rights(
        Files.getFileStore(existing).supportsFileAttributeView(PosixFileAttributeView.class));
  }

  FileAttribute<?>[] ofFile() {
    return of("rw-------");
  }

  FileAttribute<?>[] ofFolder() {
    return of("rwx------");
  }

  private FileAttribute<?>[] of(String rights) {
    return known
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))
        }
        : NONE;
  }

  /// The first thing below `root` that others may read or write; nothing below a folder that they
  /// cannot enter is.
  Optional<Path> openToOthers(Path root) throws IOException {
    if (!known || !enteredByOthers(root)) {
      return Optional.empty();
    }
    try (Stream<Path> all = Files.walk(root)) {
      for (Iterator<Path> each = all.iterator(); each.hasNext(); ) {
        Path file = each.next();
        if (Files.isRegularFile(file) && hasAny(file, OF_OTHERS)) {
          return Optional.of(file);
        }
      }
    }
    return Optional.empty();
  }

  private static boolean enteredByOthers(Path folder) throws IOException {
    return hasAny(
        folder, EnumSet.of(PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_EXECUTE));
  }

  private static boolean hasAny(Path file, Set<PosixFilePermission> some) throws IOException {
    return Files.getPosixFilePermissions(file).stream().anyMatch(some::contains);
  }
}
