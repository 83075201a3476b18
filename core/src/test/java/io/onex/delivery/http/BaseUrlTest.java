package io.onex.delivery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BaseUrlTest {
  @ParameterizedTest
  @CsvSource({
    "http://h:9200, /_bulk?x=y, http://h:9200/_bulk?x=y",
    "http://h:9200/, /_bulk, http://h:9200/_bulk",
    "https://h/behind/proxy//, /_bulk, https://h/behind/proxy/_bulk",
    "HTTP://h, '', HTTP://h"
  })
  void a_path_is_added_to_whatever_prefix_there_is(String url, String path, String at) {
    assertThat(BaseUrl.of(url).at(path)).hasToString(at);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://hunter2/",
        "hunter2",
        "http:///hunter2",
        "http://user:hunter2@h",
        "http://h?token=hunter2",
        "http://h#hunter2",
        "http://h/hunter2 x"
      })
  void what_is_no_plain_address_is_refused_without_repeating_it(String text) {
    assertThatThrownBy(() -> BaseUrl.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("hunter2");
  }

  @Test
  void it_reads_as_the_address_itself() {
    assertThat(BaseUrl.of("http://elk.example:9200/es/")).hasToString("http://elk.example:9200/es");
  }

  @Test
  void two_addresses_that_differ_in_slashes_at_the_end_are_the_same() {
    assertThat(BaseUrl.of("http://h/")).isEqualTo(BaseUrl.of("http://h"));
  }

  @Test
  void messages_name_host_and_port_only() {
    assertThat(BaseUrl.of("http://h:9200/secret-path").where()).isEqualTo("h:9200");
    assertThat(BaseUrl.of("http://h/secret-path").where()).isEqualTo("h");
  }
}
