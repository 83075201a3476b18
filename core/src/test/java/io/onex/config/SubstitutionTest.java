package io.onex.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubstitutionTest {
  @TempDir Path folder;

  private String apply(String text) throws Substitution.Unresolvable {
    Map<String, String> variables =
        Map.of("HOST", "es", "PORT", "9200", "EMPTY", "", "ODD", "${HOST}");
    return new Substitution(name -> Optional.ofNullable(variables.get(name)), folder).apply(text);
  }

  @Test
  void references_are_filled_in_anywhere_within_a_text() throws Exception {
    assertThat(apply("http://${HOST}:${PORT}/x")).isEqualTo("http://es:9200/x");
    assertThat(apply("plain $HOST }")).isEqualTo("plain $HOST }");
  }

  @Test
  void a_default_is_used_for_an_unset_and_for_an_empty_variable() throws Exception {
    assertThat(apply("${NOPE:-a:-b}")).isEqualTo("a:-b");
    assertThat(apply("${EMPTY:-x}")).isEqualTo("x");
    assertThat(apply("${NOPE:-}")).isEmpty();
    assertThat(apply("${HOST:-x}")).isEqualTo("es");
  }

  @Test
  void a_doubled_dollar_escapes_a_reference() throws Exception {
    assertThat(apply("a $${HOST} ${HOST}")).isEqualTo("a ${HOST} es");
  }

  @Test
  void what_was_filled_in_is_not_looked_at_again() throws Exception {
    assertThat(apply("${ODD}")).isEqualTo("${HOST}");
  }

  @Test
  void a_file_is_read_from_the_folder_of_the_configuration_without_its_last_line_end()
      throws Exception {
    Files.writeString(folder.resolve("key"), "top secret\n");

    assertThat(apply("Bearer ${file:key}")).isEqualTo("Bearer top secret");
  }

  @Test
  void what_cannot_be_filled_in_is_named_but_never_shown() throws IOException {
    Files.write(folder.resolve("latin"), new byte[] {'s', (byte) 0xe9, (byte) 0xff});

    assertThatThrownBy(() -> apply("${NOPE}")).hasMessageContaining("NOPE is not set");
    assertThatThrownBy(() -> apply("${file:none}")).hasMessageContaining("none cannot be read");
    assertThatThrownBy(() -> apply("${file:latin}")).hasMessageContaining("not UTF-8");
    assertThatThrownBy(() -> apply("a ${HOST")).hasMessageContaining("never closed");
    assertThatThrownBy(() -> apply("${a b}")).hasMessageContaining("names no variable");
  }
}
