package io.onex.operation;

import io.onex.bytes.Id128;
import io.onex.bytes.Slice;
import io.onex.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A correlation id, small when it is a UUID as Python writes them.
///
/// Equality is exact: two other texts with the same hash stay two ids.
public final class CorrelationId {
  private final Id128 bits;
  private final byte @Nullable [] text;

  private CorrelationId(Id128 bits, byte @Nullable [] text) {
    this.bits = bits;
    this.text = text;
  }

  /// The id with this text in UTF-8; null when it is empty.
  public static @Nullable CorrelationId of(Slice utf8) {
    if (utf8.isEmpty()) {
      return null;
    }
    return new CorrelationId(Id128.of(utf8), Id128.isPlainUuid(utf8) ? null : utf8.toByteArray());
  }

  /// The bits of a UUID, else a hash of the text.
  public Id128 bits() {
    return bits;
  }

  public Slice utf8() {
    byte[] own = text;
    return own != null ? Slice.of(own) : bits.plainUuidUtf8();
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
        && bits.high() == that.bits.high()
        && bits.low() == that.bits.low()
        && Arrays.equals(text, that.text);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(bits.high() * 31 + bits.low());
  }

  @Override
  public String toString() {
    return new String(utf8().toByteArray(), StandardCharsets.UTF_8);
  }
}
