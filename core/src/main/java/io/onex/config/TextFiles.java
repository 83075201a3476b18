package io.onex.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;

/// Reads files that settings name, whatever stands in their place: never without end, and never
/// more than is wanted.
public enum TextFiles {
  /// Files alone, which do not block: for what is read again and again. Links are followed.
  REGULAR,

  /// Also what gives its bytes once, such as a shell's `<(…)` or `/dev/stdin`: for a start, which
  /// has nothing else to do.
  ANY;

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /// The whole text of a file.
  ///
  /// @throws java.nio.charset.CharacterCodingException when it is not UTF-8
  /// @throws IOException when it cannot be read, is larger than `maxBytes` or no file; [IoReason]
  ///   tells which
  public String read(Path file, int maxBytes) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (attributes.isDirectory()) {
      throw refused(file, "it is a folder, not a file");
    }
    if (this == REGULAR && !attributes.isRegularFile()) {
      throw refused(file, "it is a pipe, a device or a socket, not a file");
    }
    if (attributes.isRegularFile() && attributes.size() > maxBytes) {
      throw tooLarge(file, maxBytes);
    }
    byte[] bytes =
        this == REGULAR
            ? PatientRead.firstBytes(file, maxBytes + 1, PATIENCE)
            : first(file, maxBytes + 1);
    if (bytes.length > maxBytes) {
      throw tooLarge(file, maxBytes);
    }
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  private static byte[] first(Path file, int bytes) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(bytes);
    }
  }

  private static IOException tooLarge(Path file, int maxBytes) {
    return refused(file, "it is larger than " + (maxBytes >> 20) + " MiB");
  }

  private static IOException refused(Path file, String reason) {
    return new FileSystemException(file.toString(), null, reason);
  }
}
