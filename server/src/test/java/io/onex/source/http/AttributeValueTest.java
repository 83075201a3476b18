package io.onex.source.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// CloudEvents 1.0.2, HTTP protocol binding, section 3.1.3.2.
class AttributeValueTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          plain                                        ~ plain
          Euro%20%E2%82%AC%20%F0%9F%98%80              ~ Euro € 😀
          Euro%20%e2%82%ac                             ~ Euro €
          %41%42C                                      ~ ABC
          100%25                                       ~ 100%
          %2541                                        ~ %41
          a+b                                          ~ a+b
          "quoted value"                               ~ quoted value
          "say \\"hi\\""                               ~ say "hi"
          "back\\\\slash"                              ~ back\\slash
          "\\%41"                                      ~ A
          "%22"                                        ~ "
          %22x%22                                      ~ "x"
          in"side                                      ~ in"side
          ""                                           ~ ``
          (no comment)                                 ~ (no comment)
          a\\b                                         ~ a\\b
          """)
  void a_value_is_unquoted_and_then_decoded_once(String header, String text) {
    assertThat(AttributeValue.decoded(header)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%",
        "a%2",
        "%G1",
        "%+1",
        "%-1",
        "%C0%A0",
        "%80",
        "%FF",
        "%E2%82",
        "%ED%A0%80",
        "%F4%90%80%80",
        "%C3x",
        "\"",
        "\"open",
        "\"a\" b",
        "\"a\"b\"",
        "\"a\\\"",
        "%00",
        "%0A",
        "%7F",
        "%C2%85",
        "%EF%BF%BF",
        "%EF%B7%90",
        "caf\u00e9",
        "\u20ac",
        "a\u0001b",
        "\u0661"
      })
  void a_value_that_is_not_what_the_binding_allows_is_refused(String header) {
    assertThatThrownBy(() -> AttributeValue.decoded(header))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void every_text_comes_back_however_much_of_it_was_encoded() {
    long seed = new Random().nextLong();
    System.out.println("AttributeValueTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      StringBuilder text = new StringBuilder();
      StringBuilder header = new StringBuilder();
      for (int length = random.nextInt(20); length >= 0; length--) {
        int c = character(random);
        text.appendCodePoint(c);
        boolean must = c <= ' ' || c == '"' || c == '%' || c > '~';
        for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
          header.append(
              must || random.nextBoolean()
                  ? (random.nextBoolean() ? "%%%02X" : "%%%02x").formatted(b & 0xff)
                  : Character.toString(b));
        }
      }
      assertThat(AttributeValue.decoded(header.toString()))
          .as("seed " + seed)
          .isEqualTo(text.toString());
    }
  }

  private static int character(Random random) {
    while (true) {
      int c = random.nextInt(random.nextBoolean() ? 0x7f : 0x110000);
      boolean forbidden =
          c < 0x20
              || (c >= 0x7f && c < 0xa0)
              || (c >= 0xd800 && c < 0xe000)
              || (c >= 0xfdd0 && c <= 0xfdef)
              || (c & 0xfffe) == 0xfffe;
      if (!forbidden) {
        return c;
      }
    }
  }
}
