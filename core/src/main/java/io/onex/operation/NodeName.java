package io.onex.operation;

import io.onex.bytes.Id128;
import io.onex.bytes.Slice;
import java.nio.charset.StandardCharsets;

/// What a node id says about the kind of node: `tree_generator_node:1.0.0` is version 1.0.0 of
/// `tree_generator_node`, `stamper_node-a8f2g` is one instance of `stamper_node` (onex-facts a7,
/// e2).
///
/// A UUID says nothing and stays whole. An instance suffix is a hyphen with digits only, or with
/// five to ten lower-case letters and digits of which there is at least one each, as orchestrators
/// make them; up to two are taken away.
///
/// @param name never empty unless the id is
/// @param version empty when the id has none
public record NodeName(String name, String version) {
  public static NodeName of(String nodeId) {
    int colon = nodeId.lastIndexOf(':');
    boolean versioned = colon > 0 && isVersion(nodeId, colon + 1);
    String name = versioned ? nodeId.substring(0, colon) : nodeId;
    String version = versioned ? nodeId.substring(colon + 1) : "";
    if (Id128.isUuid(Slice.of(name.getBytes(StandardCharsets.UTF_8)))) {
      return new NodeName(name, version);
    }
    return new NodeName(withoutInstance(withoutInstance(name)), version);
  }

  /// Whether the rest is `v`, perhaps, digits, and parts of digits, letters, `+` and `-` that each
  /// follow a dot.
  private static boolean isVersion(String text, int from) {
    int p = from < text.length() && text.charAt(from) == 'v' ? from + 1 : from;
    int digits = p;
    while (p < text.length() && text.charAt(p) >= '0' && text.charAt(p) <= '9') {
      p++;
    }
    if (p == digits) {
      return false;
    }
    while (p < text.length()) {
      int part = p + 1;
      if (text.charAt(p) != '.') {
        return false;
      }
      for (p = part; p < text.length() && isVersionPart(text.charAt(p)); ) {
        p++;
      }
      if (p == part) {
        return false;
      }
    }
    return true;
  }

  private static boolean isVersionPart(char c) {
    return (c >= '0' && c <= '9')
        || (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || c == '+'
        || c == '-';
  }

  private static String withoutInstance(String name) {
    int hyphen = name.lastIndexOf('-');
    return hyphen > 0 && isInstance(name, hyphen + 1) ? name.substring(0, hyphen) : name;
  }

  private static boolean isInstance(String name, int from) {
    int digits = 0;
    int letters = 0;
    for (int i = from; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= '0' && c <= '9') {
        digits++;
      } else if (c >= 'a' && c <= 'z') {
        letters++;
      } else {
        return false;
      }
    }
    int all = digits + letters;
    return digits > 0 && (letters == 0 || (all >= 5 && all <= 10));
  }
}
