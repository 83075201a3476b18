package io.onex.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A number of bytes, written such as `64MiB`, `1GB` or `512`.
///
/// `KiB`, `MiB`, `GiB`, `TiB` are powers of 1024; `kB`, `MB`, `GB`, `TB` powers of 1000.
///
/// @param bytes at least 0
public record ByteSize(long bytes) {
  static final String PATTERN = "^[0-9]+ ?([kKMGT]i?)?B?$";

  private static final Pattern FORM = Pattern.compile("([0-9]{1,18}) ?(?:([kKMGT])(i)?)?B?");
  private static final String PREFIXES = "KMGT";

  public ByteSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size is not negative: " + bytes);
    }
  }

  public static ByteSize ofMiB(long mebibytes) {
    return new ByteSize(Math.multiplyExact(mebibytes, 1L << 20));
  }

  /// @throws IllegalArgumentException when `text` has another form or the size exceeds 2^63
  public static ByteSize parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("write a size such as 64MiB, 1GB or 4096");
    }
    long size = Long.parseLong(form.group(1));
    String prefix = form.group(2);
    long unit = form.group(3) != null ? 1024 : 1000;
    int power = prefix == null ? 0 : PREFIXES.indexOf(Character.toUpperCase(prefix.charAt(0))) + 1;
    try {
      for (int i = 0; i < power; i++) {
        size = Math.multiplyExact(size, unit);
      }
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("no size is that large", e);
    }
    return new ByteSize(size);
  }

  /// The size as an int, for limits of arrays; the largest int when it is larger.
  public int toInt() {
    return (int) Math.min(Integer.MAX_VALUE, bytes);
  }

  /// The shortest exact form in powers of 1024, such as `64MiB`.
  @Override
  public String toString() {
    long value = bytes;
    int power = 0;
    while (value != 0 && value % 1024 == 0 && power < PREFIXES.length()) {
      value /= 1024;
      power++;
    }
    return power == 0 ? Long.toString(value) : value + "" + PREFIXES.charAt(power - 1) + "iB";
  }
}
