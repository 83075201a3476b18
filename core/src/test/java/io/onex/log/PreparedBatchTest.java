package io.onex.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onex.storage.PowerCutStorage;
import org.junit.jupiter.api.Test;

class PreparedBatchTest {
  @Test
  void the_batch_may_be_used_again_between_preparing_and_appending() throws Exception {
    try (SegmentedLog log = LogFixture.open(new PowerCutStorage())) {
      RecordWriter writer = LogFixture.add(LogFixture.batch(), "first", "1");
      PreparedBatch first = log.prepare(writer);
      writer.clear();
      PreparedBatch second = log.prepare(LogFixture.add(writer, "second", "2"));

      assertThat(log.append(second).appended()).isEqualTo(1);
      assertThat(log.append(first).appended()).isEqualTo(1);

      assertThat(LogFixture.readAll(log))
          .containsExactly(
              new LogFixture.Seen(0, "second", "2"), new LogFixture.Seen(1, "first", "1"));
    }
  }

  @Test
  void a_batch_is_appended_once() throws Exception {
    try (SegmentedLog log = LogFixture.open(new PowerCutStorage())) {
      PreparedBatch batch = log.prepare(LogFixture.add(LogFixture.batch(), "id", "body"));
      log.append(batch);

      assertThatThrownBy(() -> log.append(batch)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void a_batch_without_records_changes_nothing() throws Exception {
    try (SegmentedLog log = LogFixture.open(new PowerCutStorage())) {
      assertThat(log.append(LogFixture.batch()).appended()).isZero();
      assertThat(log.durableEnd()).isEqualTo(Position.START);
    }
  }

  @Test
  void only_what_is_not_compressed_by_itself_is_small() {
    RecordWriter writer = LogFixture.add(LogFixture.batch(), "id", "x".repeat(60_000));
    assertThat(PreparedBatch.isSmall(writer)).isTrue();

    LogFixture.add(writer, "another", "x".repeat(6_000));
    assertThat(PreparedBatch.isSmall(writer)).isFalse();
  }
}
