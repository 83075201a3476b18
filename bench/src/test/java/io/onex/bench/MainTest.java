package io.onex.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class MainTest {
  @Test
  void wrong_words_are_told_as_by_every_command() {
    assertThat(told("foo")).isEqualTo("onex: there is no command foo; see `onex bench --help`\n");
    assertThat(told("crash", "--cycle", "3"))
        .isEqualTo("onex: there is no option --cycle; see `onex bench crash --help`\n");
  }

  private static String told(String... words) {
    StringWriter err = new StringWriter();
    assertThat(Main.run(new PrintWriter(err, true), words)).isEqualTo(1);
    return err.toString();
  }
}
