package io.onex.storage;

import java.io.IOException;
import java.nio.file.Path;

/// Another process has the data directory.
public final class DirectoryInUseException extends IOException {
  private static final long serialVersionUID = 1L;

  DirectoryInUseException(Path root, String owner) {
    super(
        "the data directory "
            + root
            + " is in use by "
            + (owner.isEmpty() ? "another process" : "process " + owner)
            + "; stop it, or give this one a directory of its own");
  }
}
