package io.onex.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/// Why a file, a folder or an address cannot be used, as a clause for people: the exceptions of the
/// JDK say it in the name of their class, or name the file alone.
public final class IoReason {
  private IoReason() {}

  /// Such as `there is no such file`; the text names no path.
  public static String of(Exception failure) {
    return switch (failure) {
      case UncheckedIOException e ->
          Optional.ofNullable(e.getCause()).map(IoReason::of).orElse(e.toString());
      case NoSuchFileException _ -> "there is no such file or folder";
      case AccessDeniedException _ -> "permission denied";
      case FileAlreadyExistsException _ -> "it is a file, not a folder";
      case UnknownHostException _ -> "its name cannot be resolved";
      case FileSystemException e when e.getReason() != null -> e.getReason();
      case IOException e when e.getMessage() != null -> e.getMessage();
      default -> failure.getClass().getSimpleName();
    };
  }
}
