package io.onex.log.journal;

import io.onex.bytes.Slice;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/// Texts and bytes as the payloads of journals hold them: a text is its length in bytes (u16) and
/// its UTF-8.
public final class JournalText {
  private JournalText() {}

  /// Bytes that `text` takes.
  public static int bytes(Slice text) {
    return Short.BYTES + text.length();
  }

  /// @param text at most 65 535 bytes
  public static void put(ByteBuffer out, Slice text) {
    out.putShort((short) text.length()).put(text.array(), text.offset(), text.length());
  }

  /// @throws BufferUnderflowException when the payload ends too early
  public static String take(ByteBuffer in) {
    return Slice.of(take(in, in.getShort() & 0xffff)).utf8();
  }

  /// @throws BufferUnderflowException when there are not as many bytes
  public static byte[] take(ByteBuffer in, int length) {
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }
}
