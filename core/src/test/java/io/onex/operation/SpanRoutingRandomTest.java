package io.onex.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.config.RoutedKind;
import io.onex.log.Record;
import io.onex.routing.Rules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/// Random runs under random rules that change, with restarts in between, judged by an account of
/// the test's own: which destinations a rule named for START, END or the conclusion.
class SpanRoutingRandomTest {
  private static final String[] TYPES = {
    "NODE_START",
    "NODE_SUCCESS",
    "NODE_FAILURE",
    "NODE_*",
    "OPERATION_ENDED",
    "*",
    "AUDIT",
    "TELEMETRY_OPERATION_START",
    "TELEMETRY_OPERATION_ERROR",
    "*_START"
  };
  private static final String KEEP = "has(metadata.keep) && metadata.keep";

  /// What is known of a run by the test's own account.
  private record Judged(String family, Set<String> tracing) {}

  private final RoutedRuns runs = new RoutedRuns();
  private final Map<String, Judged> judged = new HashMap<>();
  private final TreeMap<Long, List<Rules.Rule>> inForce = new TreeMap<>();
  private final Map<String, Set<String>> expected = new HashMap<>();

  @RepeatedTest(30)
  void a_span_goes_where_a_rule_sent_any_event_of_its_operation(RepetitionInfo repetition) {
    long seed = 2411L * repetition.getCurrentRepetition();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    changeRules(random);
    List<String> open = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String id = "c" + i;
      String family = random.nextInt(4) == 0 ? "TELEMETRY_OPERATION" : "NODE";
      switch (random.nextInt(8)) {
        case 0 -> {
          end(random, family, id);
          take(random, family + "_START", id, 3);
        }
        case 1 -> end(random, family, id);
        case 2 -> changeRules(random);
        case 3 -> runs.run.restart();
        default -> {
          take(random, family + "_START", id, 0);
          open.add(id);
        }
      }
      if (!open.isEmpty() && random.nextInt(3) > 0) {
        String ended = open.remove(random.nextInt(open.size()));
        end(random, judged.get(ended).family, ended);
      }
      if (random.nextInt(20) == 0) {
        runs.pass(6_000);
      }
      meet();
    }
    runs.pass(6_000);
    meet();
    changeRules(random);

    assertThat(expected).hasSizeGreaterThan(50);
    assertThat(expected.values()).contains(Set.of()).anyMatch(to -> to.size() > 1);
    for (Record record : runs.concluded()) {
      assertThat(sentTo(record)).as("a destination that lags").isEqualTo(expected(record));
    }
  }

  /// Those that keep up read a conclusion before the rules change again.
  private void meet() {
    for (Record record : runs.concluded()) {
      String id = record.correlationId().utf8();
      if (!expected.containsKey(id)) {
        Set<String> to = new HashSet<>(judged.get(id).tracing);
        // Its own position counts, too: for its type, and for the type of what ended it.
        Set<String> asEnd = named(typeOfEnd(record), RoutedKind.DERIVED, "n", false, at(record));
        asEnd.remove("elk");
        to.addAll(asEnd);
        to.addAll(named("OPERATION_ENDED", RoutedKind.DERIVED, "n", false, at(record)));
        expected.put(id, to);
        assertThat(sentTo(record)).as("%s", FoldRun.json(record)).isEqualTo(to);
      }
    }
  }

  private String typeOfEnd(Record record) {
    boolean good = FoldRun.json(record).get("outcome").asText().equals("success");
    String family = judged.get(record.correlationId().utf8()).family;
    return family + (good ? "_SUCCESS" : family.equals("NODE") ? "_FAILURE" : "_ERROR");
  }

  private Set<String> expected(Record record) {
    return expected.get(record.correlationId().utf8());
  }

  private Set<String> sentTo(Record record) {
    Set<String> names = new HashSet<>(RoutedRuns.KNOWN);
    names.removeIf(name -> !runs.isSent(name, record));
    return names;
  }

  private static long at(Record record) {
    return record.position().offset();
  }

  private void end(Random random, String family, String id) {
    String bad = family.equals("NODE") ? "_FAILURE" : "_ERROR";
    take(random, family + (random.nextBoolean() ? "_SUCCESS" : bad), id, 0);
  }

  private void take(Random random, String type, String id, long lateMillis) {
    boolean keep = random.nextBoolean();
    Set<String> tracing = named(type, RoutedKind.EVENT, "n", keep, runs.next());
    tracing.remove("elk");
    String family = type.startsWith("NODE") ? "NODE" : "TELEMETRY_OPERATION";
    judged.computeIfAbsent(id, each -> new Judged(family, new HashSet<>())).tracing.addAll(tracing);
    runs.take(type, "n", id, "{\"keep\":" + keep + "}", lateMillis);
  }

  private Set<String> named(String type, RoutedKind kind, String node, boolean keep, long at) {
    Set<String> names = new HashSet<>();
    for (Rules.Rule rule : inForce.floorEntry(at).getValue()) {
      boolean matches =
          rule.eventTypes().stream().anyMatch(one -> isMet(one.pattern(), type))
              && rule.nodes().stream().anyMatch(one -> isMet(one.pattern(), node))
              && (rule.kinds().isEmpty() || rule.kinds().contains(kind))
              && (rule.when().isEmpty() || keep);
      if (matches) {
        names.addAll(rule.destinations());
      }
    }
    return names;
  }

  private static boolean isMet(String pattern, String text) {
    int star = pattern.indexOf('*');
    return star < 0
        ? pattern.equals(text)
        : text.startsWith(pattern.substring(0, star)) && text.endsWith(pattern.substring(star + 1));
  }

  private void changeRules(Random random) {
    List<Rules.Rule> rules = new ArrayList<>();
    for (int left = 1 + random.nextInt(4); left > 0; left--) {
      rules.add(
          RoutedRuns.rule(
              TYPES[random.nextInt(TYPES.length)],
              random.nextInt(4) == 0 ? "m*" : random.nextBoolean() ? "*" : "n",
              random.nextInt(3) == 0
                  ? Set.of(random.nextBoolean() ? RoutedKind.EVENT : RoutedKind.DERIVED)
                  : Set.of(),
              random.nextInt(4) == 0 ? Optional.of(KEEP) : Optional.empty(),
              RoutedRuns.KNOWN.get(random.nextInt(3)) + (random.nextInt(3) == 0 ? " zipkin" : "")));
    }
    inForce.put(runs.next(), rules);
    runs.rules(rules.toArray(Rules.Rule[]::new));
  }
}
