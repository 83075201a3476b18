package io.onex.app;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A series of a metric by its name and labels. The bound of a bucket is compared as a number.
record Series(String name, Map<String, String> labels) {
  private static final Pattern SAMPLE = Pattern.compile("([a-z_]+)(?:\\{(.*)})? (\\S+)( \\d+)?");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

  Series {
    labels = new TreeMap<>(labels);
    labels.computeIfPresent("le", (key, bound) -> bound(bound));
  }

  static Series of(String name, String... labels) {
    Map<String, String> pairs = new HashMap<>();
    for (int i = 0; i < labels.length; i += 2) {
      pairs.put(labels[i], labels[i + 1]);
    }
    return new Series(name, pairs);
  }

  Series with(String label, String value) {
    Map<String, String> more = new HashMap<>(labels);
    more.put(label, value);
    return new Series(name, more);
  }

  Series named(String other) {
    return new Series(other, labels);
  }

  /// Whether it is of a family that events feed.
  boolean isOfEvents() {
    return name.startsWith("onex_") && !name.startsWith("onex_gateway_");
  }

  /// The series about events of an exposition in Prometheus' text format, with their values.
  static Map<Series, Double> ofEvents(String exposition) {
    Map<Series, Double> values = new HashMap<>();
    for (String line : exposition.lines().toList()) {
      Matcher sample = SAMPLE.matcher(line);
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (!sample.matches()) {
        throw new AssertionError("no sample: " + line);
      }
      Map<String, String> labels = new HashMap<>();
      if (sample.group(2) != null) {
        Matcher label = LABEL.matcher(sample.group(2));
        while (label.lookingAt()) {
          labels.put(label.group(1), label.group(2));
          label.region(label.end(), sample.group(2).length());
        }
        if (label.regionStart() != sample.group(2).length()) {
          throw new AssertionError("no labels: " + line);
        }
      }
      Series series = new Series(sample.group(1), labels);
      if (series.isOfEvents() && values.put(series, Double.parseDouble(sample.group(3))) != null) {
        throw new AssertionError("twice: " + line);
      }
    }
    return values;
  }

  private static String bound(String text) {
    return text.equals("+Inf") ? text : Double.toString(Double.parseDouble(text));
  }
}
