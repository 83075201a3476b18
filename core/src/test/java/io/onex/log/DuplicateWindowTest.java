package io.onex.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.bytes.Slice;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DuplicateWindowTest {
  @Test
  void it_answers_like_a_map_and_a_queue_however_it_grows_forgets_and_takes_back() {
    long seed = Long.getLong("onex.seed", 42);
    System.out.println("window of ids: seed " + seed);
    Random random = new Random(seed);
    int capacity = 30_000;
    DuplicateWindow window = new DuplicateWindow(capacity, 0, new IdSeeds(seed, ~seed, 3, 4));
    Map<Long, Integer> expected = new HashMap<>();
    ArrayDeque<Long> order = new ArrayDeque<>();
    for (int group = 0; group < 400; group++) {
      int added = random.nextInt(500);
      for (int i = 0; i < added; i++) {
        // All high halves are equal, so that only half of the key tells them apart.
        long key = random.nextInt(200_000);
        if (window.find(7, key, 0) < 0) {
          assertThat(expected).doesNotContainKey(key);
          window.add(7, key, ((int) key + group) * 2, group);
          expected.put(key, ((int) key + group) * 2);
          order.addLast(key);
        } else {
          assertThat(window.digestAt(window.find(7, key, 0))).isEqualTo(expected.get(key));
        }
      }
      if (random.nextInt(4) == 0) {
        int back = Math.min(random.nextInt(50), order.size());
        window.rollBack(back);
        for (int i = 0; i < back; i++) {
          expected.remove(order.removeLast());
        }
      }
      window.settle();
      while (order.size() > capacity) {
        expected.remove(order.removeFirst());
      }
      assertThat(window.size()).isEqualTo(order.size());
    }
    for (long key = 0; key < 200_000; key++) {
      assertThat(window.find(7, key, 0) >= 0).isEqualTo(expected.containsKey(key));
    }
    assertThat(order).hasSize(capacity);
    assertThat(window.oldestMicros()).isBetween(1L, 400L);
  }

  @Test
  void a_uuid_is_its_bits_in_either_case_and_nothing_else_is() {
    UUID uuid = UUID.fromString("0190b3a2-7c1e-7abc-8def-00000000abcd");
    EventKey bits = new EventKey(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());

    assertThat(EventKey.of(Slice.utf8("0190b3a2-7c1e-7abc-8def-00000000abcd"))).isEqualTo(bits);
    assertThat(EventKey.of(Slice.utf8("0190B3A2-7C1E-7ABC-8DEF-00000000ABCD"))).isEqualTo(bits);
    assertThat(EventKey.of(Slice.utf8("0190b3a2-7c1e-7abc-8def-00000000abcg"))).isNotEqualTo(bits);
    assertThat(EventKey.of(Slice.utf8("0190b3a27c1e-7abc-8def-00000000abcd-"))).isNotEqualTo(bits);
  }

  @Test
  void texts_that_differ_in_one_byte_or_in_length_have_different_keys() {
    Map<EventKey, String> keys = new HashMap<>();
    for (int i = 0; i < 50_000; i++) {
      for (String text :
          new String[] {"event-" + i, "event-" + i + "\0", "long-prefix-event-" + i}) {
        assertThat(keys.put(EventKey.of(Slice.utf8(text)), text)).isNull();
      }
    }
  }
}
