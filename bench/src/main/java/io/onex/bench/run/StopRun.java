package io.onex.bench.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.onex.bench.gateway.GatewayFiles;
import io.onex.bench.gateway.GatewayProcess;
import io.onex.bench.load.EventSeries;
import io.onex.bench.load.Load;
import io.onex.bench.oracle.Deliveries;
import io.onex.bench.oracle.Findings;
import io.onex.bench.oracle.Promises;
import io.onex.bench.sink.BulkBackEnd;
import io.onex.bench.sink.SinkServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;

/// Asks a gateway to end with SIGTERM, again and again, while it is loaded as fast as it answers
/// and four of its five destinations are dead, each in another way; then lets them recover and asks
/// whether everything it promised arrives at each of them.
public final class StopRun {
  /// A stop that takes longer is a finding.
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private static final String HEALTHY = "healthy";
  private static final int BATCH = 1000;
  private static final int PER_REQUEST = 500;
  private static final int CONNECTIONS = 4;
  private static final Duration LOAD_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration SICK_TIMEOUT = Duration.ofSeconds(30);

  private final int cycles;
  private final long seed;
  private final PrintWriter out;
  private final EventSeries series;
  private final Promises promises = new Promises();
  private final Findings findings = new Findings();

  public StopRun(int cycles, long seed, PrintWriter out) {
    this.cycles = cycles;
    this.seed = seed;
    this.out = out;
    this.series = new EventSeries(seed);
  }

  /// Runs all cycles.
  ///
  /// @return what is wrong, empty when every stop was in time and all promises were kept
  public Findings run() throws IOException, InterruptedException {
    out.printf("stop: %d cycles, seed %d%n", cycles, seed);
    SplittableRandom random = new SplittableRandom(seed);
    Deliveries healthy = new Deliveries();
    try (SinkServer documents = new SinkServer(new BulkBackEnd(series, healthy, true));
        GatewayFiles files = GatewayFiles.create()) {
      List<SickBackEnd> sick = SickBackEnd.oneOfEach(series);
      try {
        Path config = files.config(config(documents.port(), sick));
        int port = GatewayProcess.freePort();
        Load load = new Load(series, promises, 0);
        for (int cycle = 1; cycle <= cycles; cycle++) {
          stopUnderLoad(cycle, files, config, port, load, 500 + random.nextInt(1500));
        }
        for (SickBackEnd one : sick) {
          one.recover();
        }
        judge(files, config, port, healthy, sick);
      } finally {
        for (SickBackEnd one : sick) {
          one.close();
        }
      }
    }
    return findings;
  }

  private void stopUnderLoad(
      int cycle, GatewayFiles files, Path config, int port, Load load, int lifeMillis)
      throws IOException, InterruptedException {
    try (GatewayProcess gateway = GatewayProcess.start(files.folder(), config, port)) {
      long before = promises.acknowledged();
      AtomicReference<Load.Report> report = new AtomicReference<>();
      Thread loading =
          Thread.ofPlatform()
              .name("load")
              .start(() -> {
                try {
                  report.set(load.run(port, CONNECTIONS, PER_REQUEST, LOAD_TIMEOUT, 0));
                } catch (IOException e) {
                  throw new UncheckedIOException("the load could not be driven", e);
                }
              });
      awaitSickness(gateway);
      Thread.sleep(lifeMillis);
      boolean underLoad = loading.isAlive();
      Duration took = gateway.terminate();
      loading.join();
      if (!underLoad) {
        findings.add("the load of cycle " + cycle + " ended before the stop: " + report.get());
      }
      if (took.compareTo(LIMIT) > 0) {
        findings.add(
            "stop " + cycle + " took " + took.toMillis() + " ms:\n" + gateway.lastOutput());
      }
      out.printf(
          "stop: cycle %d ended %d ms after SIGTERM, %d events acknowledged%n",
          cycle, took.toMillis(), promises.acknowledged() - before);
      out.flush();
    }
  }

  /// Waits until events were taken and every destination but the healthy one has them pending.
  private void awaitSickness(GatewayProcess gateway) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + SICK_TIMEOUT.toNanos();
    while (!isSick(gateway.status())) {
      if (System.nanoTime() > deadline) {
        throw new IOException("no load arrived within " + SICK_TIMEOUT + ": " + gateway.status());
      }
      Thread.sleep(10);
    }
  }

  private static boolean isSick(JsonNode status) {
    for (JsonNode destination : status.path("destinations")) {
      boolean healthy = destination.path("name").asText().equals(HEALTHY);
      if (!healthy
          && (destination.path("pending").asLong() == 0
              || destination.path("delivered").asLong() > 0)) {
        return false;
      }
    }
    return Ledgers.delivered(status, HEALTHY) > 0;
  }

  private void judge(
      GatewayFiles files, Path config, int port, Deliveries healthy, List<SickBackEnd> sick)
      throws IOException, InterruptedException {
    try (GatewayProcess gateway = GatewayProcess.start(files.folder(), config, port)) {
      Reckoning reckoning = new Reckoning(gateway, promises, findings);
      // An orderly stop lets the attempt under way at a healthy destination end, and remembers it.
      BitSet arrived = reckoning.deliveries(HEALTHY, healthy, 0);
      for (SickBackEnd one : sick) {
        // The attempt under way at each stop may be made again, and nothing else.
        BitSet there = reckoning.deliveries(one.name(), one.deliveries(), (long) cycles * BATCH);
        if (!there.equals(arrived)) {
          findings.add(
              there.cardinality()
                  + " events arrived at "
                  + one.name()
                  + ", "
                  + arrived.cardinality()
                  + " at "
                  + HEALTHY);
        }
        out.printf("stop: %s had %d repeats%n", one.name(), one.deliveries().repeats());
      }
      reckoning.metrics(arrived);
      out.printf(
          "stop: %d acknowledged, %d delivered to each of %d, %d findings%n",
          promises.acknowledged(),
          healthy.distinct(),
          sick.size() + 1,
          findings.sentences().size());
      out.flush();
    }
  }

  private static String config(int healthyPort, List<SickBackEnd> sick) {
    StringBuilder text = new StringBuilder("integrations:\n");
    text.append(destination(HEALTHY, healthyPort));
    for (SickBackEnd one : sick) {
      text.append(destination(one.name(), one.port()));
    }
    List<String> names = new ArrayList<>(sick.stream().map(SickBackEnd::name).toList());
    names.add(HEALTHY);
    return text.append("routing: { rules: [ { event_types: [\"NODE_*\"], integrations: ")
        .append(names)
        .append(" } ] }\n")
        .toString();
  }

  private static String destination(String name, int port) {
    return """
      %s:
        kind: elk
        elasticsearch_url: "http://127.0.0.1:%d"
        timeout: 60s
        batch: { max_size: %d, max_age: 20ms }
    """
        .formatted(name, port, BATCH);
  }
}
