package io.onex.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SliceTest {
  @Test
  void slices_of_different_arrays_are_equal_when_their_bytes_are() {
    Slice whole = Slice.utf8("xnode-1y");

    assertThat(whole.part(1, 6))
        .isEqualTo(Slice.utf8("node-1"))
        .hasSameHashCodeAs(Slice.utf8("node-1"));
    assertThat(whole.part(1, 6)).isNotEqualTo(whole.part(1, 5));
  }

  @Test
  void a_part_never_reaches_beyond_its_slice() {
    Slice part = Slice.utf8("abcdef").part(2, 2);

    assertThatThrownBy(() -> part.part(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
