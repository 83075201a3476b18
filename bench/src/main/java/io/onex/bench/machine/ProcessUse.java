package io.onex.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a process used so far, read from `/proc`.
///
/// @param cpuMicros user and system time of all its threads
/// @param peakResidentBytes largest resident set so far
public record ProcessUse(long cpuMicros, long peakResidentBytes) {
  /// Clock ticks per second that Linux uses in `/proc`.
  private static final long TICKS = 100;

  public static ProcessUse of(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    // The second field is the command in brackets and may hold blanks.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    long peak = 0;
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith("VmHWM:")) {
        peak = Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
      }
    }
    return new ProcessUse(ticks * 1_000_000 / TICKS, peak);
  }
}
