package io.onex.source.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.bytes.Slice;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneValueTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        " {\"a\":[1,{\"b\":\"}\\\"]\"}]} ",
        "[1,2]",
        "\"a,}\"",
        "12",
        "-1.5e3\n",
        "true",
        "NaN",
        "null"
      })
  void one_value_is_one(String json) {
    assertThat(OneValue.is(Slice.utf8(json))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "{}{}",
        "{},\"id\":\"x\"",
        "1,\"id\":2",
        "1 2",
        "{}}",
        "}",
        "{",
        "[{]",
        "\"a\"b",
        "\"a",
        "{\"a\":\"}",
        "1}",
        "\"id\":1",
        "null null"
      })
  void what_would_change_what_stands_around_it_is_none(String json) {
    assertThat(OneValue.is(Slice.utf8(json))).isFalse();
  }
}
