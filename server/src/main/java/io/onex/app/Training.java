package io.onex.app;

import io.onex.app.demo.DemoFleet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// Gives a gateway a little of everything to do.
///
/// The cache keeps the profiles of the methods that were busy, so that a gateway that starts under
/// load is compiled for it sooner.
final class Training {
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(5);
  private static final int FLEETS = 3;

  /// More than the fleets can post.
  private static final double RUNS_PER_SECOND = 10_000;

  private Training() {}

  static void run(URI gateway) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      List<DemoFleet> fleets = new ArrayList<>();
      for (int seed = 0; seed < FLEETS; seed++) {
        fleets.add(DemoFleet.start(gateway, new SystemClock(), new Random(seed), RUNS_PER_SECOND));
      }
      Thread.sleep(LONG_ENOUGH);
      fleets.forEach(DemoFleet::close);
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
