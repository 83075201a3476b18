package io.onex.secret;

/// Takes the places of secrets, mostly in ascending order.
@FunctionalInterface
public interface MaskSink {
  /// The bytes from `from` up to `to` are a secret of this kind.
  void found(SecretKind kind, int from, int to);
}
