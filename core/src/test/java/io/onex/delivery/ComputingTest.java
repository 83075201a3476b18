package io.onex.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.onex.config.BatchConfig;
import io.onex.config.ByteSize;
import io.onex.log.PositionRange;
import io.onex.log.Record;
import io.onex.thread.Crew;
import java.lang.Thread.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which threads judge and encode records, and what that means for other destinations.
class ComputingTest {
  private static final int MANY = 1_000;
  private static final DeliverySettings LARGE =
      DeliverySettings.DEFAULT.with(
          new BatchConfig(MANY, ByteSize.ofMiB(1), Duration.ofMillis(20)));

  @TempDir private Path directory;

  @Test
  void many_records_are_judged_and_encoded_by_platform_threads_and_sent_by_virtual_ones()
      throws Exception {
    Noting noting = new Noting();
    try (RunningGateway gateway = new RunningGateway(directory)) {
      Queue<Thread> judging = new ConcurrentLinkedQueue<>();
      gateway.destination(
          "elk",
          noting,
          LARGE,
          record -> {
            judging.add(Thread.currentThread());
            return Verdict.DELIVER;
          });
      delivered(gateway, gateway.append(ids(MANY)));

      assertThat(noting.encoded).extracting(Encoded::records).contains(MANY);
      assertThat(noting.encoded)
          .filteredOn(each -> each.records() > Computing.FEW_RECORDS)
          .noneMatch(each -> each.by().isVirtual());
      assertThat(judging).hasSize(MANY).noneMatch(Thread::isVirtual);
      assertThat(noting.sent).isNotEmpty().allMatch(Thread::isVirtual);
    }
  }

  @Test
  void a_few_records_are_encoded_where_they_are_sent() throws Exception {
    Noting noting = new Noting();
    try (RunningGateway gateway = new RunningGateway(directory)) {
      gateway.destination("elk", noting, LARGE);
      delivered(gateway, gateway.append(ids(3)));

      assertThat(noting.encoded).isNotEmpty().allMatch(each -> noting.sent.contains(each.by()));
    }
  }

  @Test
  void few_records_with_much_in_them_are_not_little() throws Exception {
    Noting noting = new Noting();
    try (RunningGateway gateway = new RunningGateway(directory)) {
      gateway.destination("elk", noting, LARGE);
      delivered(gateway, gateway.append("x".repeat(200), "y".repeat(200)));
      assertThat(noting.encoded).isNotEmpty().allMatch(each -> each.by().isVirtual());
      noting.encoded.clear();

      delivered(gateway, gateway.appendBody("large", "x".repeat(Computing.FEW_BYTES + 1)));

      assertThat(noting.encoded).hasSize(1).noneMatch(each -> each.by().isVirtual());
    }
  }

  @Test
  void a_destination_leaves_half_of_the_threads_to_the_others() throws Exception {
    Semaphore never = new Semaphore(0);
    try (RunningGateway gateway = new RunningGateway(directory);
        Crew crew = new Crew("test-computer", 2)) {
      gateway.append(ids(MANY));
      List<Record> records = gateway.read(MANY);
      Computing greedy = new Computing(crew);
      List<Thread> asking =
          Stream.generate(() -> Thread.ofVirtual().start(() -> endlessly(greedy, records, never)))
              .limit(4)
              .toList();
      await().until(() -> asking.stream().allMatch(each -> each.getState() == State.WAITING));

      CompletableFuture<Integer> other = new CompletableFuture<>();
      Thread.ofVirtual()
          .start(() -> {
            try {
              other.complete(new Computing(crew).on(records, records::size));
            } catch (InterruptedException e) {
              other.completeExceptionally(e);
            }
          });

      assertThat(other).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(MANY);
      never.release(4);
      for (Thread each : asking) {
        each.join();
      }
    }
  }

  @Test
  void an_encoder_that_never_ends_holds_up_neither_other_destinations_nor_the_stop()
      throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Semaphore never = new Semaphore(0);
    ScriptedIntegration endless =
        new ScriptedIntegration(ids -> new DeliveryResult.Delivered()) {
          @Override
          public Encoding encode(List<Record> records, EncodeContext context) {
            begun.countDown();
            never.acquireUninterruptibly();
            return super.encode(records, context);
          }
        };
    try (RunningGateway gateway = new RunningGateway(directory)) {
      DestinationLoop stuck = gateway.destination("stuck", endless, LARGE);
      gateway.append(ids(MANY));
      begun.await();

      gateway.destination("elk", new Noting(), LARGE);
      delivered(gateway, gateway.append(ids("more-", MANY)));
      stuck.stop(Duration.ofMillis(100));

      assertThat(stuck.awaitEnd(Duration.ofSeconds(10))).isTrue();
      assertThat(gateway.balance("stuck").ledger().settled()).isZero();
      never.release(4);
    }
  }

  private static void endlessly(Computing computing, List<Record> records, Semaphore never) {
    try {
      computing.on(
          records,
          () -> {
            never.acquireUninterruptibly();
            return records;
          });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void delivered(RunningGateway gateway, PositionRange range) throws Exception {
    assertThat(gateway.watch.await(List.of(range), Set.of("elk"), Duration.ofSeconds(20)))
        .isEmpty();
  }

  private static String[] ids(int count) {
    return ids("id-", count);
  }

  private static String[] ids(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i).toArray(String[]::new);
  }

  private record Encoded(int records, Thread by) {}

  /// Takes everything and remembers who did what.
  private static final class Noting extends ScriptedIntegration {
    final Queue<Encoded> encoded = new ConcurrentLinkedQueue<>();
    final Queue<Thread> sent;

    Noting() {
      this(new ConcurrentLinkedQueue<>());
    }

    private Noting(Queue<Thread> sent) {
      super(ids -> {
        sent.add(Thread.currentThread());
        return new DeliveryResult.Delivered();
      });
      this.sent = sent;
    }

    @Override
    public Encoding encode(List<Record> records, EncodeContext context) {
      encoded.add(new Encoded(records.size(), Thread.currentThread()));
      return super.encode(records, context);
    }
  }
}
