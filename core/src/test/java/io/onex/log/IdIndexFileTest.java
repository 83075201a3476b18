package io.onex.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.onex.bytes.Slice;
import io.onex.storage.LittleEndian;
import io.onex.storage.PowerCutStorage;
import io.onex.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The file of ids beside a segment that is still appended to is written again as it grows, and
/// never forced. Whatever a power cut leaves of two writings, no id may be missed and none be found
/// where it is not.
class IdIndexFileTest {
  private static final String PATH = "log/x.ids";
  private static final long FIRST = 1_000;
  private static final int EARLIER = 3_000;
  private static final int LATER = 7_000;
  private static final int SEEDS = 200;

  /// As many ids as make the log write the file, and twice as many, which make it write it again.
  private static final int FIRST_WRITTEN = 1 << 17;

  private static final IdSeeds SEEDS_OF_FOLDER = new IdSeeds(1, 2, 3, 4);

  private static EventKey key(int i) {
    return EventKey.of(Slice.utf8("id-" + i));
  }

  /// Ids of which every third one has the one before it as its cause.
  private static SegmentIds ids(int count) {
    SegmentIds ids = new SegmentIds(FIRST);
    CauseKeys causes = new CauseKeys(new long[count / 3 * 2], new int[count / 3]);
    long[] halves = new long[2 * count];
    int[] digests = new int[count];
    for (int i = 0; i < count; i++) {
      halves[2 * i] = key(i).high();
      halves[2 * i + 1] = key(i).low();
      digests[i] = 2 * i;
    }
    for (int i = 0; i < causes.count(); i++) {
      causes.records()[i] = 3 * i + 2;
      causes.halves()[2 * i] = key(3 * i + 1).high();
      causes.halves()[2 * i + 1] = key(3 * i + 1).low();
    }
    ids.add(new RecordKeys(halves, digests, causes, CauseKeys.NONE), FIRST);
    return ids;
  }

  private static void write(Storage disk, int count) throws IOException {
    SegmentIds ids = ids(count);
    IdIndexFile.write(disk, PATH, ids, ids.extent(), SEEDS_OF_FOLDER);
  }

  @Test
  void after_a_power_cut_between_two_writings_the_file_is_one_of_them_or_none() throws Exception {
    int earlier = 0;
    int later = 0;
    int mixed = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      PowerCutStorage disk = new PowerCutStorage();
      write(disk, EARLIER);
      if (seed % 2 == 0) {
        disk.open(PATH).force();
      }
      disk.forceDirectory("log");
      write(disk, LATER);
      PowerCutStorage survivor = disk.cut(seed);

      Optional<SegmentIds> read =
          IdIndexFile.read(survivor, PATH, FIRST, SEEDS_OF_FOLDER).map(IdIndexFile.Contents::ids);

      if (read.isPresent()) {
        assertThat(read.get().size()).as("seed %d", seed).isIn(EARLIER, LATER);
        assertWhole(read.get(), seed);
        earlier += read.get().size() == EARLIER ? 1 : 0;
        later += read.get().size() == LATER ? 1 : 0;
      } else {
        mixed += endsInPages(survivor, PATH).size() > 1 ? 1 : 0;
      }
      assertFindsRightOrNothing(survivor, seed);
    }
    System.out.printf(
        "cuts between two writings of ids: %d left the earlier, %d the later, %d a mixture%n",
        earlier, later, mixed);
    assertThat(earlier).isPositive();
    assertThat(later).isPositive();
    assertThat(mixed).as("the case that the end in each page is there for").isPositive();
  }

  private static void assertWhole(SegmentIds ids, int seed) {
    assertThat(ids.extent())
        .isEqualTo(new SegmentIds.Extent(ids.size(), ids.size() / 3, 0, FIRST + ids.size()));
    PlacedKeys own = ids.keys(IdRole.OWN);
    for (int i = 0; i < own.size(); i++) {
      boolean same = own.digest(i) == 2 * i && own.delta(i) == i;
      assertThat(same && isKey(own, i, i)).as("seed %d, id %d", seed, i).isTrue();
    }
    PlacedKeys causes = ids.keys(IdRole.CAUSE);
    for (int i = 0; i < causes.size(); i++) {
      boolean same = causes.delta(i) % 3 == 2 && isKey(causes, i, causes.delta(i) - 1);
      assertThat(same).as("seed %d, cause %d", seed, i).isTrue();
    }
  }

  private static boolean isKey(PlacedKeys keys, int ordinal, int id) {
    return keys.high(ordinal) == key(id).high() && keys.low(ordinal) == key(id).low();
  }

  private static void assertFindsRightOrNothing(Storage disk, int seed) throws IOException {
    for (int i = 0; i < EARLIER; i += 97) {
      if (find(disk, IdRole.OWN, i) instanceof IdIndexFile.Answer.Position(OptionalLong offset)) {
        assertThat(offset).as("seed %d, id %d", seed, i).hasValue(FIRST + i);
      }
      if (find(disk, IdRole.CAUSE, i) instanceof IdIndexFile.Answer.Position(OptionalLong offset)) {
        assertThat(offset)
            .as("seed %d, cause %d", seed, i)
            .isEqualTo(i % 3 == 1 ? OptionalLong.of(FIRST + i + 1) : OptionalLong.empty());
      }
    }
  }

  private static IdIndexFile.Answer find(Storage disk, IdRole role, int id) throws IOException {
    return IdIndexFile.find(disk, PATH, FIRST, FIRST + EARLIER, role, key(id), SEEDS_OF_FOLDER);
  }

  /// Every page of the later writing but one is there, and that one is a good page of the earlier.
  @Test
  void one_good_page_of_an_earlier_writing_makes_the_file_unusable() throws Exception {
    PowerCutStorage disk = new PowerCutStorage();
    write(disk, EARLIER);
    byte[] before = disk.content(PATH);
    write(disk, LATER);
    byte[] after = disk.content(PATH);
    for (int page = 0; page < before.length / IdSection.PAGE_BYTES; page++) {
      byte[] mixture = after.clone();
      int at = page * IdSection.PAGE_BYTES;
      System.arraycopy(before, at, mixture, at, IdSection.PAGE_BYTES);
      disk.damage(PATH, mixture);

      assertThat(IdIndexFile.read(disk, PATH, FIRST, SEEDS_OF_FOLDER))
          .as("page %d", page)
          .isEmpty();
    }
    disk.damage(PATH, after);
    assertThat(IdIndexFile.read(disk, PATH, FIRST, SEEDS_OF_FOLDER)).isPresent();
  }

  @Test
  void a_log_that_wrote_its_ids_twice_knows_all_of_them_after_a_power_cut() throws Exception {
    LogConfig config =
        LogConfig.DEFAULT
            .withRememberedIds(1_000_000)
            .withRetention(Duration.ofDays(365_000), 1L << 40)
            .withMinFreeBytes(0);
    PowerCutStorage disk = new PowerCutStorage();
    SegmentedLog doomed = LogFixture.open(disk, config);
    append(doomed, 0, FIRST_WRITTEN + 1_000);
    awaitIds(disk, FIRST_WRITTEN);
    append(doomed, FIRST_WRITTEN + 1_000, FIRST_WRITTEN + 1_000);
    awaitIds(disk, 2 * FIRST_WRITTEN);
    int all = 2 * (FIRST_WRITTEN + 1_000);
    // What was there before the cut is judged; the name of the file is durable in half the cases.
    int mixtures = 0;
    for (int seed = 0; seed < 8; seed++) {
      PowerCutStorage survivor = disk.cut(seed);
      Optional<String> file = idsFile(survivor);
      mixtures += file.isPresent() && endsInPages(survivor, file.get()).size() > 1 ? 1 : 0;
      try (SegmentedLog log = LogFixture.open(survivor, config)) {
        assertThat(log.state().duplicates().ids()).as("seed %d", seed).isEqualTo(all);
        assertThat(log.durableEnd().offset()).isEqualTo(all);
        for (int i = 0; i < all; i += 9_973) {
          assertThat(log.find(Slice.utf8("id-" + i))).contains(new Position(0, i));
          assertThat(repeat(log, i).duplicates()).as("id %d", i).hasSize(1);
          assertThat(log.findCausedBy(Slice.utf8("cause of id-" + i)))
              .as("seed %d, cause of id %d", seed, i)
              .isEqualTo(i % 3 == 0 ? Optional.of(new Position(0, i)) : Optional.empty());
        }
      }
    }
    assertThat(mixtures).as("cuts that left pages of both writings").isPositive();
    try {
      doomed.close();
    } catch (UncheckedIOException powerIsOff) {
      assertThat(powerIsOff).hasCauseInstanceOf(IOException.class);
    }
  }

  private static AppendResult repeat(Log log, int i) throws Exception {
    return i % 3 == 0
        ? log.append(LogFixture.addConclusion(LogFixture.batch(), "id-" + i, "cause of id-" + i))
        : LogFixture.append(log, "id-" + i, "{}");
  }

  private static void append(Log log, int from, int count) throws Exception {
    for (int i = from; i < from + count; ) {
      RecordWriter batch = LogFixture.batch();
      for (int j = 0; j < 1_000 && i < from + count; j++, i++) {
        if (i % 3 == 0) {
          LogFixture.addConclusion(batch, "id-" + i, "cause of id-" + i);
        } else {
          LogFixture.add(batch, "id-" + i, "{}");
        }
      }
      log.append(batch);
    }
  }

  private static void awaitIds(Storage disk, int least) {
    await()
        .ignoreException(NoSuchFileException.class)
        .until(() -> {
          Optional<String> file = idsFile(disk);
          return file.isPresent()
              && IdIndexFile.read(disk, file.get(), 0, LogFixture.seeds(disk))
                  .filter(contents -> contents.ids().size() >= least)
                  .isPresent();
        });
  }

  private static Optional<String> idsFile(Storage disk) throws IOException {
    return disk.list("log").stream()
        .filter(name -> name.endsWith(IdIndexFile.SUFFIX))
        .map(name -> "log/" + name)
        .findFirst();
  }

  /// The ends that the pages of a file repeat, behind its header.
  private static Set<Long> endsInPages(PowerCutStorage disk, String path) throws IOException {
    byte[] content = disk.content(path);
    Set<Long> ends = new HashSet<>();
    int endAt = IdSection.PAGE_ENTRIES * IdSection.ENTRY_BYTES;
    for (int page = IdSection.PAGE_BYTES;
        page + IdSection.PAGE_BYTES <= content.length;
        page += IdSection.PAGE_BYTES) {
      long end = (long) LittleEndian.I64.get(content, page + endAt);
      if (end != 0) {
        ends.add(end);
      }
    }
    return ends;
  }
}
