package io.onex.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HexDigitsTest {
  @Test
  void bits_are_written_and_read_as_the_jdk_does_it() {
    Random random = seeded();
    byte[] text = new byte[10];
    for (int i = 0; i < 100_000; i++) {
      int bits = random.nextInt() >>> random.nextInt(32);
      HexDigits.put(bits, text, 1);

      assertThat(new String(text, 1, 8, StandardCharsets.US_ASCII))
          .isEqualTo(HexFormat.of().toHexDigits(bits));
      assertThat(HexDigits.value(HexDigits.eight(text, 1))).isEqualTo(bits);
    }
  }

  @Test
  void every_byte_at_every_place_is_judged_as_the_jdk_judges_it() {
    for (int at = 0; at < 8; at++) {
      for (int b = 0; b < 256; b++) {
        byte[] text = "0a9F5bc7".getBytes(StandardCharsets.US_ASCII);
        text[at] = (byte) b;
        boolean hex = b < 128 && HexFormat.isHexDigit(b);

        assertThat(HexDigits.areHex(HexDigits.eight(text, 0)))
            .as("byte %d at %d", b, at)
            .isEqualTo(hex);
        text[3] = at == 3 ? text[3] : (byte) 'f';
        assertThat(HexDigits.areLowerHex(HexDigits.eight(text, 0)))
            .as("byte %d at %d", b, at)
            .isEqualTo(hex && !(b >= 'A' && b <= 'F'));
      }
    }
  }

  @Test
  void a_uuid_goes_through_text_and_back() {
    Random random = seeded();
    for (int i = 0; i < 10_000; i++) {
      UUID uuid = new UUID(random.nextLong(), random.nextLong());
      Id128 bits = new Id128(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());

      assertThat(bits.plainUuidUtf8().utf8()).isEqualTo(uuid.toString());
      assertThat(bits.hex()).isEqualTo(uuid.toString().replace("-", ""));
      assertThat(Id128.of(bits.plainUuidUtf8())).isEqualTo(bits);
      assertThat(Id128.of(Slice.utf8(uuid.toString().toUpperCase(Locale.ROOT)))).isEqualTo(bits);
      assertThat(Id128.of(bits.hexUtf8())).isEqualTo(bits);
    }
  }

  @Test
  void a_uuid_with_capitals_is_one_but_not_as_it_would_be_written() {
    assertThat(Id128.isPlainUuid(Slice.utf8("74174996-e229-4d60-ba6a-bbbc21a4b520"))).isTrue();
    assertThat(Id128.isPlainUuid(Slice.utf8("74174996-E229-4d60-ba6a-bbbc21a4b520"))).isFalse();
    assertThat(Id128.isPlainUuid(Slice.utf8("74174996-e229-4d60-ba6a_bbbc21a4b520"))).isFalse();
    assertThat(Id128.isPlainUuid(Slice.utf8("74174996"))).isFalse();
  }

  private static Random seeded() {
    long seed = System.nanoTime();
    System.out.println("hex digits: seed " + seed);
    return new Random(seed);
  }
}
