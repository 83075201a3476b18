package io.onex.bench.run;

import io.onex.bench.gateway.GatewayFiles;
import io.onex.bench.gateway.GatewayProcess;
import io.onex.bench.load.EventSeries;
import io.onex.bench.load.HttpConnection;
import io.onex.bench.load.Load;
import io.onex.bench.oracle.Deliveries;
import io.onex.bench.oracle.Findings;
import io.onex.bench.oracle.Promises;
import io.onex.bench.oracle.Spans;
import io.onex.bench.sink.BulkBackEnd;
import io.onex.bench.sink.SinkServer;
import io.onex.bench.sink.SpanBackEnd;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.SplittableRandom;

/// Kills a gateway under load again and again, then asks whether anything it promised is missing.
///
/// The judge knows only what was sent and answered and what the back ends received; the gateway's
/// own ledger and metrics are compared with that at the end. One kill falls between the STARTs and
/// the ENDs of a set of operations.
public final class CrashRun {
  private static final int BATCH = 100;
  private static final int PER_REQUEST = 50;
  private static final int CONNECTIONS = 4;
  private static final int EVENTS_PER_SECOND = 20_000;
  private static final int SPLIT_OPERATIONS = 500;

  private final int cycles;
  private final long seed;
  private final PrintWriter out;
  private final EventSeries series;
  private final Promises promises = new Promises();
  private final Deliveries deliveries = new Deliveries();
  private final Spans spans = new Spans();
  private final Findings findings = new Findings();

  public CrashRun(int cycles, long seed, PrintWriter out) {
    this.cycles = cycles;
    this.seed = seed;
    this.out = out;
    this.series = new EventSeries(seed);
  }

  /// Runs all cycles.
  ///
  /// @return what is wrong, empty when all promises were kept
  public Findings run() throws IOException, InterruptedException {
    out.printf("crash: %d cycles, seed %d%n", cycles, seed);
    SplittableRandom random = new SplittableRandom(seed);
    try (SinkServer bulk = new SinkServer(new BulkBackEnd(series, deliveries, true));
        SinkServer zipkin = new SinkServer(new SpanBackEnd(spans));
        GatewayFiles files = GatewayFiles.create()) {
      Path config = files.config(config(bulk.port(), zipkin.port()));
      int port = GatewayProcess.freePort();
      Load load = new Load(series, promises, 2L * SPLIT_OPERATIONS);
      splitOperations(files, config, port, random);
      for (int cycle = 1; cycle <= cycles; cycle++) {
        long lifeMillis = 150L + random.nextInt(850);
        GatewayProcess gateway = GatewayProcess.start(files.folder(), config, port);
        Thread killer =
            Thread.ofPlatform()
                .name("killer")
                .start(() -> {
                  try {
                    Thread.sleep(lifeMillis);
                    gateway.kill();
                  } catch (InterruptedException stopped) {
                    gateway.close();
                  }
                });
        Load.Report report =
            load.run(
                port,
                CONNECTIONS,
                PER_REQUEST,
                Duration.ofSeconds(30),
                EVENTS_PER_SECOND / (double) PER_REQUEST);
        killer.join();
        out.printf(
            "crash: cycle %d killed after %d ms, ready in %d ms, %d events acknowledged%n",
            cycle, lifeMillis, gateway.startTime().toMillis(), report.acknowledged());
        out.flush();
      }
      judge(files, config, port);
    }
    return findings;
  }

  /// STARTs are taken, the gateway is killed, and the ENDs come to the next one.
  private void splitOperations(GatewayFiles files, Path config, int port, SplittableRandom random)
      throws IOException, InterruptedException {
    GatewayProcess first = GatewayProcess.start(files.folder(), config, port);
    sendHalf(port, 0);
    Thread.sleep(random.nextInt(300));
    first.kill();
    GatewayProcess second = GatewayProcess.start(files.folder(), config, port);
    sendHalf(port, 1);
    Thread.sleep(random.nextInt(300));
    second.kill();
  }

  private void sendHalf(int port, int half) throws IOException {
    byte[] body = new byte[SPLIT_OPERATIONS * (EventSeries.MAX_BYTES + 1)];
    int end = 0;
    for (int operation = 0; operation < SPLIT_OPERATIONS; operation++) {
      long n = operation * 2L + half;
      promises.sending(n, n + 1);
      end = series.render(n, body, end);
      body[end++] = '\n';
    }
    try (HttpConnection connection = new HttpConnection(port)) {
      HttpConnection.Answer answer =
          connection.post("/v1/events", "application/x-ndjson", body, end);
      if (answer.status() != 202) {
        throw new IOException("the gateway answered " + answer.status() + ": " + answer.text());
      }
    }
    for (int operation = 0; operation < SPLIT_OPERATIONS; operation++) {
      long n = operation * 2L + half;
      promises.acknowledged(n, n + 1);
    }
  }

  private void judge(GatewayFiles files, Path config, int port)
      throws IOException, InterruptedException {
    try (GatewayProcess gateway = GatewayProcess.start(files.folder(), config, port)) {
      Reckoning reckoning = new Reckoning(gateway, promises, findings);
      findings.addAll(spans.findings());
      // Two kills belong to the split operations.
      BitSet arrived = reckoning.deliveries("documents", deliveries, (cycles + 2L) * BATCH);
      if (arrived.isEmpty()) {
        return;
      }
      arrived.stream()
          .filter(n -> (n & 1) == 1 && !spans.has(n >> 1))
          .forEach(n -> findings.add("operation " + (n >> 1) + " ended but has no span"));
      reckoning.ledger("spans", spans.distinct());
      reckoning.metrics(arrived);
      out.printf(
          "crash: %d acknowledged, %d distinct delivered, %d repeats, %d spans, %d findings%n",
          promises.acknowledged(),
          deliveries.distinct(),
          deliveries.repeats(),
          spans.distinct(),
          findings.sentences().size());
      out.flush();
    }
  }

  private static String config(int bulkPort, int zipkinPort) {
    return """
    integrations:
      documents:
        kind: elk
        elasticsearch_url: "http://127.0.0.1:%d"
        batch: { max_size: %d, max_age: 20ms }
      spans:
        kind: zipkin
        url: "http://127.0.0.1:%d"
        batch: { max_size: %d, max_age: 20ms }
    routing:
      rules:
        - event_types: ["NODE_START", "NODE_SUCCESS", "NODE_FAILURE"]
          integrations: ["documents"]
        - event_types: ["OPERATION_ENDED"]
          integrations: ["spans"]
    """
        .formatted(bulkPort, BATCH, zipkinPort, BATCH);
  }
}
