package io.onex.integration.prometheus;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/// The path of a group of the Pushgateway.
///
/// Plain values stand as they are; all others, with a slash, a blank or nothing in them, in the
/// base64 form, which needs no second escaping.
///
/// Source: Pushgateway README, "URL".
final class GroupPath {
  private static final String PLAIN =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_.~";

  private GroupPath() {}

  /// @param labels after `job`, in order
  static String of(String job, Map<String, String> labels) {
    StringBuilder path = new StringBuilder("/metrics");
    add(path, "job", job);
    labels.forEach((name, value) -> add(path, name, value));
    return path.toString();
  }

  private static void add(StringBuilder path, String name, String value) {
    path.append('/').append(name);
    if (isPlain(value)) {
      path.append('/').append(value);
    } else {
      String base64 =
          Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(value.getBytes(StandardCharsets.UTF_8));
      path.append("@base64/").append(base64.isEmpty() ? "=" : base64);
    }
  }

  private static boolean isPlain(String value) {
    return !value.isEmpty()
        && !value.equals(".")
        && !value.equals("..")
        && value.chars().allMatch(c -> PLAIN.indexOf(c) >= 0);
  }
}
