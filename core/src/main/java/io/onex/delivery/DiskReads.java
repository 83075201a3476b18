package io.onex.delivery;

import io.onex.telemetry.LogKeys;
import io.onex.telemetry.LogLine;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// What one destination does that has to wait for a disk, and for a broken one to work again.
///
/// @param destination its name, for operators
record DiskReads(DeliveryEnvironment environment, String destination, DeliveryTelemetry telemetry) {
  private static final Logger LOG = LogManager.getLogger(DiskReads.class);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  /// One read.
  @FunctionalInterface
  interface Read<T> {
    T read() throws IOException, InterruptedException;
  }

  /// Repeats a read until it works.
  ///
  /// @param place where it reads, for operators
  <T> T patiently(Object place, Read<T> read) throws InterruptedException {
    while (true) {
      try {
        return read.read();
      } catch (IOException e) {
        telemetry.readFailed();
        LOG.warn(
            LogLine.of("records cannot be read; the destination waits and tries again")
                .with(LogKeys.DESTINATION, destination)
                .with(LogKeys.POSITION, place.toString())
                .with(LogKeys.REASON, String.valueOf(e.getMessage())));
        Thread.sleep(AFTER_FAILURE);
      }
    }
  }

  /// Reads or writes on the bounded pool of platform threads.
  <T> T onPool(Callable<T> read) throws IOException, InterruptedException {
    try {
      return environment.readers().call(read);
    } catch (IOException | InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("reading failed", e);
    }
  }
}
