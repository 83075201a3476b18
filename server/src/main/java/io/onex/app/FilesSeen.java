package io.onex.app;

import io.onex.config.PatientRead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// The configuration file and the files it points to as they were at one look, known by their
/// content: size and time of a file may stay the same while its content changes. A value.
///
/// @param text of the configuration file; empty when it cannot be read
/// @param identity of the configuration file, which changes when another takes its place
/// @param contents a digest for each file; what is wrong with it for one that cannot be read
record FilesSeen(byte[] text, String identity, Map<Path, String> contents) {
  /// What is larger is no configuration, certificate or secret, and is known by its beginning.
  private static final int MAX_BYTES = 4 << 20;

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /// Looks at the files. Waits for the disk for a few seconds, never for a pipe.
  static FilesSeen of(Path config, Collection<Path> others) {
    Map<Path, String> contents = new LinkedHashMap<>();
    byte[] text = new byte[0];
    String identity = "";
    try {
      text = read(config);
      identity = String.valueOf(Files.readAttributes(config, "unix:dev,ino"));
      contents.put(config, digest(text));
    } catch (IOException | UnsupportedOperationException e) {
      contents.put(config, text.length == 0 ? missing(e) : digest(text));
    }
    for (Path other : others) {
      try {
        contents.put(other, digest(read(other)));
      } catch (IOException e) {
        contents.put(other, missing(e));
      }
    }
    return new FilesSeen(text, identity, contents);
  }

  /// Whether every file both have looked at is the same.
  boolean isSameAs(FilesSeen other) {
    return contents.entrySet().stream()
        .allMatch(entry -> {
          String theirs = other.contents.get(entry.getKey());
          return theirs == null || theirs.equals(entry.getValue());
        });
  }

  /// Whether a file has another content than in `before`, which had looked at it, too.
  boolean differs(Path file, FilesSeen before) {
    String old = before.contents.get(file);
    return old != null && !Objects.equals(old, contents.get(file));
  }

  private static byte[] read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(Files.exists(file) ? "no file" : "missing");
    }
    return PatientRead.firstBytes(file, MAX_BYTES, PATIENCE);
  }

  private static String missing(Exception e) {
    return "unreadable: " + e.getMessage();
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
