package io.onex.operation;

import io.onex.bytes.Slice;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Texts of senders as state keeps them: at most [#MAX_BYTES] of them, however long they are.
///
/// A record may hold a text of its own size. What is kept for a day by the hundred thousand must
/// not. Pure functions over UTF-8; what is short enough is returned as it is.
public final class KeptText {
  /// Longest text that is kept, in bytes of UTF-8.
  public static final int MAX_BYTES = 256;

  private static final byte[] ELLIPSIS = "…".getBytes(StandardCharsets.UTF_8);

  /// Bytes of the hash in a shortened key: nobody makes two texts with the same 128 bits of it.
  private static final int HASH_BYTES = 16;

  private KeptText() {}

  /// A text that is only shown: cut between two characters, an ellipsis at its end.
  public static Slice shown(Slice utf8) {
    if (utf8.length() <= MAX_BYTES) {
      return utf8;
    }
    byte[] kept = new byte[boundary(utf8, MAX_BYTES - ELLIPSIS.length) + ELLIPSIS.length];
    System.arraycopy(utf8.array(), utf8.offset(), kept, 0, kept.length - ELLIPSIS.length);
    System.arraycopy(ELLIPSIS, 0, kept, kept.length - ELLIPSIS.length, ELLIPSIS.length);
    return Slice.of(kept);
  }

  /// As [#shown(Slice)].
  public static String shown(String text) {
    // No character has more than three bytes of UTF-8.
    return text.length() <= MAX_BYTES / 3 ? text : shown(Slice.utf8(text)).utf8();
  }

  /// A text that tells one thing from another: its beginning, an ellipsis and 32 hex digits of the
  /// SHA-256 of the whole, so that two never become one.
  public static Slice key(Slice utf8) {
    if (utf8.length() <= MAX_BYTES) {
      return utf8;
    }
    byte[] hash =
        HexFormat.of().formatHex(sha256(utf8), 0, HASH_BYTES).getBytes(StandardCharsets.US_ASCII);
    int head = boundary(utf8, MAX_BYTES - ELLIPSIS.length - hash.length);
    byte[] kept = new byte[head + ELLIPSIS.length + hash.length];
    System.arraycopy(utf8.array(), utf8.offset(), kept, 0, head);
    System.arraycopy(ELLIPSIS, 0, kept, head, ELLIPSIS.length);
    System.arraycopy(hash, 0, kept, head + ELLIPSIS.length, hash.length);
    return Slice.of(kept);
  }

  /// The last place at or before `most` at which a character begins.
  private static int boundary(Slice utf8, int most) {
    int end = most;
    while (end > 0 && (utf8.array()[utf8.offset() + end] & 0xc0) == 0x80) {
      end--;
    }
    return end;
  }

  private static byte[] sha256(Slice utf8) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(utf8.array(), utf8.offset(), utf8.length());
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
