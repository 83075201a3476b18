package io.onex.app;

import com.sun.management.UnixOperatingSystemMXBean;
import io.onex.config.ServerConfig;
import io.onex.http.connection.ConnectionLimits;
import io.onex.telemetry.LogLine;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// Turns what the configuration says about connections into the limits of their watch: no more
/// places than the process may open files and has memory for.
final class ConnectionSettings {
  /// What a connection takes that has sent its headers and nothing more, with room to spare.
  private static final long BYTES_PER_CONNECTION = 40 * 1024;

  /// Connections, where no number is configured and there is room for more.
  private static final int MOST_BY_ITSELF = 10_000;

  /// For the log, the journals, tailed files and connections to destinations.
  private static final long OTHER_FILES = 512;

  private static final Logger LOG = LogManager.getLogger(ConnectionSettings.class);

  private ConnectionSettings() {}

  static ConnectionLimits of(ServerConfig config) {
    return of(config, possible(openFiles(), Runtime.getRuntime().maxMemory()));
  }

  /// @param possible connections there is room for
  static ConnectionLimits of(ServerConfig config, int possible) {
    int wanted = config.maxConnections().orElse(MOST_BY_ITSELF);
    cut(config, possible)
        .ifPresent(configured ->
            LOG.info(
                LogLine.of(
                        "Fewer connections than server.max_connections fit into the heap and the"
                            + " limit of open files")
                    .with("configured", configured)
                    .with("limit", possible)));
    return new ConnectionLimits(
        Math.min(wanted, possible),
        ConnectionLimits.DEFAULT.kept(),
        config.headerTimeout(),
        config.bodyTimeout(),
        config.minBodyRate().bytes(),
        config.idleTimeout(),
        config.hurriedTimeout());
  }

  /// The number that somebody configured and that there is no room for; the default takes what
  /// there is.
  static Optional<Integer> cut(ServerConfig config, int possible) {
    return config.maxConnections().filter(configured -> configured > possible);
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
