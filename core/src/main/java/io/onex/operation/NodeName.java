package io.onex.operation;

import io.onex.bytes.Id128;
import io.onex.bytes.Slice;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

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
  private static final Pattern VERSION = Pattern.compile("v?[0-9]+(\\.[0-9A-Za-z+-]+)*");

  public static NodeName of(String nodeId) {
    int colon = nodeId.lastIndexOf(':');
    boolean versioned = colon > 0 && VERSION.matcher(nodeId.substring(colon + 1)).matches();
    String name = versioned ? nodeId.substring(0, colon) : nodeId;
    String version = versioned ? nodeId.substring(colon + 1) : "";
    if (Id128.isUuid(Slice.of(name.getBytes(StandardCharsets.UTF_8)))) {
      return new NodeName(name, version);
    }
    return new NodeName(withoutInstance(withoutInstance(name)), version);
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
