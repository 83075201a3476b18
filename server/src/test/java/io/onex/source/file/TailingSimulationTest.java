package io.onex.source.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Programs write numbered lines while their files are renamed, copied and cut, packed, rewritten
/// and removed, folders close and open, and the gateway is stopped, killed and loses power. In the
/// end each line was taken in exactly once.
class TailingSimulationTest {
  @Test
  void each_line_is_taken_in_exactly_once_whatever_happens_to_its_file() throws Exception {
    run(5_759_327_282_425L, 50, false);
  }

  @Test
  void each_line_is_taken_in_exactly_once_when_files_change_while_they_are_looked_at()
      throws Exception {
    run(1_000_000_000L, 200, true);
  }

  /// Other seeds in each build; `-Donex.tailing.seed=N`, `-Donex.tailing.runs=N` and
  /// `-Donex.tailing.busy=true` decide which.
  @Test
  void each_line_is_taken_in_exactly_once_with_any_seed() throws Exception {
    long any = new Random().nextLong() >>> 20;
    run(
        Long.getLong("onex.tailing.seed", any),
        Integer.getInteger("onex.tailing.runs", 500),
        Boolean.getBoolean("onex.tailing.busy"));
  }

  private static void run(long first, int most, boolean busy) throws Exception {
    int runs = 0;
    long lines = 0;
    long steps = 0;
    List<AssertionError> failures = new ArrayList<>();
    for (long seed = first; runs < most; seed++) {
      TailingRun run = new TailingRun(seed, seed % 4 != 0, busy);
      try {
        run.all();
      } catch (AssertionError e) {
        // The others are tried, too: how often it happens says a lot about the cause.
        failures.add(e);
      }
      runs++;
      lines += run.lines();
      steps += run.steps();
    }
    System.out.println(
        "tailing simulation: seeds from "
            + first
            + ", "
            + runs
            + " runs, "
            + steps
            + " steps, "
            + lines
            + " lines, "
            + failures.size()
            + " failed");
    if (!failures.isEmpty()) {
      failures.stream().skip(1).forEach(failures.getFirst()::addSuppressed);
      throw failures.getFirst();
    }
  }

  /// What once took lines twice, or lost them: a log that was full for longer than it takes to
  /// decide what a copy is, with a short file and a copy of it waiting for it; the number of a file
  /// that was rewritten, given to a copy of it while the gateway was down; a copy with lines that
  /// its original was cut of, passed over while the gateway was down; a copy whose number another
  /// file has when its original is cut.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void what_once_took_lines_twice_takes_them_once(boolean keepsBirths) throws Exception {
    long[] seeds = {
      1_796_140_432L,
      2_581_008_563L,
      2_581_007_800L,
      7_000_000_238L,
      7_000_000_874L,
      7_000_001_696L,
      7_000_002_174L,
      7_000_002_400L,
      7_000_002_719L
    };
    for (long seed : seeds) {
      new TailingRun(seed, keepsBirths, false).all();
    }
  }
}
