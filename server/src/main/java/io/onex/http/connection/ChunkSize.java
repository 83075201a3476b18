package io.onex.http.connection;

/// The size of a chunk of a body (RFC 9112, section 7.1): hexadecimal digits, then extensions,
/// which are ignored.
final class ChunkSize {
  /// As many digits as fit into 63 bits; leading zeros are allowed beyond that.
  private static final int MOST_DIGITS = 15;

  private ChunkSize() {}

  /// The size a line begins with.
  ///
  /// @throws MalformedBodyException when it begins with none, or is followed by anything but
  ///   extensions
  static long parse(String line) {
    long size = 0;
    int significant = 0;
    int at = 0;
    for (; at < line.length(); at++) {
      int digit = hex(line.charAt(at));
      if (digit < 0) {
        break;
      }
      size = size << 4 | digit;
      significant += significant > 0 || digit > 0 ? 1 : 0;
      if (significant > MOST_DIGITS) {
        throw malformed("a chunk is too large");
      }
    }
    if (at == 0 || !endsOrExtends(line, at)) {
      throw malformed("a chunk has no valid size");
    }
    return size;
  }

  static MalformedBodyException malformed(String what) {
    return new MalformedBodyException(what);
  }

  /// White space before the semicolon is bad, and senders are known to send it.
  private static boolean endsOrExtends(String line, int from) {
    int at = from;
    while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
      at++;
    }
    return at == line.length() || line.charAt(at) == ';';
  }

  private static int hex(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    int letter = c | 0x20;
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
  }
}
