package io.onex.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Processor time of the threads of a process, read from `/proc`.
///
/// Linux keeps 15 characters of a thread's name; a number at its end is cut off, so that the
/// threads of a pool stand together. Virtual threads run on those of `ForkJoinPool`.
///
/// @param cpuMicros user and system time by name, of threads that still run
public record ThreadUse(SortedMap<String, Long> cpuMicros) {
  /// Clock ticks per second that Linux uses in `/proc`.
  private static final long TICKS = 100;

  public static ThreadUse of(long pid) throws IOException {
    SortedMap<String, Long> all = new TreeMap<>();
    try (Stream<Path> tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
      for (Path task : tasks.toList()) {
        add(task.resolve("stat"), all);
      }
    }
    return new ThreadUse(all);
  }

  private static void add(Path file, SortedMap<String, Long> all) throws IOException {
    String stat;
    try {
      stat = Files.readString(file);
    } catch (NoSuchFileException e) {
      // The thread has ended since it was listed.
      return;
    }
    int nameEnd = stat.lastIndexOf(')');
    String name = stat.substring(stat.indexOf('(') + 1, nameEnd).replaceAll("[-0-9]+$", "");
    String[] fields = stat.substring(nameEnd + 2).split(" ", -1);
    long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    all.merge(name, ticks * 1_000_000 / TICKS, Long::sum);
  }

  /// What was used since `earlier`.
  public ThreadUse since(ThreadUse earlier) {
    SortedMap<String, Long> used = new TreeMap<>();
    cpuMicros.forEach(
        (name, micros) -> used.put(name, micros - earlier.cpuMicros.getOrDefault(name, 0L)));
    return new ThreadUse(used);
  }
}
