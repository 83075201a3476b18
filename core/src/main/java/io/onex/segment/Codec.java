package io.onex.segment;

import java.util.Optional;

/// How the bytes of a block are stored. The code is part of the file format.
public enum Codec {
  NONE(0),
  /// One Zstandard frame (RFC 8878).
  ZSTD(1);

  private final byte code;

  Codec(int code) {
    this.code = (byte) code;
  }

  byte code() {
    return code;
  }

  static Optional<Codec> ofCode(byte code) {
    return switch (code) {
      case 0 -> Optional.of(NONE);
      case 1 -> Optional.of(ZSTD);
      default -> Optional.empty();
    };
  }
}
