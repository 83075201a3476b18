package io.onex.event;

import io.onex.bytes.Slice;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Tells ids apart in which a secret was masked, so that two ids never become one by it.
///
/// Behind the mask stand 64 bits of an HMAC (RFC 2104) with SHA-256 over the whole id: equal for
/// the same id whenever it comes, and without the key nobody can try passwords against it.
/// Immutable.
public final class MaskedIds {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int TAG_BYTES = 8;

  private final SecretKeySpec key;

  /// @param key that nobody outside knows; the same over restarts, or a repeat of an event with a
  ///   masked id is not known as one
  public MaskedIds(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /// What is written behind the mask in `id`: a dash and 16 hexadecimal digits.
  ///
  /// @param id as it is meant, without escapes
  byte[] tag(Slice id) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(id.array(), id.offset(), id.length());
      String digits = HexFormat.of().formatHex(mac.doFinal(), 0, TAG_BYTES);
      return ("-" + digits).getBytes(StandardCharsets.US_ASCII);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has HMAC with SHA-256", e);
    }
  }
}
