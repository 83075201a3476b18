package io.onex.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Asks a gateway for a little of everything.
final class Training {
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(2);

  private Training() {}

  static void run(URI gateway) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      Thread.sleep(LONG_ENOUGH);
      for (String path : List.of("/ready", "/health", "/metrics", "/onex/v1/status", "/")) {
        HttpRequest request = HttpRequest.newBuilder(gateway.resolve(path)).build();
        var _ = client.send(request, HttpResponse.BodyHandlers.discarding());
      }
    }
  }

  static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    }
  }
}
