package io.onex.delivery;

import java.util.List;

/// What `encode` made of some records: one request, and the records it cannot express.
///
/// @param payload holds all records but the refused ones; `null`-free: with zero items nothing is
///   sent
/// @param refused records that can never be expressed for this system, by index
public record Encoding(Payload payload, List<Refusal> refused) {
  public Encoding {
    refused = List.copyOf(refused);
  }

  public static Encoding of(Payload payload) {
    return new Encoding(payload, List.of());
  }

  /// One record that cannot be expressed.
  ///
  /// @param index of the record in the list given to `encode`
  /// @param reason a sentence for the dead letter, without payload
  public record Refusal(int index, String reason) {}
}
