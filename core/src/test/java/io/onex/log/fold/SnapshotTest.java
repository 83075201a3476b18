package io.onex.log.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onex.bytes.Slice;
import org.junit.jupiter.api.Test;

class SnapshotTest {
  @Test
  void everything_written_is_read_back_in_order() {
    Slice bytes =
        new SnapshotWriter("TEST", 3)
            .unsigned(0)
            .unsigned(Long.MAX_VALUE)
            .signed(-1)
            .signed(Long.MIN_VALUE)
            .fixed(0x0123456789abcdefL)
            .real(-0.5)
            .bool(true)
            .text("Knoten ☕")
            .bytes(Slice.EMPTY)
            .toSlice();

    SnapshotReader in = new SnapshotReader(bytes, "TEST", 3);
    assertThat(in.version()).isEqualTo(3);
    assertThat(in.unsigned()).isZero();
    assertThat(in.unsigned()).isEqualTo(Long.MAX_VALUE);
    assertThat(in.signed()).isEqualTo(-1);
    assertThat(in.signed()).isEqualTo(Long.MIN_VALUE);
    assertThat(in.fixed()).isEqualTo(0x0123456789abcdefL);
    assertThat(in.real()).isEqualTo(-0.5);
    assertThat(in.bool()).isTrue();
    assertThat(in.text()).isEqualTo("Knoten ☕");
    assertThat(in.bytes().isEmpty()).isTrue();
    in.end();
  }

  @Test
  void a_snapshot_of_a_newer_version_or_another_format_is_refused() {
    Slice bytes = new SnapshotWriter("TEST", 2).toSlice();

    assertThatThrownBy(() -> new SnapshotReader(bytes, "TEST", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("version 2");
    assertThatThrownBy(() -> new SnapshotReader(bytes, "ELSE", 2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_snapshot_cut_anywhere_is_refused() {
    Slice bytes = new SnapshotWriter("TEST", 1).unsigned(300).text("node").fixed(7).toSlice();

    for (int length = 0; length < bytes.length(); length++) {
      Slice cut = bytes.part(0, length);
      assertThatThrownBy(
              () -> {
                SnapshotReader in = new SnapshotReader(cut, "TEST", 1);
                in.unsigned();
                in.text();
                in.fixed();
              })
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void bytes_left_over_are_refused() {
    SnapshotReader in =
        new SnapshotReader(new SnapshotWriter("TEST", 1).unsigned(1).toSlice(), "TEST", 1);

    assertThatThrownBy(in::end)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 bytes are left over");
  }
}
