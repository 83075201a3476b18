package io.onex.ingest;

/// Where a body comes from, for those who look for what was refused of it.
///
/// @param source name for counters and dead letters
/// @param file that the body is a piece of, fit to be printed; empty when it is none
/// @param start offset in the file of the body's first byte
public record Provenance(String source, String file, long start) {
  static Provenance of(String source) {
    return new Provenance(source, "", 0);
  }

  /// The place of a byte of the body, in words.
  String place(long offset) {
    return "at byte " + (start + offset) + (file.isEmpty() ? "" : " of " + file);
  }
}
