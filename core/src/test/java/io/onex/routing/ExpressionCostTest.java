package io.onex.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.onex.log.Record;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// An expression that strangers may write, in a tap or a replay, costs the gateway neither its
/// memory nor its time.
class ExpressionCostTest {
  private static final long MOST_BYTES = 256 << 20;
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private static Record record() {
    StringBuilder list = new StringBuilder();
    IntStream.range(0, 3000)
        .forEach(i -> list.append(i == 0 ? "" : ",").append('"').append(i).append('"'));
    String metadata =
        "{\"list\":["
            + list
            + "],\"text\":\""
            + "t".repeat(100_000)
            + "\",\"small\":\"a\",\"map\":{\"a\":{\"b\":[1,2,3]}}}";
    return Sample.event("NODE_SUCCESS", "n", metadata);
  }

  static Stream<String> costly() {
    return Stream.of(
        "[metadata.small]" + ".map(a, a + a)".repeat(26) + ".size() > 0",
        "[metadata.text]" + ".map(a, a + a + a + a)".repeat(12) + ".size() > 0",
        "[b'a']" + ".map(a, a + a)".repeat(28) + ".size() > 0",
        "[[1]]" + ".map(a, a + a)".repeat(28) + ".size() > 0",
        "[1]" + ".map(a, [a, a])".repeat(26) + " == [1]" + ".map(a, [a, a])".repeat(26),
        "[1]"
            + ".map(a, {'x': a, 'y': a})".repeat(26)
            + " == [1]"
            + ".map(a, {'x': a, 'y': a})".repeat(26),
        "[1]"
            + ".map(a, [a,a,a,a,a,a,a,a,a,a])".repeat(9)
            + " == [1]"
            + ".map(a, [a,a,a,a,a,a,a,a,a,a])".repeat(9),
        "metadata.list.all(x, metadata.text.contains(x + 'never') == false)",
        "metadata.list.map(x, x + metadata.text).size() > 0",
        "metadata.list.all(x, metadata.list.all(y, x + y != ''))");
  }

  static Stream<String> usual() {
    return Stream.of(
        "metadata.list.exists(x, x == '2999')",
        "metadata.list.map(x, x + '!').size() == 3000",
        "metadata.text.contains('tt') && metadata.text.startsWith('t') && size(metadata.text) > 5",
        "metadata.map.a.b.all(x, x < 4) && 2 in metadata.map.a.b",
        "body.metadata == metadata",
        "[metadata.small, metadata.text].filter(x, x.matches('^a$')) == ['a']");
  }

  @ParameterizedTest
  @MethodSource
  void costly(String expression) throws Exception {
    assertThat(matches(expression)).as("within its means: %s", expression).isFalse();
  }

  @ParameterizedTest
  @MethodSource
  void usual(String expression) throws Exception {
    assertThat(matches(expression)).isTrue();
  }

  private static boolean matches(String expression) throws Exception {
    Predicate<Record> compiled;
    try {
      compiled = RecordExpression.compile(expression);
    } catch (InvalidExpressionException refused) {
      return false;
    }
    Record record = record();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    boolean matches = Assertions.assertTimeout(LONGEST, () -> compiled.test(record));
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    System.out.printf("%5d KiB allocated: %.60s%n", allocated >> 10, expression);
    assertThat(allocated).as(expression).isLessThan(MOST_BYTES);
    return matches;
  }
}
