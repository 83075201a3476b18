package io.onex.source.file;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/// The path of a file as the bytes it is (POSIX, XBD 3.254): no locale has a say in them.
///
/// A [Path] keeps the bytes it was listed with, but its text, and a path made of text, go through
/// the encoding of the process. An address of scheme `file` holds the bytes as they are, each
/// written `%XX` where it has to be, and is the one way from bytes to a path and back that works in
/// every encoding.
final class RawPath {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final String AS_THEY_ARE = "/-._~+=@,:";

  private RawPath() {}

  /// The bytes of an absolute path.
  static byte[] bytes(Path path) {
    String text = path.toString();
    if (isAscii(text)) {
      return text.getBytes(StandardCharsets.US_ASCII);
    }
    byte[] bytes = decoded(path.toUri().getRawPath());
    // The address of a folder ends in a slash that is no part of its path.
    return bytes.length > 1 && bytes[bytes.length - 1] == '/'
        ? Arrays.copyOf(bytes, bytes.length - 1)
        : bytes;
  }

  /// The bytes of the last part of an absolute path.
  static byte[] name(Path path) {
    byte[] bytes = bytes(path);
    int slash = bytes.length - 1;
    while (slash >= 0 && bytes[slash] != '/') {
      slash--;
    }
    return Arrays.copyOfRange(bytes, slash + 1, bytes.length);
  }

  /// The path of these bytes, which begin with a slash and hold no NUL.
  ///
  /// @throws IllegalArgumentException when they do not
  static Path of(byte[] absolute) {
    if (absolute.length == 0 || absolute[0] != '/') {
      throw new IllegalArgumentException("not an absolute path: " + printable(absolute));
    }
    return Path.of(URI.create("file://" + encoded(absolute)));
  }

  /// The entry of `folder` whose name is these bytes.
  static Path child(Path folder, byte[] name) {
    String text = new String(name, StandardCharsets.ISO_8859_1);
    if (isAscii(text)) {
      return folder.resolve(text);
    }
    byte[] parent = bytes(folder);
    ByteBuffer whole = ByteBuffer.allocate(parent.length + 1 + name.length).put(parent);
    if (parent[parent.length - 1] != '/') {
      whole.put((byte) '/');
    }
    whole.put(name);
    return of(Arrays.copyOf(whole.array(), whole.position()));
  }

  /// The bytes as ASCII without blanks, `%` or control characters; [#decoded] undoes it.
  static String encoded(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length + 16);
    for (byte b : bytes) {
      char c = (char) (b & 0xff);
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || AS_THEY_ARE.indexOf(c) >= 0);
      if (plain) {
        text.append(c);
      } else {
        text.append('%').append(HEX.toHexDigits(b));
      }
    }
    return text.toString();
  }

  /// The bytes that [#encoded] wrote.
  ///
  /// @throws IllegalArgumentException when it did not
  static byte[] decoded(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '%') {
        bytes.write(c);
      } else if (i + 2 < text.length()) {
        bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
        i += 2;
      } else {
        throw new IllegalArgumentException("a % without two digits");
      }
    }
    return bytes.toByteArray();
  }

  /// For people: as text where the bytes are UTF-8, and visible escapes for what is not, for
  /// control characters and for what changes the direction of text.
  static String printable(Path path) {
    return printable(bytes(path.toAbsolutePath()));
  }

  static String printable(byte[] bytes) {
    StringBuilder shown = new StringBuilder(bytes.length);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      text.codePoints().forEach(c -> appendPrintable(shown, c, isPrintable(c)));
    } catch (CharacterCodingException e) {
      for (byte b : bytes) {
        appendPrintable(shown, b & 0xff, b >= ' ' && b < 0x7f);
      }
    }
    return shown.toString();
  }

  private static void appendPrintable(StringBuilder shown, int c, boolean plain) {
    if (plain) {
      shown.appendCodePoint(c);
    } else if (c < 0x100) {
      shown.append("\\x").append(HEX.toHexDigits((byte) c));
    } else {
      shown.append("\\u{").append(Integer.toHexString(c)).append('}');
    }
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }
}
