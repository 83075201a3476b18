package io.onex.app;

import com.sun.management.UnixOperatingSystemMXBean;
import io.onex.config.ServerConfig;
import io.onex.http.connection.ConnectionLimits;
import io.onex.telemetry.LogLine;
import java.lang.management.ManagementFactory;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// Turns what the configuration says about connections into the limits of their watch: no more
/// places than the process may open files and has memory for.
final class ConnectionSettings {
  /// What a connection takes that has sent its headers and nothing more, with room to spare.
  private static final long BYTES_PER_CONNECTION = 40 * 1024;

  /// For the log, the journals, tailed files and connections to destinations.
  private static final long OTHER_FILES = 512;

  private static final Logger LOG = LogManager.getLogger(ConnectionSettings.class);

  private ConnectionSettings() {}

  static ConnectionLimits of(ServerConfig config) {
    ConnectionLimits limits =
        new ConnectionLimits(
            config.maxConnections(),
            ConnectionLimits.DEFAULT.kept(),
            config.headerTimeout(),
            config.bodyTimeout(),
            config.minBodyRate().bytes(),
            config.idleTimeout(),
            config.hurriedTimeout());
    int possible = possible(openFiles(), Runtime.getRuntime().maxMemory());
    if (possible >= config.maxConnections()) {
      return limits;
    }
    LOG.info(
        LogLine.of(
                "Fewer connections than server.max_connections fit into the heap and the limit of"
                    + " open files")
            .with("limit", possible));
    return limits.withMost(possible);
  }

  /// Connections for which there are files, and a quarter of the heap.
  static int possible(long files, long heapBytes) {
    long byFiles = files - Math.min(files / 2, OTHER_FILES) - ConnectionLimits.DEFAULT.kept();
    long byHeap = heapBytes / 4 / BYTES_PER_CONNECTION;
    return Math.clamp(Math.min(byFiles, byHeap), 16, Integer.MAX_VALUE);
  }

  private static long openFiles() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : Long.MAX_VALUE;
  }
}
