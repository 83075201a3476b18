package io.onex.storage;

import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Something that is no file stood where a file is kept, and was set aside: now there is none.
public final class NotAFileException extends NoSuchFileException {
  private static final long serialVersionUID = 1L;

  NotAFileException(Path file, String what) {
    super(file.toString(), null, "it was " + what + ", not a file, and was set aside");
  }
}
