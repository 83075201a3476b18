package io.onex.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BytePatternTest {
  @Test
  void it_finds_what_the_jdk_finds() {
    long seed = System.nanoTime();
    System.out.println("patterns: seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 50_000; i++) {
      String pattern = letters(random, 1 + random.nextInt(6));
      String text = letters(random, random.nextInt(40));

      assertThat(BytePattern.of(pattern).isIn(Slice.utf8(text)))
          .as("%s in %s", pattern, text)
          .isEqualTo(text.contains(pattern));
    }
  }

  @Test
  void it_looks_only_between_the_bounds() {
    byte[] bytes = Slice.utf8("xx\"trace_id\":1").toByteArray();
    BytePattern pattern = BytePattern.of("trace_id\"");

    assertThat(pattern.isIn(bytes, 3, 12)).isTrue();
    assertThat(pattern.isIn(bytes, 4, 12)).isFalse();
    assertThat(pattern.isIn(bytes, 3, 11)).isFalse();
  }

  @Test
  void a_pattern_without_a_byte_or_with_too_many_is_refused() {
    assertThatThrownBy(() -> BytePattern.of("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BytePattern.of("x".repeat(128)))
        .hasMessageContaining("1 to 127 bytes, not 128");
  }

  private static String letters(Random random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(random.nextInt(20) == 0 ? 'é' : (char) ('a' + random.nextInt(3)));
    }
    return text.toString();
  }
}
