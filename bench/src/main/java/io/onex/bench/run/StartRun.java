package io.onex.bench.run;

import io.onex.bench.gateway.GatewayFiles;
import io.onex.bench.gateway.GatewayProcess;
import io.onex.bench.load.EventSeries;
import io.onex.bench.load.Load;
import io.onex.bench.oracle.Promises;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How long a gateway takes from its launch to ready, empty and with a backlog.
public final class StartRun {
  private StartRun() {}

  /// Median start times.
  ///
  /// @param empty without data
  /// @param backlog after `backlogBytes` of events, none of them delivered
  /// @param backlogBytes of events that were taken in before
  /// @param terminate time from SIGTERM to the end of the process, with the backlog undelivered
  public record Times(Duration empty, Duration backlog, long backlogBytes, Duration terminate) {}

  public static Times measure(int starts, long backlogBytes)
      throws IOException, InterruptedException {
    try (GatewayFiles files = GatewayFiles.create();
        BlackHole hole = new BlackHole()) {
      Path config =
          files.config(
              """
              integrations:
                hole: { kind: elk, elasticsearch_url: "http://127.0.0.1:%d" }
              routing:
                rules: [ { event_types: ["*"], integrations: [hole] } ]
              """
                  .formatted(hole.port()));
      int port = GatewayProcess.freePort();
      Duration empty = median(starts, files.folder(), config, port);
      Duration terminate;
      long taken;
      try (GatewayProcess gateway = GatewayProcess.start(files.folder(), config, port)) {
        Promises promises = new Promises();
        Load load = new Load(new EventSeries(9), promises, 0);
        while (promises.acknowledged() * 493 < backlogBytes) {
          load.run(port, 4, 1000, Duration.ofMillis(500), 0);
        }
        terminate = gateway.terminate();
        taken = promises.acknowledged() * 493;
      }
      return new Times(empty, median(starts, files.folder(), config, port), taken, terminate);
    }
  }

  private static Duration median(int starts, Path folder, Path config, int port)
      throws IOException, InterruptedException {
    List<Duration> times = new ArrayList<>();
    for (int i = 0; i < starts; i++) {
      try (GatewayProcess gateway = GatewayProcess.start(folder, config, port)) {
        times.add(gateway.startTime());
        gateway.terminate();
      }
    }
    times.sort(null);
    return times.get(starts / 2);
  }
}
