package io.onex.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.onex.enrichment.RedactionPolicy;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Ids that hold a secret are masked, and stay as different and as equal as they were.
class MaskedIdsTest {
  private static final long NOW = 1_795_000_000_000_000L;
  private static final ObjectMapper JSON = new ObjectMapper();

  private enum Id {
    EVENT,
    NODE,
    CORRELATION
  }

  /// Where a record gets an id from.
  enum Place {
    EVENT_ID("{'event_type':'X','node_id':'n','event_id':%s}", Id.EVENT),
    NODE_ID("{'event_type':'X','event_id':'e','node_id':%s}", Id.NODE),
    OTHER_NODE_ID("{'event_type':'X','service':%s,'metadata':{}}", Id.NODE),
    CORRELATION_ID("{'event_type':'X','node_id':'n','correlation_id':%s}", Id.CORRELATION),
    ENVELOPE("{'envelope_id':%s,'payload':{'a':1}}", Id.EVENT),
    CLOUD_EVENT_ID("{'specversion':'1.0','type':'X','source':'s','id':%s}", Id.EVENT),
    CLOUD_EVENT_SOURCE("{'specversion':'1.0','type':'X','id':'7','source':%s}", Id.EVENT),
    CLOUD_EVENT_NODE("{'specversion':'1.0','type':'X','id':'7','source':%s}", Id.NODE),
    MESSAGE_ID("{'topic':'t','headers':{'message_id':%s},'value':{'service':'s'}}", Id.EVENT);

    private final String line;
    private final Id id;

    Place(String line, Id id) {
      this.line = line.replace('\'', '"');
      this.id = id;
    }

    String idOf(DecodedEvent event) {
      return switch (id) {
        case EVENT -> event.eventId().utf8();
        case NODE -> inBody(event, event.nodeIdOffset(), event.nodeIdLength());
        case CORRELATION -> inBody(event, event.correlationIdOffset(), event.correlationIdLength());
      };
    }

    private static String inBody(DecodedEvent event, int offset, int length) {
      String text =
          new String(
              event.bodyArray(), event.bodyOffset() + offset, length, StandardCharsets.UTF_8);
      try {
        return JSON.readValue("\"" + text + "\"", String.class);
      } catch (java.io.IOException e) {
        throw new AssertionError("not within its quotes: " + text, e);
      }
    }
  }

  /// Pairs of ids that differ in their secrets only.
  private static final List<String> IDS =
      List.of(
          "\"ghp_abcdefghij0123456789abcdefghij012345\"",
          "\"ghp_zzcdefghij0123456789abcdefghij012345\"",
          "\"postgres://scott:tiger7Kq@db/orders\"",
          "\"postgres://scott:lion77KqX@db/orders\"",
          "\"run 7, password=hunter2Xy\"",
          "\"run 7, password=hunter3Xy\"",
          "\"caf\\u00e9 \\\"a\\\" token=9fK2mQ81xT\"",
          "\"caf\\u00e9 \\\"a\\\" token=9fK2mQ82xT\"");

  @ParameterizedTest
  @EnumSource
  void what_differs_in_its_secret_only_stays_different_and_what_is_equal_equal(Place place)
      throws Exception {
    Set<String> ids = new HashSet<>();
    for (String id : IDS) {
      String masked = masked(place, id, decoder(RedactionPolicy.DEFAULT, 1));

      assertThat(masked).contains("***").doesNotContain("ghp_", "tiger", "lion", "hunter", "9fK2");
      assertThat(ids.add(masked)).as("%s is of another id, too", masked).isTrue();
      assertThat(masked(place, id, decoder(RedactionPolicy.DEFAULT, 1))).isEqualTo(masked);
      assertThat(masked(place, escaped(id), decoder(RedactionPolicy.DEFAULT, 1)))
          .as("in another spelling")
          .isEqualTo(masked);
      assertThat(tag(masked(place, id, decoder(RedactionPolicy.DEFAULT, 2))))
          .as("nobody without the key can compute it")
          .isNotEqualTo(tag(masked));
    }
  }

  @Test
  void a_number_that_is_masked_becomes_a_text_of_its_own() throws Exception {
    SensitiveKeys secret = key -> key.equals("event_id") || key.equals("correlation_id");
    for (Place place : List.of(Place.EVENT_ID, Place.CORRELATION_ID)) {
      String one = masked(place, "815", decoder(secret, 1));

      assertThat(one).startsWith("***-").doesNotContain("815", "\"");
      assertThat(masked(place, "816", decoder(secret, 1))).startsWith("***-").isNotEqualTo(one);
    }
  }

  @Test
  void a_type_is_masked_and_a_known_one_is_no_secret() {
    SensitiveKeys secret = key -> key.equals("event_type");

    assertThat(type("NODE_START", decoder(secret, 1))).isEqualTo("NODE_START");
    assertThat(type("house.sold", decoder(secret, 1))).isEqualTo("***");
    assertThat(type("onex:AKIAIOSFODNN7EXAMPLE", decoder(RedactionPolicy.DEFAULT, 1)))
        .isEqualTo("onex:***");
  }

  @Test
  void a_namespace_that_is_no_name_is_passed_over() {
    for (String namespace : List.of("a b", "", "x".repeat(70_000), "caf\u00e9")) {
      String line =
          "{\"event_type\":{\"event_name\":\"sold\",\"namespace\":\"%s\"},\"node_id\":\"n\",\"metadata\":{}}"
              .formatted(namespace);
      assertThat(decoded(line, decoder(RedactionPolicy.DEFAULT, 1)).type().name())
          .isEqualTo("sold");
    }
  }

  private static String type(String name, EventDecoder decoder) {
    String line = "{\"event_type\":\"%s\",\"node_id\":\"n\",\"metadata\":{}}".formatted(name);
    return decoded(line, decoder).type().name();
  }

  private static EventDecoder decoder(SensitiveKeys sensitiveKeys, int key) {
    return new EventDecoder(
        EventLimits.DEFAULT, sensitiveKeys, 7, new MaskedIds(new byte[] {(byte) key}));
  }

  private static String masked(Place place, String id, EventDecoder decoder) throws Exception {
    DecodedEvent event = decoded(place.line.formatted(id), decoder);
    assertThat(JSON.readTree(event.body().utf8()).isObject()).isTrue();
    return place.idOf(event);
  }

  private static DecodedEvent decoded(String line, EventDecoder decoder) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    DecodeOutcome outcome = decoder.decode(bytes, 0, bytes.length, Carrier.NONE, NOW);
    assertThat(outcome).as(line).isInstanceOf(DecodeOutcome.Accepted.class);
    return ((DecodeOutcome.Accepted) outcome).event();
  }

  /// The same text with its first letter as an escape.
  private static String escaped(String text) {
    return "\"\\u%04x".formatted((int) text.charAt(1)) + text.substring(2);
  }

  private static String tag(String id) {
    int dash = id.indexOf("***-");
    String behind = dash < 0 ? id.substring(id.length() - 17) : id.substring(dash + 3, dash + 20);
    assertThat(behind).as(id).matches("-[0-9a-f]{16}");
    return behind;
  }
}
