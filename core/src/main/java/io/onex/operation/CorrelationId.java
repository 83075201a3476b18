package io.onex.operation;

import io.onex.bytes.Id128;
import io.onex.bytes.Slice;
import io.onex.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A correlation id, small when it is a UUID as Python writes them.
///
/// Equality is exact: two other texts with the same hash stay two ids, while the spellings of one
/// UUID or trace id ([Id128#read]) are one. An id of more than [KeptText#MAX_BYTES] bytes is known
/// by its [KeptText#key], here and in all that follows from it.
public final class CorrelationId implements Comparable<CorrelationId> {
  private final Id128 bits;
  private final boolean hashed;
  private final byte @Nullable [] text;

  private CorrelationId(Id128 bits, boolean hashed, byte @Nullable [] text) {
    this.bits = bits;
    this.hashed = hashed;
    this.text = text;
  }

  /// The id with this text in UTF-8; null when it is empty.
  public static @Nullable CorrelationId of(Slice utf8) {
    if (utf8.isEmpty()) {
      return null;
    }
    Slice kept = KeptText.key(utf8);
    Id128 bits = Id128.read(kept);
    return bits == null
        ? new CorrelationId(Id128.hash(kept), true, kept.toByteArray())
        : new CorrelationId(bits, false, Id128.isPlainUuid(kept) ? null : kept.toByteArray());
  }

  /// The bits of a UUID, else a hash of the text.
  public Id128 bits() {
    return bits;
  }

  public Slice utf8() {
    byte[] own = text;
    return own != null ? Slice.of(own) : bits.plainUuidUtf8();
  }

  /// Bytes of memory its text takes beside the bits.
  int textBytes() {
    byte[] own = text;
    return own == null ? 0 : own.length;
  }

  /// Writes the id as a JSON string.
  ///
  /// @return whether it had to be escaped
  boolean write(JsonWriter json) {
    byte[] own = text;
    if (own == null) {
      json.plainUuid(bits);
      return false;
    }
    int before = json.size();
    json.text(Slice.of(own));
    return json.size() - before != own.length + 2;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CorrelationId that
        && hashed == that.hashed
        && bits.high() == that.bits.high()
        && bits.low() == that.bits.low()
        && (!hashed || Arrays.equals(text, that.text));
  }

  /// An order that fits [#equals], so that a table whose places are aimed at stays fast.
  @Override
  public int compareTo(CorrelationId that) {
    int order = Boolean.compare(hashed, that.hashed);
    order = order != 0 ? order : Long.compare(bits.high(), that.bits.high());
    order = order != 0 ? order : Long.compare(bits.low(), that.bits.low());
    return order != 0 || !hashed ? order : Arrays.compare(text, that.text);
  }

  @Override
  public int hashCode() {
    long mixed = (bits.high() * 31 + bits.low()) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32);
  }

  @Override
  public String toString() {
    return new String(utf8().toByteArray(), StandardCharsets.UTF_8);
  }
}
