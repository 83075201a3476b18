package io.onex.storage;

import java.io.IOException;

/// A failure to be injected by a [FaultyStorage].
///
/// @param operation what fails
/// @param kind how it fails
/// @param pathPart fails only files whose path contains this; empty for all
/// @param skip matching operations that still succeed before the first failure, at least 0
/// @param times matching operations that fail, at least 1; [Long#MAX_VALUE] until healed
public record Fault(Operation operation, Kind kind, String pathPart, long skip, long times) {
  public Fault {
    if (skip < 0 || times < 1) {
      throw new IllegalArgumentException("a fault needs skip >= 0 and times >= 1");
    }
    if (kind == Kind.SHORT_WRITE && operation != Operation.WRITE) {
      throw new IllegalArgumentException("only a write can be short, not " + operation);
    }
    if (kind == Kind.FULL && operation != Operation.WRITE && operation != Operation.OPEN) {
      throw new IllegalArgumentException("a full device fails writes and opens, not " + operation);
    }
  }

  /// Fails every matching operation until [FaultyStorage#heal].
  public static Fault always(Operation operation, Kind kind) {
    return new Fault(operation, kind, "", 0, Long.MAX_VALUE);
  }

  /// Fails the next matching operation only.
  public static Fault once(Operation operation, Kind kind) {
    return new Fault(operation, kind, "", 0, 1);
  }

  /// The same fault, for files whose path contains `part`.
  public Fault on(String part) {
    return new Fault(operation, kind, part, skip, times);
  }

  /// The same fault, after `count` more successes.
  public Fault after(long count) {
    return new Fault(operation, kind, pathPart, count, times);
  }

  /// The operations of [Storage] and [StorageFile] that can fail.
  public enum Operation {
    OPEN,
    READ,
    WRITE,
    TRUNCATE,
    FORCE,
    FORCE_DIRECTORY,
    DELETE,
    RENAME,
    /// Whether a file exists, how large it is, what a folder holds, how much room there is.
    LOOK
  }

  /// How an operation fails, in the words of the operating system.
  public enum Kind {
    /// The device is full; nothing is written.
    NO_SPACE("No space left on device"),
    /// The device is full, as a real one is: what stands can be overwritten, no file grows, and
    /// none is made.
    FULL("No space left on device"),
    /// The device fails; nothing is written.
    IO_ERROR("Input/output error"),
    /// The device becomes full halfway; the first half is written.
    SHORT_WRITE("No space left on device"),
    /// The device does not answer: the operation waits until it is healed, then it is done.
    HANG("does not answer"),
    /// The code itself breaks, as by a bug or a limit of the virtual machine.
    ERROR("broken");

    private final String message;

    Kind(String message) {
      this.message = message;
    }

    IOException exception(String path) {
      if (this == ERROR) {
        throw new InternalError(path + ": " + message);
      }
      return new IOException(path + ": " + message);
    }
  }
}
