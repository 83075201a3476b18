package io.onex.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads HTTP/1.1 answers of known length, one after the other, out of one array that is used
/// again. One thread at a time.
final class AnswerReader {
  private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
  private static final int STATUS_AT = "HTTP/1.1 ".length();
  private static final int MOST_BYTES = 1 << 20;

  private byte[] array = new byte[512];
  private ByteBuffer space = ByteBuffer.wrap(array);
  private int size;
  private int status;
  private int bodyAt;
  private int end;

  /// Where the next bytes from the connection go: room for at least one.
  ByteBuffer space() {
    if (size == array.length) {
      array = Arrays.copyOf(array, size * 2);
      space = ByteBuffer.wrap(array);
    }
    return space.limit(array.length).position(size);
  }

  /// Takes note of `count` more bytes in [#space].
  ///
  /// @return whether a whole answer is there
  /// @throws IOException when what came is not an answer this reader knows
  boolean add(int count) throws IOException {
    size += count;
    if (bodyAt == 0 && !readHead()) {
      return false;
    }
    if (size > end) {
      throw new IOException("more came than the one answer that was asked for");
    }
    return size == end;
  }

  int status() {
    return status;
  }

  /// Whether the body is exactly `expected`.
  boolean hasBody(byte[] expected) {
    return Arrays.equals(array, bodyAt, end, expected, 0, expected.length);
  }

  byte[] body() {
    return Arrays.copyOfRange(array, bodyAt, end);
  }

  /// Forgets the answer.
  void clear() {
    size = 0;
    bodyAt = 0;
    end = 0;
  }

  /// Status and length, once the empty line is there.
  private boolean readHead() throws IOException {
    int length = -1;
    int line = 0;
    for (int i = 0; i + 1 < size; i++) {
      if (array[i] != '\r' || array[i + 1] != '\n') {
        continue;
      }
      if (i == line) {
        return headEnds(i + 2, length);
      }
      if (line == 0) {
        status = number(STATUS_AT, STATUS_AT + 3);
      } else if (isLength(line)) {
        length = number(line + LENGTH.length, i);
      }
      line = i + 2;
    }
    if (size > MOST_BYTES) {
      throw new IOException("an answer has more than " + MOST_BYTES + " bytes before its body");
    }
    return false;
  }

  private boolean headEnds(int at, int length) throws IOException {
    if (length < 0 || length > MOST_BYTES) {
      throw new IOException("an answer with status " + status + " has no usable Content-Length");
    }
    bodyAt = at;
    end = at + length;
    return true;
  }

  private boolean isLength(int at) {
    for (int i = 0; i < LENGTH.length; i++) {
      // Bit 0x20 makes letters small and leaves '-' and ':' as they are.
      if ((array[at + i] | 0x20) != LENGTH[i]) {
        return false;
      }
    }
    return true;
  }

  private int number(int from, int to) throws IOException {
    int number = 0;
    for (int i = from; i < to; i++) {
      if (array[i] >= '0' && array[i] <= '9' && number < MOST_BYTES) {
        number = number * 10 + array[i] - '0';
      } else if (array[i] != ' ') {
        throw new IOException(
            "not a number in an answer: "
                + new String(array, from, to - from, StandardCharsets.US_ASCII));
      }
    }
    return number;
  }
}
