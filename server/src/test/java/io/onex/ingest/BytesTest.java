package io.onex.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.ingest.Bytes.ReadOutcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BytesTest {
  private final ByteBudget budget = new ByteBudget(1 << 20);
  private final ByteBudget.Lease lease = budget.lease();
  private final SplittableRandom random = new SplittableRandom(11);

  private byte[] content(int length) {
    byte[] content = new byte[length];
    random.nextBytes(content);
    return content;
  }

  /// Gives a few bytes at a time, as a socket does.
  private static InputStream slowly(byte[] content) {
    return new ByteArrayInputStream(content) {
      @Override
      public synchronized int read(byte[] target, int offset, int length) {
        return super.read(target, offset, Math.min(length, 1 + pos % 700));
      }
    };
  }

  @Test
  void what_is_read_is_what_there_was_whatever_the_size() throws IOException {
    for (int initial : new int[] {0, 1, 8192}) {
      for (int length : new int[] {0, 1, 493, 8191, 8192, 8193, 70_000, 300_000}) {
        Bytes bytes = new Bytes(initial);
        byte[] content = content(length);

        assertThat(bytes.readAll(slowly(content), 300_000, lease)).isEqualTo(ReadOutcome.READ);
        assertThat(
                Arrays.equals(bytes.slice().array(), 0, bytes.slice().length(), content, 0, length))
            .isTrue();
      }
    }
  }

  @Test
  void a_small_body_takes_no_more_memory_than_it_needs() throws IOException {
    Bytes bytes = new Bytes(8192);
    bytes.readAll(slowly(content(493)), 16 << 20, lease);

    assertThat(bytes.capacity()).isEqualTo(8192);
    assertThat(lease.held()).isLessThanOrEqualTo(64 * 1024);
  }

  @Test
  void one_byte_over_the_limit_is_too_large() throws IOException {
    assertThat(new Bytes(64).readAll(slowly(content(10_000)), 10_000, lease))
        .isEqualTo(ReadOutcome.READ);
    assertThat(new Bytes(64).readAll(slowly(content(10_001)), 10_000, lease))
        .isEqualTo(ReadOutcome.TOO_LARGE);
  }

  @Test
  void what_the_budget_cannot_cover_is_not_read() throws IOException {
    assertThat(new Bytes(8192).readAll(slowly(content(2 << 20)), 16 << 20, lease))
        .isEqualTo(ReadOutcome.NO_ROOM);
    assertThat(budget.used()).isLessThanOrEqualTo(1 << 20);
  }
}
