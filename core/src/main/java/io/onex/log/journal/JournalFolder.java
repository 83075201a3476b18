package io.onex.log.journal;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/// The name of a destination or fold, which may hold anything, as a name any file system takes.
public final class JournalFolder {
  private static final int MAX_LENGTH = 120;

  private JournalFolder() {}

  /// Lower-case letters, digits, `-` and `_` stand for themselves and all other bytes as `%XX`, so
  /// that names which differ in case alone stay apart where the file system ignores case. A long
  /// name is cut, and its checksum keeps it apart from others.
  public static String of(String destination) {
    byte[] bytes = destination.getBytes(StandardCharsets.UTF_8);
    StringBuilder name = new StringBuilder();
    for (byte each : bytes) {
      char character = (char) (each & 0xff);
      boolean plain =
          (character >= 'a' && character <= 'z')
              || (character >= '0' && character <= '9')
              || character == '-'
              || character == '_';
      if (plain) {
        name.append(character);
      } else {
        name.append("%%%02x".formatted((int) character));
      }
    }
    if (name.length() <= MAX_LENGTH) {
      return name.toString();
    }
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return name.substring(0, MAX_LENGTH) + "~%08x".formatted(crc.getValue());
  }
}
