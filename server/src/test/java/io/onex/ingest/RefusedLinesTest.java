package io.onex.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.bytes.Slice;
import io.onex.enrichment.RedactionPolicy;
import io.onex.event.EventDecoder;
import io.onex.event.EventLimits;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RefusedLinesTest {
  private static final String SECRET = "Zw9XsecretAAbb12";

  private final BodyDecoder decoder =
      new BodyDecoder(
          new EventDecoder(EventLimits.DEFAULT, RedactionPolicy.DEFAULT, 7),
          RedactionPolicy.DEFAULT);

  private final RefusedLines lines = new RefusedLines();

  static Stream<String> written() {
    return Stream.of(
        "{\"node_id\":\"a\",\"password\":\n\"@\"",
        "{\n  \"password\":\n\n      \"@\",\n    \"x\": 1,\n  }",
        "\"password\"\n:\n\"@\"",
        "\"args\": [\n  \"--password\",\n  \"@\"\n]",
        "{\n  \"name\": \"password\",\n  \"value\": \"@\"\n}",
        "{\n  \"key\": \"db_password\",\n  \"note\": \"of the base\",\n  \"value\": \"@\"\n}",
        "\"value\"\n:\n\"@\"\n,\n\"name\"\n:\n\"DB_PASSWORD\",",
        "{\"credentials\":{\n\"a\":\n\"@\"\n}}",
        "\"api_key\":\r\n\"@\"\r");
  }

  @ParameterizedTest
  @MethodSource("written")
  void what_is_written_over_several_lines_has_no_secret_in_any(String text) {
    List<String> sent = List.of(text.replace("@", SECRET).split("\n", -1));
    List<String> kept = redacted(sent);
    assertThat(kept).hasSameSizeAs(sent);
    assertThat(kept).noneMatch(line -> line.contains(SECRET));
  }

  @Test
  void lines_without_secrets_stay_as_they_are() {
    List<String> sent =
        List.of("{", "  \"event_type\": \"NODE_START\",", "  \"node_id\":", "  \"a\",", "}", "");
    assertThat(redacted(sent)).isEqualTo(sent);
  }

  @Test
  void an_element_may_have_lines_itself() {
    assertThat(
            redacted(List.of("[\n\"--password\",", "\"x\":\n1,", "\"token\":\n\"" + SECRET + "\"")))
        .last()
        .isEqualTo("\"token\":\n\"***\"");
  }

  @Test
  void only_what_stands_near_is_read_with_a_line() {
    List<String> sent = List.of("\"password\":", " ".repeat(600), "\"harmless words\"");
    assertThat(redacted(sent)).isEqualTo(sent);
  }

  @Test
  void many_lines_are_cleaned_in_time_that_grows_with_their_number() {
    List<String> sent = Collections.nCopies(1_000, "{\"password\": \"" + SECRET + "\", ");
    assertThat(redacted(sent)).containsOnly("{\"password\": \"***\", ");
  }

  private List<String> redacted(List<String> texts) {
    texts.forEach(text -> lines.add(Slice.utf8(text)));
    return lines.redacted(decoder).stream().map(Slice::utf8).toList();
  }
}
