package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `onex serve` in a process of its own, again and again on one data folder.
final class AttackedGateway implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("serves (http://\\S+)");
  private static final Duration START = Duration.ofSeconds(60);

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final Path folder;
  private final List<String> jvm;
  private Process process;
  private Path output;
  private URI address = URI.create("http://127.0.0.1:1");
  private int lives;

  /// @param jvm options of the Java process
  AttackedGateway(Path folder, List<String> jvm, String yaml) throws IOException {
    this.folder = folder;
    this.jvm = List.copyOf(jvm);
    Files.writeString(folder.resolve("onex.yaml"), yaml);
    start();
  }

  void start() throws IOException {
    output = folder.resolve("output-" + ++lives);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("serve", "--listen", "127.0.0.1:0"));
    command.addAll(List.of("--config", folder.resolve("onex.yaml").toString()));
    command.addAll(List.of("--data", folder.resolve("data").toString()));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
  }

  /// Waits until it is ready.
  void awaitReady() {
    await()
        .atMost(START)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptionsMatching(e -> e instanceof IOException)
        .failFast(() -> assertThat(process.isAlive()).as(tail()).isTrue())
        .untilAsserted(() -> {
          Matcher printed = ADDRESS.matcher(output());
          assertThat(printed.find()).as(tail()).isTrue();
          address = URI.create(printed.group(1));
          assertThat(get("/ready").statusCode()).isEqualTo(200);
        });
  }

  int lives() {
    return lives;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// The exit status once it has ended.
  int awaitEnd(Duration longest) throws InterruptedException {
    assertThat(process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    return process.exitValue();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /// SIGTERM.
  void stop() throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("ended after SIGTERM").isTrue();
  }

  HttpResponse<String> post(byte[] body) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(address.resolve("/v1/events"))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(address.resolve(path)).timeout(Duration.ofSeconds(30)).build(),
        BodyHandlers.ofString());
  }

  /// All that this life has printed and logged.
  String output() throws IOException {
    return new String(Files.readAllBytes(output), java.nio.charset.StandardCharsets.UTF_8);
  }

  String tail() {
    try {
      String all = output();
      return all.substring(Math.max(0, all.length() - 4_000));
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    client.close();
  }
}
