package io.onex.bench.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.onex.bench.gateway.GatewayFiles;
import io.onex.bench.gateway.GatewayProcess;
import io.onex.bench.load.EventSeries;
import io.onex.bench.load.Load;
import io.onex.bench.machine.ProcessUse;
import io.onex.bench.machine.ThreadUse;
import io.onex.bench.oracle.Deliveries;
import io.onex.bench.oracle.Promises;
import io.onex.bench.sink.BulkBackEnd;
import io.onex.bench.sink.SinkServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/// Loads a fresh gateway and demands that nothing is lost.
///
/// @param name of the measurement
/// @param connections open at once
/// @param perRequest events per request
/// @param warmUp runs before, as the compiler takes its time and processor
/// @param duration of the measured part
/// @param requestsPerSecond 0 for as fast as answers come
/// @param backEnds which destinations there are
public record ThroughputRun(
    String name,
    int connections,
    int perRequest,
    Duration warmUp,
    Duration duration,
    double requestsPerSecond,
    BackEnds backEnds) {
  private static final Duration DRAIN_TIMEOUT = Duration.ofMinutes(2);

  /// The destinations of a run.
  public enum BackEnds {
    /// None: ingest alone.
    NONE,
    /// One bulk sink that takes every event, with host, environment and labels added.
    BULK,
    /// The same beside one that accepts connections and never answers.
    BULK_BESIDE_BLACK_HOLE
  }

  /// Runs it.
  ///
  /// @throws IOException when an event was lost or changed, or the gateway failed
  public Measurement run() throws IOException, InterruptedException {
    EventSeries series = new EventSeries(42);
    Promises promises = new Promises();
    Deliveries deliveries = new Deliveries();
    try (SinkServer bulk = new SinkServer(new BulkBackEnd(series, deliveries, false));
        BlackHole blackHole = new BlackHole();
        GatewayFiles files = GatewayFiles.create()) {
      Path config = files.config(config(bulk.port(), blackHole.port()));
      int port = GatewayProcess.freePort();
      try (GatewayProcess gateway = GatewayProcess.start(files.folder(), config, port)) {
        Load load = new Load(series, promises, 0);
        check(load.run(port, connections, perRequest, warmUp, requestsPerSecond));
        drain(gateway);
        long before = deliveries.distinct();
        ProcessUse from = ProcessUse.of(gateway.pid());
        ThreadUse threadsFrom = ThreadUse.of(gateway.pid());
        long start = System.nanoTime();
        Load.Report report = load.run(port, connections, perRequest, duration, requestsPerSecond);
        check(report);
        drain(gateway);
        double seconds = (System.nanoTime() - start) / 1e9;
        ProcessUse to = ProcessUse.of(gateway.pid());
        Map<String, Double> threads = new HashMap<>();
        ThreadUse.of(gateway.pid())
            .since(threadsFrom)
            .cpuMicros()
            .forEach((name, micros) -> threads.put(name, (double) micros / report.acknowledged()));
        if (backEnds != BackEnds.NONE) {
          judge(promises, deliveries);
        }
        return new Measurement(
            name,
            connections,
            perRequest,
            report,
            (deliveries.distinct() - before) / seconds,
            (double) (to.cpuMicros() - from.cpuMicros()) / report.acknowledged(),
            threads,
            to.peakResidentBytes());
      }
    }
  }

  private static void check(Load.Report report) throws IOException {
    if (!report.failures().isEmpty()) {
      throw new IOException("the load failed: " + report.failures());
    }
  }

  /// Waits until all that was taken in is delivered and counted, so that work left over from the
  /// load is neither missing from its cost nor part of what comes next.
  private static void drain(GatewayProcess gateway) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + DRAIN_TIMEOUT.toNanos();
    while (left(gateway.status()) > 0) {
      if (System.nanoTime() > deadline) {
        throw new IOException(
            "not everything was delivered and counted within " + DRAIN_TIMEOUT.toSeconds() + " s");
      }
      Thread.sleep(5);
    }
  }

  /// Records that the bulk destination, if there is one, or a fold has still to take.
  private static long left(JsonNode status) {
    long most = 0;
    for (JsonNode destination : status.path("destinations")) {
      if (destination.path("name").asText().equals("documents")) {
        most = destination.path("pending").asLong();
      }
    }
    for (JsonNode fold : status.path("folds")) {
      most = Math.max(most, fold.path("lag").asLong());
    }
    return most;
  }

  private static void judge(Promises promises, Deliveries deliveries) throws IOException {
    BitSet missing = promises.acknowledgedSet();
    missing.andNot(deliveries.arrived());
    if (!missing.isEmpty() || deliveries.repeats() > 0 || !deliveries.findings().isEmpty()) {
      throw new IOException(
          missing.cardinality()
              + " events are missing, "
              + deliveries.repeats()
              + " were repeated: "
              + deliveries.findings().sentences());
    }
  }

  private String config(int bulkPort, int blackHolePort) {
    String common =
        """
        enrichment:
          environment: bench
          labels: { region: local }
        """;
    String documents =
        """
          documents:
            kind: elk
            elasticsearch_url: "http://127.0.0.1:%d"
            batch: { max_size: 2000, max_bytes: 4MiB, max_age: 50ms }
        """
            .formatted(bulkPort);
    String hole =
        """
          hole:
            kind: elk
            elasticsearch_url: "http://127.0.0.1:%d"
        """
            .formatted(blackHolePort);
    String names = backEnds == BackEnds.BULK ? "[documents]" : "[documents, hole]";
    String routing =
        """
        routing:
          rules:
            - event_types: ["NODE_*"]
              integrations: %s
        """
            .formatted(names);
    return switch (backEnds) {
      case NONE -> common;
      case BULK -> common + "integrations:\n" + documents + routing;
      case BULK_BESIDE_BLACK_HOLE -> common + "integrations:\n" + documents + hole + routing;
    };
  }
}
