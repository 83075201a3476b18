package io.onex.source.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// The value of an attribute as a header says it: unquoted, then percent-decoded, once (CloudEvents
/// 1.0.2, HTTP protocol binding, section 3.1.3.2). Pure.
final class AttributeValue {
  private AttributeValue() {}

  /// The attribute's text.
  ///
  /// @throws IllegalArgumentException when it is not written as the binding says; the message says
  ///   what is wrong, without the value
  static String decoded(String header) {
    String value = header.strip();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c > '~' || (c < ' ' && c != '\t')) {
        throw new IllegalArgumentException("it has characters beyond ASCII");
      }
    }
    String text = percentDecoded(value.startsWith("\"") ? unquoted(value) : value);
    if (text.codePoints().anyMatch(AttributeValue::isForbidden)) {
      throw new IllegalArgumentException("it has control characters");
    }
    return text;
  }

  /// RFC 9110, section 5.6.4.
  private static String unquoted(String value) {
    StringBuilder text = new StringBuilder(value.length());
    int last = value.length() - 1;
    for (int i = 1; i < last; i++) {
      char c = value.charAt(i);
      if (c == '"' || (c == '\\' && i + 1 == last)) {
        throw new IllegalArgumentException("its quotes do not match");
      }
      text.append(c == '\\' ? value.charAt(++i) : c);
    }
    if (last < 1 || value.charAt(last) != '"') {
      throw new IllegalArgumentException("its quotes do not match");
    }
    return text.toString();
  }

  private static String percentDecoded(String value) {
    if (value.indexOf('%') < 0) {
      return value;
    }
    byte[] bytes = new byte[value.length()];
    int size = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '%') {
        int high = i + 2 <= value.length() - 1 ? Character.digit(value.charAt(i + 1), 16) : -1;
        int low = i + 2 <= value.length() - 1 ? Character.digit(value.charAt(i + 2), 16) : -1;
        if (high < 0 || low < 0) {
          throw new IllegalArgumentException("a % is not followed by two hexadecimal digits");
        }
        bytes[size++] = (byte) (high << 4 | low);
        i += 2;
      } else {
        bytes[size++] = (byte) c;
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, size)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("what its % stand for is not UTF-8", e);
    }
  }

  /// Controls and noncharacters (CloudEvents 1.0.2, section "Type System").
  private static boolean isForbidden(int c) {
    return c < 0x20
        || (c >= 0x7f && c <= 0x9f)
        || (c >= 0xfdd0 && c <= 0xfdef)
        || (c & 0xfffe) == 0xfffe;
  }
}
