package io.onex.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.time.Clock;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventIdMintTest {
  private long micros = 1_800_000_000_000_000L;
  private final EventIdMint mint =
      new EventIdMint(
          new Clock() {
            @Override
            public long wallMicros() {
              return micros;
            }

            @Override
            public long monotonicNanos() {
              return 0;
            }
          },
          new SplittableRandom(7));

  @Test
  void an_id_is_a_uuid_of_version_7_that_carries_the_time() {
    UUID id = UUID.fromString(mint.next().utf8());
    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(micros / 1000);
  }

  @Test
  void later_ids_sort_after_earlier_ones_down_to_the_microsecond() {
    String before = "";
    for (int i = 0; i < 5_000; i++, micros++) {
      String id = mint.next().utf8();
      assertThat(id).isGreaterThan(before);
      before = id;
    }
  }

  @Test
  void ids_of_the_same_instant_differ() {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      ids.add(mint.next().utf8());
    }
    assertThat(ids).hasSize(10_000);
  }
}
