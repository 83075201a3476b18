package io.onex.integration.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class GroupPathTest {
  @Test
  void plain_values_stand_as_they_are() {
    assertThat(GroupPath.of("onex", Map.of("instance", "host-1.example")))
        .isEqualTo("/metrics/job/onex/instance/host-1.example");
  }

  @Test
  void a_value_with_a_slash_or_other_letters_stands_in_base64() {
    // The two values and their paths are examples of the Pushgateway's README.
    assertThat(GroupPath.of("directory_cleaner", Map.of("path", "/var/tmp")))
        .isEqualTo("/metrics/job/directory_cleaner/path@base64/L3Zhci90bXA");
    assertThat(GroupPath.of("titan", Map.of("name", "Προμηθεύς")))
        .isEqualTo("/metrics/job/titan/name@base64/zqDPgc6_zrzOt864zrXPjc-C");
  }

  @Test
  void an_empty_value_needs_one_padding_character() {
    assertThat(GroupPath.of("example", Map.of("first_label", "")))
        .isEqualTo("/metrics/job/example/first_label@base64/=");
  }

  @Test
  void dots_alone_would_walk_the_path_and_are_encoded() {
    assertThat(GroupPath.of("..", Map.of())).isEqualTo("/metrics/job@base64/Li4");
  }
}
