package io.onex.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The seeds of the log's tables of ids, all from the secret of the data folder ([FolderSecret]).
///
/// @param first of the places of ids
/// @param second of the places of ids
/// @param content of the digests of what events say
/// @param check tells files that were written with other seeds; it gives none of them away
record IdSeeds(long first, long second, long content, long check) {
  /// 64 bits in which keys are spread evenly, and which nobody outside can foretell.
  long fingerprint(long high, long low) {
    long one = high ^ first;
    long two = low ^ second;
    return EventKey.mix(one * two ^ Math.unsignedMultiplyHigh(one, two) ^ Long.rotateLeft(one, 32));
  }

  /// A key for something else than the tables, of 32 bytes, from which no seed can be told.
  byte[] key(String purpose) {
    ByteBuffer seeds = ByteBuffer.allocate(3 * Long.BYTES);
    seeds.putLong(first).putLong(second).putLong(content);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(seeds.array(), mac.getAlgorithm()));
      return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has HMAC with SHA-256", e);
    }
  }
}
