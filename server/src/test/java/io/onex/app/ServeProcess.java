package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `onex serve` in a Java process of its own, with the class path of this test.
final class ServeProcess implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("serves (http://\\S+)");
  private static final Duration START = Duration.ofSeconds(60);

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final Path output;
  private URI address = URI.create("http://127.0.0.1:1");

  /// Starts it and waits until it is ready.
  ///
  /// @param folder for its configuration, its data and what it prints
  /// @param jvm options of the Java process
  ServeProcess(Path folder, List<String> jvm, String yaml) throws IOException {
    output = folder.resolve("output");
    Path config = Files.writeString(folder.resolve("onex.yaml"), yaml);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.addAll(List.of("-Xmx160m", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("serve", "--listen", "127.0.0.1:0", "--config", config.toString()));
    command.addAll(List.of("--data", folder.resolve("data").toString()));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    await()
        .atMost(START)
        .failFast(() -> assertThat(process.isAlive()).as(output()).isTrue())
        .untilAsserted(() -> {
          Matcher printed = ADDRESS.matcher(output());
          assertThat(printed.find()).as(output()).isTrue();
          address = URI.create(printed.group(1));
          assertThat(get("/ready").statusCode()).isEqualTo(200);
        });
  }

  /// All it has printed and logged.
  String output() throws IOException {
    return Files.readString(output);
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(address.resolve(path)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  URI uri(String path) {
    return address.resolve(path);
  }

  /// Sends SIGTERM and waits until it has ended.
  ///
  /// @return its exit status
  int terminate() throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).as("ended after SIGTERM").isTrue();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    client.close();
  }
}
