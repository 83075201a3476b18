package io.onex.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.segment.BlockCodec;
import io.onex.segment.Compression;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SubmissionQueueTest {
  private final BlockCodec codec = new BlockCodec(Compression.STANDARD);
  private final AtomicInteger ids = new AtomicInteger();

  @AfterEach
  void close() {
    codec.close();
  }

  private static final CommitPace FIVE = new CommitPace(5);

  private final SubmissionQueue queue =
      new SubmissionQueue(64 << 20, Duration.ofDays(1), new SetClock());
  private final CompletableFuture<List<Submission>> taken = new CompletableFuture<>();

  private void put(int batches, int bodyBytes) throws InterruptedException {
    for (int i = 0; i < batches; i++) {
      RecordWriter writer = LogFixture.batch();
      LogFixture.add(writer, "id-" + ids.incrementAndGet(), "x".repeat(bodyBytes));
      assertThat(queue.put(submission(writer))).isTrue();
    }
  }

  private Submission submission(RecordWriter batch) {
    return new Submission(PreparedBatch.of(batch, codec, 384 << 10, new IdSeeds(1, 2, 3, 4)));
  }

  /// Begins to take, and returns when the taker waits.
  private void take(CommitPace pace) {
    Thread taker = Thread.ofPlatform().daemon().start(() -> taken.complete(queue.take(pace)));
    while (taker.getState() != Thread.State.TIMED_WAITING
        && taker.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }

  @Test
  void a_lone_batch_is_taken_at_once() throws InterruptedException {
    put(1, 10);

    assertThat(queue.take(CommitPace.START)).hasSize(1);
  }

  @Test
  void a_taker_waits_for_as_many_as_came_before() throws Exception {
    put(3, 10);
    take(FIVE);
    put(1, 10);
    assertThat(taken.isDone()).isFalse();
    put(1, 10);

    assertThat(taken.get()).hasSize(5);
  }

  @Test
  void a_taker_waits_no_longer_than_the_time_to_gather() throws InterruptedException {
    SubmissionQueue hasty = new SubmissionQueue(64 << 20, Duration.ofMillis(1), new SetClock());
    RecordWriter writer = LogFixture.add(LogFixture.batch(), "lone", "body");
    assertThat(hasty.put(submission(writer))).isTrue();

    assertThat(hasty.take(FIVE)).hasSize(1);
  }

  @Test
  void much_together_is_taken_without_waiting_for_more() throws Exception {
    put(1, 10);
    take(FIVE);
    put(1, 400 << 10);

    assertThat(taken.get()).hasSize(2);
  }

  @Test
  void closing_ends_the_wait_and_what_is_inside_is_still_taken() throws Exception {
    put(2, 10);
    take(FIVE);
    queue.close();

    assertThat(taken.get()).hasSize(2);
    assertThat(queue.take(FIVE)).isEmpty();
  }

  @Test
  void the_oldest_batch_under_way_is_known_until_the_committer_comes_back() throws Exception {
    assertThat(queue.oldestMicros()).isEqualTo(Long.MAX_VALUE);
    putIngestedAt(100);
    putIngestedAt(200);
    assertThat(queue.oldestMicros()).isEqualTo(100);

    assertThat(queue.take(CommitPace.START)).hasSize(2);
    assertThat(queue.oldestMicros()).as("taken and not answered").isEqualTo(100);
    putIngestedAt(300);
    assertThat(queue.oldestMicros()).isEqualTo(100);

    assertThat(queue.take(CommitPace.START)).hasSize(1);
    assertThat(queue.oldestMicros()).isEqualTo(300);
    queue.close();
    assertThat(queue.take(CommitPace.START)).isEmpty();
    assertThat(queue.oldestMicros()).isEqualTo(Long.MAX_VALUE);
  }

  private void putIngestedAt(long micros) throws InterruptedException {
    RecordWriter batch =
        LogFixture.add(LogFixture.batch(), "id-" + ids.incrementAndGet(), "{}", micros);
    assertThat(queue.put(submission(batch))).isTrue();
  }
}
