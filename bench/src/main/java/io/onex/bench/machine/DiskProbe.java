package io.onex.bench.machine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.SplittableRandom;

/// What the disk under a folder can do, measured in the same run as what depends on it.
///
/// @param forceMedianMicros median time of fdatasync after appending 64 KiB
/// @param forceP99Micros 99th percentile of the same
/// @param megabytesPerSecond appended and forced once, incompressible
public record DiskProbe(long forceMedianMicros, long forceP99Micros, long megabytesPerSecond) {
  private static final int FORCES = 200;
  private static final int SEQUENTIAL_BYTES = 256 << 20;

  public static DiskProbe measure(Path folder) throws IOException {
    Path file = Files.createTempFile(folder, "probe", ".bin");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      byte[] bytes = new byte[1 << 20];
      new SplittableRandom(1).nextBytes(bytes);
      long[] micros = new long[FORCES];
      for (int i = 0; i < FORCES; i++) {
        channel.write(ByteBuffer.wrap(bytes, 0, 64 << 10));
        long from = System.nanoTime();
        channel.force(false);
        micros[i] = (System.nanoTime() - from) / 1000;
      }
      Arrays.sort(micros);
      long from = System.nanoTime();
      for (int written = 0; written < SEQUENTIAL_BYTES; written += bytes.length) {
        channel.write(ByteBuffer.wrap(bytes));
      }
      channel.force(false);
      double seconds = (System.nanoTime() - from) / 1e9;
      return new DiskProbe(
          micros[FORCES / 2],
          micros[FORCES * 99 / 100],
          Math.round(SEQUENTIAL_BYTES / 1e6 / seconds));
    } finally {
      Files.delete(file);
    }
  }
}
