package io.onex.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.bytes.Id128;
import io.onex.bytes.Slice;
import io.onex.bytes.UuidSpelling;
import io.onex.storage.PowerCutStorage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A UUID is one event id, however a sender or what stands between spells it.
class SpelledIdsTest {
  private static final String ID = "2f1c9b52-0b3a-4d0e-8f6a-7a1f5d3c9e10";

  private final SentEvents events = new SentEvents();

  private static String event(String id, int content) {
    return """
    {"event_id":"%s","node_id":"n","event_type":"NODE_START","metadata":{"input_state":%d}}\
    """
        .formatted(id, content);
  }

  private static List<String> spellings(String plain) {
    List<String> spellings = new ArrayList<>();
    for (String digits : List.of(plain, plain.replace("-", ""))) {
      for (String urn : List.of("", "urn:uuid:")) {
        for (String form : List.of("%s", "{%s}")) {
          spellings.add(urn + form.formatted(digits));
          spellings.add((urn + form.formatted(digits)).toUpperCase(Locale.ROOT));
        }
      }
    }
    return spellings;
  }

  @Test
  void an_event_in_any_spelling_of_its_id_is_a_repeat_of_it_in_any_other() throws Exception {
    for (String first : spellings(ID)) {
      PowerCutStorage disk = new PowerCutStorage();
      try (SegmentedLog log = LogFixture.open(disk)) {
        assertThat(events.append(log, event(first, 1)).appended()).isEqualTo(1);
        for (String other : spellings(ID)) {
          assertThat(events.append(log, event(other, 1)).duplicates())
              .as("%s behind %s", other, first)
              .hasSize(1);
          assertThat(log.find(Slice.utf8(other))).contains(new Position(0, 0));
        }
      }
      try (SegmentedLog log = LogFixture.open(disk)) {
        assertThat(events.append(log, event(ID, 1)).duplicates()).as("after a stop").hasSize(1);
      }
    }
  }

  @Test
  void other_content_under_another_spelling_is_kept_once() throws Exception {
    try (SegmentedLog log = LogFixture.open(new PowerCutStorage())) {
      events.append(log, event(ID, 1));
      assertThat(events.append(log, event(ID, 2)).conflicting()).isEqualTo(1);
      for (String other : spellings(ID)) {
        if (other.length() != ID.length()) {
          assertThat(events.append(log, event(other, 2)).duplicates()).as(other).hasSize(1);
        }
        assertThat(log.findConflicting(Slice.utf8(other), 10)).as(other).hasSize(1);
      }
    }
  }

  @Test
  void every_spelling_has_the_bits_and_nothing_else_has() {
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      Id128 bits = new Id128(random.nextLong(), random.nextLong());
      String plain = bits.plainUuidUtf8().utf8();
      for (String spelled : spellings(plain)) {
        assertThat(key(spelled)).as(spelled).isEqualTo(new EventKey(bits.high(), bits.low()));
        // One byte that is not as it should be, and it is a text like any other.
        byte[] broken = spelled.getBytes(StandardCharsets.UTF_8);
        broken[random.nextInt(broken.length)] = '/';
        Slice other = Slice.of(broken);
        assertThat(UuidSpelling.read(broken, 0, broken.length, new long[2], 0)).isFalse();
        assertThat(EventKey.of(other)).isEqualTo(EventKey.early(other));
      }
    }
    for (String other :
        List.of("{" + ID, ID + "}", "{{" + ID + "}}", "(" + ID + ")", "urn:" + ID)) {
      assertThat(key(other)).as(other).isEqualTo(EventKey.early(Slice.utf8(other)));
    }
  }

  @Test
  void what_stood_under_the_key_of_before_is_still_found() {
    for (String spelled : spellings(ID)) {
      EventKey early = EventKey.early(Slice.utf8(spelled));
      assertThat(early.equals(key(spelled))).as(spelled).isEqualTo(spelled.length() == 36);
    }
    // As the files of ids of the first build held it.
    assertThat(EventKey.early(Slice.utf8(ID.replace("-", ""))))
        .isEqualTo(new EventKey(4_780_849_164_490_085_084L, 2_156_993_573_689_165_088L));
  }

  private static EventKey key(String id) {
    return EventKey.of(Slice.utf8(id));
  }
}
