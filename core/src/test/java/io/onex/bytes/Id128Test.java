package io.onex.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class Id128Test {
  @Test
  void a_uuid_is_its_own_bits_in_either_case() {
    UUID uuid = UUID.fromString("74174996-e229-4d60-ba6a-bbbc21a4b520");
    Id128 bits = new Id128(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());

    assertThat(Id128.of(Slice.utf8("74174996-e229-4d60-ba6a-bbbc21a4b520"))).isEqualTo(bits);
    assertThat(Id128.of(Slice.utf8("74174996-E229-4D60-BA6A-BBBC21A4B520"))).isEqualTo(bits);
    assertThat(Id128.of(Slice.utf8("74174996e2294d60ba6abbbc21a4b520"))).isEqualTo(bits);
    assertThat(bits.hex()).isEqualTo("74174996e2294d60ba6abbbc21a4b520");
  }

  @Test
  void any_other_text_is_hashed_as_the_published_vectors_say() {
    // Vectors of MurmurHash3 x64 128, seed 0, as printed by other implementations of it.
    assertThat(Id128.of(Slice.utf8("")).hex()).isEqualTo("00000000000000000000000000000000");
    assertThat(Id128.of(Slice.utf8("hello")).hex()).isEqualTo("cbd8a7b341bd9b025b1e906a48ae1d19");
    assertThat(Id128.of(Slice.utf8("The quick brown fox jumps over the lazy dog")).hex())
        .isEqualTo("e34bbc7bbc071b6c7a433ca9c49a9347");
  }

  @Test
  void every_spelling_of_an_id_has_its_bits() {
    String plain = "74174996-e229-4d60-ba6a-bbbc21a4b520";
    Id128 bits = Id128.of(Slice.utf8(plain));
    for (String spelled :
        List.of(
            plain,
            plain.replace("-", ""),
            "{" + plain + "}",
            "urn:uuid:" + plain,
            "urn:uuid:{" + plain + "}",
            "{" + plain.replace("-", "") + "}")) {
      assertThat(Id128.read(Slice.utf8(spelled))).as(spelled).isEqualTo(bits);
      assertThat(Id128.read(Slice.utf8(spelled.toUpperCase(Locale.ROOT)))).isEqualTo(bits);
    }
    for (String other :
        List.of(
            plain + "0",
            "{" + plain,
            plain + "}",
            "(" + plain + ")",
            "urn:uuid:",
            "urn:guid:" + plain,
            "{}",
            "urn:uuid:" + plain.substring(1),
            "74174996-e2294d60-ba6a-bbbc21a4b520")) {
      assertThat(Id128.read(Slice.utf8(other))).as(other).isNull();
      assertThat(Id128.of(Slice.utf8(other))).isEqualTo(Id128.hash(Slice.utf8(other)));
    }
  }

  @Test
  void a_short_trace_id_is_filled_with_zeros_on_the_left() {
    String digits = "463AC35c9f6413ad48485a3953bb6124";
    for (int length = 1; length <= 32; length++) {
      Slice text = Slice.utf8(digits.substring(0, length));
      String filled = "0".repeat(32 - length) + text.utf8().toLowerCase(Locale.ROOT);

      assertThat(Id128.ofTrace(text).hex()).isEqualTo(filled);
      assertThat(Id128.of(text).hex()).isEqualTo(length < 16 ? Id128.hash(text).hex() : filled);
    }
    assertThat(Id128.of(Slice.utf8("463ac35c9f6413ag")))
        .isEqualTo(Id128.hash(Slice.utf8("463ac35c9f6413ag")));
    assertThat(Id128.ofTrace(Slice.utf8("run-1"))).isEqualTo(Id128.hash(Slice.utf8("run-1")));
  }

  @Test
  void nearly_a_uuid_is_hashed_like_any_text() {
    Slice odd = Slice.utf8("74174996-e229-4d60-ba6a-bbbc21a4b52g");

    assertThat(Id128.isUuid(odd)).isFalse();
    assertThat(Id128.of(odd)).isEqualTo(Id128.hash(odd));
  }

  @Test
  void one_wrong_byte_anywhere_makes_a_uuid_any_text() {
    byte[] good = "74174996-E229-4d60-ba6a-BBBC21a4b520".getBytes(StandardCharsets.US_ASCII);
    for (int at = 0; at < good.length; at++) {
      for (int c = Byte.MIN_VALUE; c <= Byte.MAX_VALUE; c++) {
        byte[] text = good.clone();
        text[at] = (byte) c;
        boolean right = good[at] == '-' ? c == '-' : Character.digit(c < 0 ? '?' : c, 16) >= 0;
        Slice slice = Slice.of(text);

        assertThat(Id128.isUuid(slice)).as("byte %d is %d", at, c).isEqualTo(right);
        if (right) {
          UUID uuid = UUID.fromString(slice.utf8());
          assertThat(Id128.of(slice))
              .isEqualTo(new Id128(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits()));
        } else {
          assertThat(Id128.of(slice)).isEqualTo(Id128.hash(slice));
        }
      }
    }
  }

  @Test
  void where_the_text_stands_in_its_array_changes_nothing() {
    Slice inside = Slice.utf8("xxdemo-session-42yy").part(2, 15);

    assertThat(Id128.of(inside)).isEqualTo(Id128.of(Slice.utf8("demo-session-42")));
  }

  @Test
  void as_text_it_is_a_uuid_of_version_8() {
    UUID read = UUID.fromString(Id128.hash(Slice.utf8("demo-session-42")).uuidText());

    assertThat(read.version()).isEqualTo(8);
    assertThat(read.variant()).isEqualTo(2);
  }
}
