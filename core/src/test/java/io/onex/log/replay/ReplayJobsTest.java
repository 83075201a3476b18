package io.onex.log.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onex.log.Position;
import io.onex.log.PositionRange;
import io.onex.log.RecordOutcome;
import io.onex.log.cursor.Cursor;
import io.onex.log.cursor.CursorEntry;
import io.onex.log.cursor.Ledger;
import io.onex.log.cursor.ReplayProgress;
import io.onex.storage.Fault;
import io.onex.storage.FaultyStorage;
import io.onex.storage.FileStorage;
import io.onex.time.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayJobsTest {
  private static final Clock CLOCK =
      new Clock() {
        @Override
        public long wallMicros() {
          return 1_700_000_000_000_000L;
        }

        @Override
        public long monotonicNanos() {
          return 0;
        }
      };
  private static final ReplaySource STRETCH =
      new ReplaySource.Stretch(
          new Position(0, 10), new Position(0, 50), Optional.of("node_id == 'stämper'"));

  @TempDir private Path folder;
  private FileStorage files;

  @BeforeEach
  void openStorage() throws IOException {
    files = FileStorage.open(folder);
  }

  @AfterEach
  void closeStorage() throws IOException {
    files.close();
  }

  @Test
  void what_was_asked_for_and_how_it_ended_is_there_after_a_restart() throws IOException {
    ReplayJobs jobs = open();
    TreeSet<Long> ids = new TreeSet<>(java.util.List.of(3L, 9L, 4L));
    ReplayJob stretch = jobs.create("elk", STRETCH);
    ReplayJob letters =
        jobs.create("elk", new ReplaySource.Letters(new Position(0, 3), new Position(0, 10), ids));
    ReplayJob cancelled = jobs.create("zipkin", STRETCH);
    jobs.end(stretch.id(), ReplayEnd.State.FAILED, progress(stretch.id(), 7), "no such luck");
    jobs.cancel(cancelled.id());

    ReplayJobs again = open();

    assertThat(again.list()).isEqualTo(jobs.list()).hasSize(3);
    assertThat(again.find(stretch.id()).orElseThrow().end().orElseThrow().reason())
        .isEqualTo("no such luck");
    assertThat(again.find(cancelled.id()).orElseThrow())
        .matches(ReplayJob::cancelled)
        .matches(ReplayJob::isOpen);
    assertThat(again.next("elk")).contains(letters);
    assertThat(again.next("zipkin").map(ReplayJob::id)).contains(cancelled.id());
    assertThat(again.create("elk", STRETCH).id()).isEqualTo(4);
  }

  @Test
  void a_damaged_file_costs_one_replay_and_its_id_is_not_used_again() throws IOException {
    ReplayJobs jobs = open();
    jobs.create("elk", STRETCH);
    jobs.create("elk", STRETCH);
    Path file = folder.resolve("replays/0000000000000002.replay");
    byte[] bytes = Files.readAllBytes(file);
    bytes[20] ^= 1;
    Files.write(file, bytes);

    ReplayJobs again = open();

    assertThat(again.list()).extracting(ReplayJob::id).containsExactly(1L);
    assertThat(again.create("elk", STRETCH).id()).isEqualTo(3);
  }

  @Test
  void what_ended_long_ago_is_forgotten_and_what_is_open_never() throws IOException {
    ReplayJobs jobs = open();
    jobs.create("disabled", STRETCH);
    for (int i = 0; i < ReplayJobs.KEPT + 5; i++) {
      long id = jobs.create("elk", STRETCH).id();
      jobs.end(id, ReplayEnd.State.COMPLETED, progress(id, 1), "");
    }

    assertThat(open().list()).hasSize(1 + ReplayJobs.KEPT).isEqualTo(jobs.list());
    assertThat(jobs.list().getFirst().destination()).isEqualTo("disabled");
  }

  @Test
  void an_end_that_a_full_disk_refuses_is_written_later() throws IOException {
    FaultyStorage storage = new FaultyStorage(files);
    ReplayJobs jobs = ReplayJobs.open(storage, "replays", CLOCK);
    ReplayJob job = jobs.create("elk", STRETCH);
    storage.inject(Fault.always(Fault.Operation.WRITE, Fault.Kind.NO_SPACE));
    jobs.end(job.id(), ReplayEnd.State.COMPLETED, progress(job.id(), 7), "");
    assertThat(jobs.next("elk")).isEmpty();
    assertThatThrownBy(() -> jobs.create("elk", STRETCH)).isInstanceOf(IOException.class);
    assertThat(open().next("elk")).contains(job);

    storage.heal();
    jobs.retain();

    assertThat(open().list()).isEqualTo(jobs.list());
  }

  @Test
  void an_entry_older_than_the_end_of_its_replay_counts_it_once() throws IOException {
    ReplayJobs jobs = open();
    CursorEntry fresh = CursorEntry.at("elk", Position.START);
    long first = jobs.create("elk", STRETCH).id();
    long second = jobs.create("elk", STRETCH).id();
    long third = jobs.create("elk", STRETCH).id();
    jobs.end(first, ReplayEnd.State.COMPLETED, progress(first, 7), "");
    jobs.cancel(third);
    jobs.end(third, ReplayEnd.State.CANCELLED, ReplayProgress.at(third, Position.START), "");

    assertThat(jobs.settled(fresh).replayed()).isEqualTo(7);
    CursorEntry half = fresh.withReplay(progress(first, 3));
    assertThat(jobs.settled(half).replayed()).isEqualTo(7);
    CursorEntry running = jobs.settled(half).withReplay(progress(second, 2));
    assertThat(running.replayed()).isEqualTo(9);
    assertThat(jobs.settled(running)).isEqualTo(running);
    assertThat(jobs.settled(jobs.settled(running))).isEqualTo(running);
  }

  private ReplayJobs open() throws IOException {
    return ReplayJobs.open(files, "replays", CLOCK);
  }

  private static ReplayProgress progress(long job, int records) {
    Position from = new Position(0, 10);
    return new ReplayProgress(
        job,
        Cursor.at(from).complete(PositionRange.of(from, records)),
        Ledger.of(RecordOutcome.DELIVERED, records),
        "HTTP 400");
  }
}
