package io.onex.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class OutOfMemoryTest {
  @Test
  void a_lack_of_memory_is_seen_however_deep_it_is_wrapped_and_nothing_else_is() {
    assertThat(OutOfMemory.isCause(new OutOfMemoryError("Java heap space"))).isTrue();
    assertThat(
            OutOfMemory.isCause(
                new IllegalStateException(new ExecutionException(new OutOfMemoryError()))))
        .isTrue();
    assertThat(OutOfMemory.isCause(new StackOverflowError())).isFalse();
    assertThat(OutOfMemory.isCause(new IllegalStateException("out of memory"))).isFalse();
    OutOfMemory.endIfSo(new IllegalStateException("nothing ends"));
  }

  @Test
  void causes_in_a_circle_are_followed_only_so_far() {
    IllegalStateException one = new IllegalStateException();
    one.initCause(new IllegalStateException(one));

    assertThat(OutOfMemory.isCause(one)).isFalse();
  }
}
