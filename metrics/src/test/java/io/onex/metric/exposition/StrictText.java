package io.onex.metric.exposition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Reads both text formats as strictly as their specifications ask, sharing nothing with the
/// writer: prometheus.io/docs/instrumenting/exposition_formats and the OpenMetrics 1.0 ABNF.
///
/// Also checks what any exposition must hold: no series twice, families in one piece, histogram
/// buckets that never fall and end in +Inf = count.
final class StrictText {
  record Sample(String name, Map<String, String> labels, double value, String exemplar) {}

  private final boolean openMetrics;
  private final Map<String, String> types = new HashMap<>();
  private final List<Sample> samples = new ArrayList<>();
  private final Set<String> closedFamilies = new HashSet<>();
  private final Set<String> seen = new HashSet<>();
  private String family = "";
  private String line = "";
  private int at;

  private StrictText(boolean openMetrics) {
    this.openMetrics = openMetrics;
  }

  static List<Sample> prometheus(String text) {
    return new StrictText(false).parse(text);
  }

  static List<Sample> openMetrics(String text) {
    if (!text.endsWith("# EOF\n")) {
      throw new AssertionError("no # EOF at the end");
    }
    return new StrictText(true).parse(text.substring(0, text.length() - "# EOF\n".length()));
  }

  /// The value of the one sample with this name and these labels, in any order.
  static double value(List<Sample> samples, String name, String... labels) {
    Map<String, String> wanted = new TreeMap<>();
    for (int i = 0; i < labels.length; i += 2) {
      wanted.put(labels[i], labels[i + 1]);
    }
    return samples.stream()
        .filter(sample -> sample.name().equals(name) && sample.labels().equals(wanted))
        .mapToDouble(Sample::value)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + wanted + " in " + samples));
  }

  private List<Sample> parse(String text) {
    if (!text.isEmpty() && !text.endsWith("\n")) {
      throw new AssertionError("the last line has no end");
    }
    for (String next : text.isEmpty() ? new String[0] : text.split("\n", -1)) {
      line = next;
      at = 0;
      if (line.startsWith("#")) {
        comment();
      } else if (!line.isEmpty()) {
        sample();
      }
    }
    histograms();
    return samples;
  }

  private void comment() {
    String[] words = line.split(" ", 4);
    check(words.length == 4 && words[0].equals("#"), "a comment that is no TYPE or HELP");
    if (!words[2].equals(family)) {
      check(closedFamilies.add(words[2]), "family in two pieces");
      family = words[2];
    }
    switch (words[1]) {
      case "TYPE" -> {
        check(Set.of("counter", "gauge", "histogram").contains(words[3]), "no type " + words[3]);
        check(types.put(family, words[3]) == null, "two types");
      }
      case "HELP" -> check(!words[3].isEmpty(), "empty help");
      case "UNIT" -> check(openMetrics && family.endsWith("_" + words[3]), "unit");
      default -> throw new AssertionError(line);
    }
  }

  private void sample() {
    String name = name();
    String type = types.get(family);
    check(type != null, "a sample before its type");
    check(belongs(name, type), name + " does not belong to " + family);
    Map<String, String> labels = new TreeMap<>();
    if (peek('{')) {
      at++;
      while (!peek('}')) {
        String label = name();
        expect('=');
        check(labels.put(label, quoted()) == null, "label twice");
        if (peek(',')) {
          at++;
        } else {
          check(peek('}'), "no end of labels");
        }
      }
      at++;
    }
    expect(' ');
    String rest = line.substring(at);
    String exemplar = "";
    if (openMetrics && rest.contains(" # ")) {
      exemplar = rest.substring(rest.indexOf(" # ") + 3);
      rest = rest.substring(0, rest.indexOf(" # "));
      check(name.endsWith("_bucket") || name.endsWith("_total"), "exemplar on " + name);
      check(
          exemplar.matches("\\{trace_id=\"[0-9a-f]{32}\"} [0-9.eE+-]+ [0-9.]+"),
          "exemplar " + exemplar);
    }
    check(rest.matches("[+-]?(Inf|NaN|[0-9.]+([eE][+-]?[0-9]+)?)"), "value " + rest);
    check(seen.add(name + labels), "series twice");
    samples.add(new Sample(name, labels, number(rest), exemplar));
  }

  private boolean belongs(String name, String type) {
    return switch (type) {
      case "counter" -> name.equals(openMetrics ? family + "_total" : family);
      case "histogram" ->
          Set.of(family + "_bucket", family + "_sum", family + "_count").contains(name);
      default -> name.equals(family);
    };
  }

  private void histograms() {
    Map<String, List<Sample>> buckets = new HashMap<>();
    for (Sample sample : samples) {
      if (sample.labels().containsKey("le")) {
        Map<String, String> others = new TreeMap<>(sample.labels());
        others.remove("le");
        String base = sample.name().substring(0, sample.name().length() - "_bucket".length());
        buckets.computeIfAbsent(base + "\n" + others, k -> new ArrayList<>()).add(sample);
      }
    }
    buckets.forEach((key, all) -> {
      double bound = Double.NEGATIVE_INFINITY;
      double count = 0;
      for (Sample sample : all) {
        double next = number(sample.labels().get("le"));
        check(next > bound && sample.value() >= count, "buckets of " + key);
        bound = next;
        count = sample.value();
      }
      check(bound == Double.POSITIVE_INFINITY, "no +Inf bucket of " + key);
      Map<String, String> others = new TreeMap<>(all.getFirst().labels());
      others.remove("le");
      String base = key.substring(0, key.indexOf('\n'));
      double told =
          samples.stream()
              .filter(s -> s.name().equals(base + "_count") && s.labels().equals(others))
              .mapToDouble(Sample::value)
              .findFirst()
              .orElse(-1);
      check(told == count, "count of " + key);
    });
  }

  private String name() {
    int from = at;
    while (at < line.length() && String.valueOf(line.charAt(at)).matches("[a-zA-Z0-9_]")) {
      at++;
    }
    check(at > from && !Character.isDigit(line.charAt(from)), "no name");
    return line.substring(from, at);
  }

  private String quoted() {
    expect('"');
    StringBuilder text = new StringBuilder();
    while (!peek('"')) {
      char c = line.charAt(at++);
      if (c == '\\') {
        char escaped = line.charAt(at++);
        check("\\\"n".indexOf(escaped) >= 0, "escape");
        text.append(escaped == 'n' ? '\n' : escaped);
      } else {
        text.append(c);
      }
    }
    at++;
    return text.toString();
  }

  private boolean peek(char c) {
    check(at < line.length(), "the line ends early");
    return line.charAt(at) == c;
  }

  private void expect(char c) {
    check(peek(c), "no " + c);
    at++;
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  private void check(boolean right, String what) {
    if (!right) {
      throw new AssertionError(what + " in: " + line);
    }
  }
}
