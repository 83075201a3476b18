package io.onex.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.onex.bytes.Slice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class UnpackingTest {
  private static final byte[] PLAIN =
      "{\"node_id\":\"a\",\"event_type\":\"NODE_START\"}\n"
          .repeat(500)
          .getBytes(StandardCharsets.UTF_8);

  private final ByteBudget.Lease lease = new ByteBudget(64 << 20).lease();

  @Test
  void unpacking_ends_when_the_budget_does() throws IOException {
    ByteBudget budget = new ByteBudget(512 * 1024);
    byte[] bomb = gzip(new byte[8 << 20]);
    try (ByteBudget.Lease small = budget.lease()) {
      assertThat(
              Unpacking.unpack(ContentCoding.GZIP, Slice.of(bomb), new Bytes(16), 16 << 20, small))
          .isEqualTo(Unpacking.Outcome.NO_ROOM);
    }
    assertThat(budget.used()).isZero();
  }

  @Test
  void every_coding_gives_back_what_was_packed() throws IOException {
    assertThat(unpacked(ContentCoding.IDENTITY, PLAIN)).isEqualTo(PLAIN);
    assertThat(unpacked(ContentCoding.GZIP, gzip(PLAIN))).isEqualTo(PLAIN);
    assertThat(unpacked(ContentCoding.DEFLATE, deflate(PLAIN, false))).isEqualTo(PLAIN);
    assertThat(unpacked(ContentCoding.ZSTD, Zstd.compress(PLAIN, 3))).isEqualTo(PLAIN);
  }

  @Test
  void raw_deflate_is_understood_beside_zlib() throws IOException {
    assertThat(unpacked(ContentCoding.DEFLATE, deflate(PLAIN, true))).isEqualTo(PLAIN);
  }

  @Test
  void a_bomb_is_stopped_at_the_limit_and_never_held() throws IOException {
    byte[] zeros = new byte[64 << 20];
    for (ContentCoding coding :
        new ContentCoding[] {ContentCoding.GZIP, ContentCoding.DEFLATE, ContentCoding.ZSTD}) {
      byte[] bomb =
          switch (coding) {
            case GZIP -> gzip(zeros);
            case DEFLATE -> deflate(zeros, false);
            case ZSTD, IDENTITY -> Zstd.compress(zeros, 3);
          };
      Bytes target = new Bytes(1024);
      assertThat(Unpacking.unpack(coding, Slice.of(bomb), target, 1 << 20, lease))
          .isEqualTo(Unpacking.Outcome.TOO_LARGE);
      assertThat(target.capacity()).isLessThanOrEqualTo((1 << 20) + 1);
    }
  }

  @Test
  void a_body_that_is_cut_short_or_not_packed_at_all_is_broken() throws IOException {
    for (ContentCoding coding :
        new ContentCoding[] {ContentCoding.GZIP, ContentCoding.DEFLATE, ContentCoding.ZSTD}) {
      assertThat(outcome(coding, PLAIN)).isEqualTo(Unpacking.Outcome.BROKEN);
    }
    byte[] whole = gzip(PLAIN);
    assertThat(outcome(ContentCoding.GZIP, Arrays.copyOf(whole, whole.length / 2)))
        .isEqualTo(Unpacking.Outcome.BROKEN);
    byte[] zstd = Zstd.compress(PLAIN, 3);
    assertThat(outcome(ContentCoding.ZSTD, Arrays.copyOf(zstd, zstd.length / 2)))
        .isEqualTo(Unpacking.Outcome.BROKEN);
  }

  @Test
  void a_body_of_exactly_the_limit_is_taken() {
    Bytes target = new Bytes(16);
    assertThat(
            Unpacking.unpack(ContentCoding.IDENTITY, Slice.of(PLAIN), target, PLAIN.length, lease))
        .isEqualTo(Unpacking.Outcome.UNPACKED);
    assertThat(
            Unpacking.unpack(
                ContentCoding.IDENTITY, Slice.of(PLAIN), target, PLAIN.length - 1, lease))
        .isEqualTo(Unpacking.Outcome.TOO_LARGE);
  }

  private Unpacking.Outcome outcome(ContentCoding coding, byte[] packed) {
    return Unpacking.unpack(coding, Slice.of(packed), new Bytes(16), 1 << 20, lease);
  }

  private byte[] unpacked(ContentCoding coding, byte[] packed) {
    Bytes target = new Bytes(16);
    assertThat(Unpacking.unpack(coding, Slice.of(packed), target, 1 << 20, lease))
        .isEqualTo(Unpacking.Outcome.UNPACKED);
    return target.slice().toByteArray();
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    }
    return out.toByteArray();
  }

  private static byte[] deflate(byte[] plain, boolean raw) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream deflate = new DeflaterOutputStream(out, new Deflater(6, raw))) {
      deflate.write(plain);
    }
    return out.toByteArray();
  }
}
