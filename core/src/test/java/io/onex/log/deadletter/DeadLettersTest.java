package io.onex.log.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onex.bytes.Slice;
import io.onex.event.EventType;
import io.onex.log.Position;
import io.onex.log.Record;
import io.onex.log.RecordFrame;
import io.onex.log.RecordKind;
import io.onex.log.RecordWriter;
import io.onex.log.SetClock;
import io.onex.log.TwoClocks;
import io.onex.storage.Fault;
import io.onex.storage.FaultyStorage;
import io.onex.storage.PowerCutStorage;
import io.onex.storage.Storage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
  private static final long SMALL_SEGMENT = 2_000;

  private long nextOffset;

  private final PowerCutStorage disk = new PowerCutStorage();
  private final SetClock clock = new SetClock();

  @Test
  void a_record_comes_back_with_its_bytes_its_place_and_the_reason() throws IOException {
    Record record = record("event-7", "{\"a\":1}", 9);
    DeadLetter letter =
        DeadLetter.of("elk", record, "mapping", "Field a is a number here.", 123, 4);
    open(disk).keep(List.of(letter));

    DeadLetterEntry kept = open(disk).find(1).orElseThrow();

    assertThat(kept.letter()).isEqualTo(letter);
    assertThat(kept.letter().origin())
        .isEqualTo(new DeadLetter.Origin.Destination("elk", record.position()));
    Record copy =
        Record.of(new RecordFrame(kept.letter().content().toByteArray(), 0, record.position()));
    assertThat(copy.eventId()).isEqualTo(Slice.utf8("event-7"));
    assertThat(copy.body()).isEqualTo(Slice.utf8("{\"a\":1}"));
  }

  @Test
  void a_refused_input_is_kept_up_to_its_limit_with_its_true_length() throws IOException {
    DeadLetters refused = open(disk);
    refused.keep(
        List.of(DeadLetter.refused("file", "not_json", "Line 3.", 5, Slice.of(new byte[100_000]))));

    DeadLetter kept = refused.find(1).orElseThrow().letter();

    assertThat(kept.content().length()).isEqualTo(64 << 10);
    assertThat(kept.originalBytes()).isEqualTo(100_000);
    assertThat(kept.isRefused()).isTrue();
  }

  @Test
  void pages_walk_through_all_segments_and_filters_leave_the_rest_out() throws IOException {
    DeadLetters letters = open(disk);
    for (int i = 0; i < 100; i++) {
      letters.keep(List.of(letter(i % 3 == 0 ? "elk" : "slack", i % 2 == 0 ? "mapping" : "gone")));
    }
    assertThat(letters.status().segments()).isGreaterThan(3);

    List<Long> ids = new ArrayList<>();
    OptionalLong next = OptionalLong.of(0);
    while (next.isPresent()) {
      DeadLetterPage page = letters.list(DeadLetterQuery.first(7).after(next.getAsLong()));
      page.entries().forEach(entry -> ids.add(entry.id()));
      next = page.next();
    }
    assertThat(ids).containsExactlyElementsOf(LongStream.rangeClosed(1, 100).boxed().toList());
    assertThat(letters.list(DeadLetterQuery.first(1_000).of("elk").because("gone")).entries())
        .hasSize(17)
        .allMatch(entry -> entry.letter().origin().name().equals("elk"));
  }

  @Test
  void counts_per_reason_are_the_same_after_a_restart_with_or_without_summaries()
      throws IOException {
    DeadLetters letters = open(disk);
    for (int i = 0; i < 60; i++) {
      letters.keep(List.of(letter(i % 3 == 0 ? "elk" : "slack", "mapping")));
    }
    letters.markReplayed(letters.list(DeadLetterQuery.first(5).of("elk")).entries());
    List<DeadLetterCount> counts = letters.counts();
    assertThat(counts)
        .containsExactlyInAnyOrder(
            new DeadLetterCount("elk", false, "mapping", 20, 5),
            new DeadLetterCount("slack", false, "mapping", 40, 0));

    assertThat(open(disk).counts()).containsExactlyInAnyOrderElementsOf(counts);
    letters.close();
    assertThat(open(disk).counts()).containsExactlyInAnyOrderElementsOf(counts);
    for (String name : disk.list("dead-letters")) {
      if (name.endsWith(".summary")) {
        disk.delete("dead-letters/" + name);
      }
    }
    assertThat(open(disk).counts()).containsExactlyInAnyOrderElementsOf(counts);
  }

  @Test
  void complete_segments_are_not_read_again_at_the_start() throws IOException {
    DeadLetters letters = open(disk);
    for (int i = 0; i < 60; i++) {
      letters.keep(List.of(letter("elk", "mapping")));
    }
    letters.close();
    FaultyStorage faulty = new FaultyStorage(disk);
    faulty.inject(Fault.always(Fault.Operation.READ, Fault.Kind.IO_ERROR).on(".letters"));

    DeadLetters again = open(faulty);

    assertThat(faulty.injected()).isZero();
    assertThat(again.counts()).isEqualTo(letters.counts());
  }

  @Test
  void a_replayed_letter_is_marked_for_good_and_no_longer_listed() throws IOException {
    DeadLetters letters = open(disk);
    letters.keep(List.of(letter("elk", "mapping"), letter("elk", "mapping")));
    DeadLetterEntry first = letters.find(1).orElseThrow();
    letters.markReplayed(List.of(first));
    letters.markReplayed(List.of(first));

    DeadLetters again = open(disk.cut(1));

    assertThat(again.list(DeadLetterQuery.first(10)).entries())
        .extracting(DeadLetterEntry::id)
        .containsExactly(2L);
    assertThat(again.list(DeadLetterQuery.first(10).includingReplayed()).entries())
        .extracting(DeadLetterEntry::replayed)
        .containsExactly(true, false);
    assertThat(again.counts()).containsExactly(new DeadLetterCount("elk", false, "mapping", 2, 1));
  }

  @Test
  void what_keep_returned_for_survives_every_power_cut() throws IOException {
    for (long seed = 1; seed <= 300; seed++) {
      Random random = new Random(seed);
      PowerCutStorage power = new PowerCutStorage();
      DeadLetters letters = open(power);
      power.failAfter(random.nextInt(150));
      List<DeadLetter> kept = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        List<DeadLetter> some =
            IntStream.range(0, 1 + random.nextInt(3))
                .mapToObj(_ -> letter("elk", "reason-" + random.nextInt(1_000_000)))
                .toList();
        try {
          letters.keep(some);
          kept.addAll(some);
        } catch (IOException e) {
          break;
        }
      }
      DeadLetters again = open(power.cut(seed));
      List<DeadLetterEntry> found = all(again);
      assertThat(found).as("seed %s", seed).extracting(DeadLetterEntry::letter).containsAll(kept);
      again.keep(List.of(letter("elk", "after")));
      List<Long> ids = all(again).stream().map(DeadLetterEntry::id).toList();
      assertThat(ids).as("seed %s", seed).doesNotHaveDuplicates().isSorted();
    }
  }

  @Test
  void a_full_disk_refuses_to_keep_and_works_again_when_there_is_room() throws IOException {
    for (Fault.Operation operation :
        List.of(
            Fault.Operation.OPEN,
            Fault.Operation.WRITE,
            Fault.Operation.FORCE,
            Fault.Operation.FORCE_DIRECTORY)) {
      PowerCutStorage full = new PowerCutStorage();
      FaultyStorage faulty = new FaultyStorage(full);
      DeadLetters letters = open(faulty);
      faulty.inject(Fault.always(operation, Fault.Kind.NO_SPACE));

      assertThatThrownBy(() -> letters.keep(List.of(letter("elk", "first"))))
          .as("%s", operation)
          .hasMessageContaining("No space left on device");
      assertThat(letters.status().lastFailure()).isPresent();
      assertThat(letters.list(DeadLetterQuery.first(10)).entries()).isEmpty();

      faulty.heal();
      letters.keep(List.of(letter("elk", "second")));
      assertThat(all(open(full.cut(3))))
          .extracting(entry -> entry.letter().reason())
          .containsExactly("second");
    }
  }

  @Test
  void half_a_letter_from_a_full_disk_never_hides_the_next_one() throws IOException {
    FaultyStorage faulty = new FaultyStorage(disk);
    DeadLetters letters = open(faulty);
    letters.keep(List.of(letter("elk", "first")));
    faulty.inject(Fault.once(Fault.Operation.WRITE, Fault.Kind.SHORT_WRITE).after(1));
    assertThatThrownBy(() -> letters.keep(List.of(letter("elk", "x"), letter("elk", "y"))))
        .isInstanceOf(IOException.class);
    letters.keep(List.of(letter("elk", "second")));

    assertThat(all(open(disk)))
        .extracting(entry -> entry.letter().reason())
        .containsExactly("first", "second");
  }

  @Test
  void a_flipped_byte_costs_at_most_one_letter_and_ids_are_never_reused() throws IOException {
    DeadLetters letters = open(disk);
    for (int i = 0; i < 12; i++) {
      letters.keep(List.of(letter("elk", "reason-" + i)));
    }
    String path = "dead-letters/" + disk.list("dead-letters").getFirst();
    byte[] bytes = disk.content(path);
    for (int offset = 0; offset < bytes.length; offset += 97) {
      byte[] flipped = bytes.clone();
      flipped[offset] ^= 0x08;
      PowerCutStorage damaged = new PowerCutStorage();
      damaged.open(path).close();
      damaged.damage(path, flipped);
      DeadLetters again = open(damaged);
      assertThat(all(again)).as("flip at %s", offset).hasSize(11);

      again.keep(List.of(letter("elk", "new")));
      assertThat(all(again)).as("flip at %s", offset).hasSize(12);
      assertThat(all(open(damaged))).extracting(DeadLetterEntry::id).doesNotHaveDuplicates();
    }
  }

  @Test
  void a_segment_that_cannot_be_read_stops_neither_the_start_nor_new_letters() throws IOException {
    open(disk).keep(List.of(letter("elk", "old")));
    FaultyStorage faulty = new FaultyStorage(disk);
    faulty.inject(Fault.always(Fault.Operation.READ, Fault.Kind.IO_ERROR));

    DeadLetters letters = open(faulty);
    assertThat(letters.status().damaged()).isEqualTo(1);
    letters.keep(List.of(letter("elk", "new")));

    faulty.heal();
    assertThat(all(open(disk)))
        .extracting(entry -> entry.letter().reason())
        .containsExactly("old", "new");
  }

  @Test
  void old_and_surplus_segments_go_and_are_counted_but_ids_go_on() throws IOException {
    DeadLetterRetention retention = new DeadLetterRetention(Duration.ofDays(30), 6_000);
    DeadLetters letters = DeadLetters.open(disk, "dead-letters", retention, clock, SMALL_SEGMENT);
    for (int i = 0; i < 100; i++) {
      letters.keep(List.of(letter("elk", "mapping")));
    }
    assertThat(letters.status().bytes()).isLessThan(8_500);
    assertThat(letters.status().expired() + letters.counts().getFirst().letters()).isEqualTo(100);

    clock.advance(Duration.ofDays(31));
    letters.retain();

    assertThat(letters.status().expired()).isEqualTo(100);
    DeadLetters again = DeadLetters.open(disk, "dead-letters", retention, clock, SMALL_SEGMENT);
    again.keep(List.of(letter("elk", "mapping")));
    assertThat(all(again)).extracting(DeadLetterEntry::id).containsExactly(101L);
  }

  @Test
  void no_jump_of_the_wall_clock_removes_a_letter_and_what_has_run_its_time_goes()
      throws IOException {
    long seed = Long.getLong("onex.seed", System.nanoTime());
    System.out.println("clock jumps and dead letters: seed " + seed);
    Random random = new Random(seed);
    DeadLetterRetention retention = new DeadLetterRetention(Duration.ofDays(30), 1 << 30);
    for (int course = 0; course < 40; course++) {
      PowerCutStorage power = new PowerCutStorage();
      TwoClocks two = new TwoClocks();
      int kept = 0;
      for (int start = 0; start < 4; start++) {
        DeadLetters letters =
            DeadLetters.open(power, "dead-letters", retention, two, SMALL_SEGMENT);
        for (int step = 0; step < 10; step++) {
          letters.keep(List.of(letter("elk", "a-" + kept++), letter("elk", "b")));
          two.jump(Duration.ofHours(random.nextLong(-8_784, 8_785)));
          letters.retain();
          two.pass(Duration.ofMinutes(random.nextLong(17 * 60)));
        }
        assertThat(letters.status().expired()).isZero();
        if (random.nextBoolean()) {
          letters.close();
        }
        two.jump(Duration.ofHours(random.nextLong(-8_784, 8_785)));
        two.restart(random);
        if (random.nextBoolean()) {
          power = power.cut(random.nextLong());
        }
      }
      DeadLetters letters = DeadLetters.open(power, "dead-letters", retention, two, SMALL_SEGMENT);
      assertThat(all(letters)).hasSize(2 * kept);
      letters.retain();
      two.pass(Duration.ofDays(30).plusHours(4));
      letters.retain();
      assertThat(all(letters)).isEmpty();
    }
  }

  @Test
  void a_letter_is_found_by_destination_position_and_about_when_it_was_kept() throws IOException {
    DeadLetters letters = open(disk);
    long at = clock.wallMicros();
    for (int i = 0; i < 30; i++) {
      letters.keep(List.of(letter("elk", "early-" + i), letter("slack", "early-" + i)));
    }
    clock.advance(Duration.ofHours(1));
    letters.keep(List.of(letter("elk", "late")));
    assertThat(letters.status().segments()).isGreaterThan(2);

    assertThat(letters.find("elk", new Position(0, 8), at))
        .hasValueSatisfying(found -> assertThat(found.letter().reason()).isEqualTo("early-4"));
    assertThat(letters.find("slack", new Position(0, 8), at)).isEmpty();
    assertThat(letters.find("slack", new Position(0, 9), at)).isPresent();
    assertThat(letters.find("elk", new Position(0, 60), clock.wallMicros()))
        .hasValueSatisfying(found -> assertThat(found.letter().reason()).isEqualTo("late"));
    assertThat(letters.find("elk", new Position(0, 8), clock.wallMicros()))
        .as("kept an hour before")
        .isEmpty();
  }

  @Test
  void a_record_has_one_letter_per_destination_also_across_a_restart() throws IOException {
    DeadLetter letter = DeadLetter.of("elk", record("event", "{}", 9), "refused", "no", 1, 1);
    DeadLetter other = DeadLetter.of("slack", record("event", "{}", 9), "refused", "no", 1, 1);
    DeadLetters letters = open(disk);
    letters.keep(List.of(letter));
    letters.keep(List.of(letter, other));
    assertThat(all(letters)).extracting(DeadLetterEntry::letter).containsExactly(letter, other);

    DeadLetters again = open(disk);
    again.keep(List.of(other, letter, letter("elk", "new")));

    assertThat(all(again)).hasSize(3);
    assertThat(all(again).getLast().letter().reason()).isEqualTo("new");
  }

  private DeadLetters open(Storage storage) {
    return DeadLetters.open(
        storage, "dead-letters", DeadLetterRetention.DEFAULT, clock, SMALL_SEGMENT);
  }

  private static List<DeadLetterEntry> all(DeadLetters letters) throws IOException {
    return letters.list(DeadLetterQuery.first(1_000).includingReplayed()).entries();
  }

  /// A letter of another record each time.
  private DeadLetter letter(String destination, String reason) {
    return DeadLetter.of(
        destination,
        record("event", "{}", nextOffset++),
        reason,
        "It cannot be.",
        clock.wallMicros(),
        1);
  }

  private static Record record(String id, String body, long offset) {
    RecordWriter writer = new RecordWriter(128);
    Slice bytes = Slice.utf8(body);
    writer.begin(RecordKind.EVENT, EventType.NODE_START, Slice.utf8(id), 1, 2);
    writer.body(bytes.array(), 0, bytes.length()).end();
    byte[] encoded = writer.encoded().toByteArray();
    return Record.of(
        new RecordFrame(Arrays.copyOf(encoded, encoded.length), 0, new Position(0, offset)));
  }
}
