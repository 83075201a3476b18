package io.onex.metric.exposition;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// One alternative of an Accept header.
///
/// @param type such as `text/plain`, in lower case
/// @param version the parameter of that name; empty when absent
/// @param weight the parameter q, 0 to 1; 0 means "not this"
record MediaRange(String type, String version, double weight) {
  static List<MediaRange> parse(String accept) {
    List<MediaRange> ranges = new ArrayList<>();
    for (String one : accept.split(",", -1)) {
      if (!one.isBlank()) {
        ranges.add(parseOne(one));
      }
    }
    return ranges;
  }

  private static MediaRange parseOne(String text) {
    String[] parts = text.split(";", -1);
    String version = "";
    double weight = 1;
    for (int i = 1; i < parts.length; i++) {
      String[] parameter = parts[i].split("=", 2);
      String value = parameter.length < 2 ? "" : parameter[1].strip().replace("\"", "");
      switch (parameter[0].strip().toLowerCase(Locale.ROOT)) {
        case "version" -> version = value;
        case "q" -> weight = weight(value);
        default -> {
          // Charset and escaping: what is written is UTF-8 and needs no escaping of names.
        }
      }
    }
    return new MediaRange(parts[0].strip().toLowerCase(Locale.ROOT), version, weight);
  }

  /// A weight that is none counts as refused.
  private static double weight(String text) {
    try {
      double weight = Double.parseDouble(text);
      return weight >= 0 && weight <= 1 ? weight : 0;
    } catch (NumberFormatException notANumber) {
      return 0;
    }
  }
}
