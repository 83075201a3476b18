package io.onex.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.bytes.Id128;
import io.onex.bytes.Slice;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// Node names and correlation ids made for the published hashes of our tables: a table that
/// compares them one by one takes a thousand times as long for them as for others.
class AimedKeysTest {
  private static final int KEYS = 10_000;

  /// Far from what a slow machine does to few milliseconds, and far below what a search through all
  /// costs.
  private static final int MOST_TIMES_SLOWER = 40;

  /// Texts of 28 letters that have the same 31-hash, as `Aa` and `BB` have.
  private static List<String> aimed() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      StringBuilder text = new StringBuilder();
      for (int bit = 0; bit < 14; bit++) {
        text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      texts.add(text.toString());
    }
    return texts;
  }

  private static List<String> random(long seed) {
    Random random = new Random(seed);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      texts.add(
          String.format(
              Locale.ROOT, "%014x%014x", random.nextLong() >>> 8, random.nextLong() >>> 8));
    }
    return texts;
  }

  /// UUIDs whose halves cancel each other out in `high * 31 + low`.
  private static List<String> aimedUuids() {
    List<String> texts = new ArrayList<>();
    for (long i = 1; i <= KEYS; i++) {
      texts.add(new Id128(i, -31 * i).plainUuidUtf8().utf8());
    }
    return texts;
  }

  private static long cpuNanos(Runnable work) {
    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    work.run();
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
  }

  private static void compare(
      String what, Function<List<String>, Runnable> use, List<List<String>> aimed) {
    long seed = System.nanoTime();
    System.out.println("AimedKeysTest seed " + seed);
    use.apply(random(seed)).run();
    long plain = 0;
    for (int i = 0; i < 3; i++) {
      plain = Math.max(plain, cpuNanos(use.apply(random(seed + i))));
    }
    for (List<String> texts : aimed) {
      long nanos = cpuNanos(use.apply(texts));
      System.out.printf(
          "%s: %d random keys %.1f ms, aimed ones %.1f ms%n", what, KEYS, plain / 1e6, nanos / 1e6);
      assertThat(nanos).as(what).isLessThan(MOST_TIMES_SLOWER * Math.max(plain, 5_000_000));
    }
  }

  @Test
  void symbols_of_one_hash_are_found_as_fast_as_others() {
    compare(
        "symbols",
        texts ->
            () -> {
              Symbols symbols = new Symbols(2 * KEYS);
              for (int round = 0; round < 5; round++) {
                for (String text : texts) {
                  assertThatSame(symbols.of(Slice.utf8(text)), text);
                }
              }
            },
        List.of(aimed()));
  }

  private static void assertThatSame(Symbol symbol, String text) {
    if (!symbol.text().equals(text)) {
      throw new AssertionError(symbol + " instead of " + text);
    }
  }

  @Test
  void operations_with_correlation_ids_of_one_hash_cost_no_more_than_others() {
    compare(
        "open operations",
        texts ->
            () -> {
              FoldRun run = FoldRun.withDefaults();
              for (String text : texts) {
                run.take(event("s-" + text, "2025-05-25T14:30:00Z", "NODE_START", text));
              }
              for (String text : texts) {
                run.take(event("e-" + text, "2025-05-25T14:30:01Z", "NODE_SUCCESS", text));
              }
              if (run.records().size() != KEYS) {
                throw new AssertionError(run.records().size() + " operations");
              }
            },
        List.of(aimed(), aimedUuids()));
  }

  private static String event(String id, String time, String type, String correlation) {
    return """
    {"event_id":"%s","timestamp":"%s","node_id":"%s","event_type":"%s","correlation_id":"%s",\
    "metadata":{}}\
    """
        .formatted(id, time, correlation, type, correlation);
  }

  @Test
  void orders_fit_equality_so_that_tables_may_use_them() {
    List<String> texts = new ArrayList<>(aimed().subList(0, 60));
    texts.addAll(random(1).subList(0, 60));
    texts.addAll(aimedUuids().subList(0, 60));
    Map<Slice, String> slices = new HashMap<>();
    for (String one : texts) {
      slices.put(Slice.utf8(one), one);
      for (String two : texts) {
        CorrelationId first = CorrelationId.of(Slice.utf8(one));
        CorrelationId second = CorrelationId.of(Slice.utf8(two.toUpperCase(Locale.ROOT)));
        CorrelationId third = CorrelationId.of(Slice.utf8(two));
        assertThat(first).isNotNull();
        assertThat(second).isNotNull();
        assertThat(first.compareTo(third) == 0).isEqualTo(first.equals(third));
        assertThat(first.compareTo(second) == 0).isEqualTo(first.equals(second));
        assertThat(Symbol.of(one).compareTo(Symbol.of(two)) == 0).isEqualTo(one.equals(two));
        assertThat(Slice.utf8(one).compareTo(Slice.utf8("x" + two).part(1, two.length())) == 0)
            .isEqualTo(one.equals(two));
        if (first.equals(second)) {
          assertThat(first.hashCode()).isEqualTo(second.hashCode());
        }
      }
    }
    assertThat(slices).hasSameSizeAs(texts);
  }
}
