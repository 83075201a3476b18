package io.onex.source.http;

import io.onex.bytes.Slice;

/// Whether bytes can stand where JSON has a value without changing what stands around them:
/// brackets and quotes match, and nothing outside of them could end the value. Whether it is JSON
/// in every detail is for the decoder to say. Pure.
final class OneValue {
  private OneValue() {}

  static boolean is(Slice bytes) {
    byte[] array = bytes.array();
    int depth = 0;
    boolean ended = false;
    boolean begun = false;
    for (int i = bytes.offset(); i < bytes.end(); i++) {
      byte c = array[i];
      if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        // A number or word ends here; a bracket or quote has ended already.
        ended |= begun && depth == 0;
        continue;
      }
      if (ended) {
        return false;
      }
      begun = true;
      switch (c) {
        case '{', '[' -> depth++;
        case '}', ']' -> {
          depth--;
          ended = depth == 0;
        }
        case ',', ':' -> {
          if (depth == 0) {
            return false;
          }
        }
        case '"' -> {
          i = endOfText(array, i, bytes.end());
          if (i >= bytes.end()) {
            return false;
          }
          ended = depth == 0;
        }
        default -> {
          // A part of a number or word.
        }
      }
      if (depth < 0) {
        return false;
      }
    }
    return begun && depth == 0;
  }

  /// Index of the quote that ends the text; beyond the end when there is none.
  private static int endOfText(byte[] array, int quote, int end) {
    int i = quote + 1;
    while (i < end && array[i] != '"') {
      i += array[i] == '\\' ? 2 : 1;
    }
    return i;
  }
}
