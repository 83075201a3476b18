package io.onex.bench.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.onex.bench.load.HttpConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A gateway in a process of its own, started by the launcher as a user would start it.
public final class GatewayProcess implements AutoCloseable {
  private static final Duration START_TIMEOUT = Duration.ofMinutes(1);

  private final Process process;
  private final int port;
  private final Path output;
  private final Duration startTime;

  private GatewayProcess(Process process, int port, Path output, Duration startTime) {
    this.process = process;
    this.port = port;
    this.output = output;
    this.startTime = startTime;
  }

  /// A port nobody listens on.
  public static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  /// Starts a gateway and waits until it is ready.
  ///
  /// @param folder holds its data and its output
  public static GatewayProcess start(Path folder, Path config, int port)
      throws IOException, InterruptedException {
    Path home = Path.of(System.getenv().getOrDefault("ONEX_HOME", "."));
    Path output = folder.resolve("gateway.log");
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                home.resolve("onex").toString(),
                "serve",
                "--config",
                config.toString(),
                "--data",
                folder.resolve("data").toString(),
                "--listen",
                "127.0.0.1:" + port));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    long from = System.nanoTime();
    Process process = builder.start();
    GatewayProcess gateway = new GatewayProcess(process, port, output, Duration.ZERO);
    while (!gateway.answersReady()) {
      if (!process.isAlive()) {
        throw new IOException("the gateway ended at its start:\n" + gateway.lastOutput());
      }
      if (System.nanoTime() - from > START_TIMEOUT.toNanos()) {
        process.destroyForcibly();
        throw new IOException(
            "the gateway was not ready after " + START_TIMEOUT + ":\n" + gateway.lastOutput());
      }
      Thread.sleep(5);
    }
    return new GatewayProcess(process, port, output, Duration.ofNanos(System.nanoTime() - from));
  }

  private boolean answersReady() {
    try (HttpConnection connection = new HttpConnection(port)) {
      return connection.get("/ready").status() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  public int port() {
    return port;
  }

  public long pid() {
    return process.pid();
  }

  /// From the start of the launcher to the first positive answer of `/ready`.
  public Duration startTime() {
    return startTime;
  }

  /// What `/onex/v1/status` says.
  public JsonNode status() throws IOException {
    return JsonMapper.builder().build().readTree(get("/onex/v1/status"));
  }

  public String get(String path) throws IOException {
    try (HttpConnection connection = new HttpConnection(port)) {
      HttpConnection.Answer answer = connection.get(path);
      if (answer.status() != 200) {
        throw new IOException(
            "GET " + path + " answered " + answer.status() + ": " + answer.text());
      }
      return answer.text();
    }
  }

  /// Ends the process at once, as `kill -9` does.
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /// Asks the process to end and waits.
  ///
  /// @return how long it took
  public Duration terminate() throws InterruptedException {
    long from = System.nanoTime();
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      kill();
    }
    return Duration.ofNanos(System.nanoTime() - from);
  }

  public String lastOutput() throws IOException {
    List<String> lines = Files.readAllLines(output);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
