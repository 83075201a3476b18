package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.testkit.FakeBackend;
import io.onex.testkit.backend.Backends;
import io.onex.testkit.backend.RunningProgram;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole gateway whose `/metrics` a real Prometheus scrapes and whose pushes a real Pushgateway
/// takes, compared with what was sent as Prometheus answers it.
///
/// The seed's own configuration is in [SeedConfigurationTest].
@Tag("installed-program")
class RealPrometheusTest {
  @TempDir private Path folder;

  @Test
  void prometheus_answers_what_was_sent_although_the_other_back_ends_are_dead() throws Exception {
    SentDemo demo = SentDemo.of(41, 120);
    int port = Backends.freePort();
    FakeBackend dead = FakeBackend.answering(503);
    try (RunningProgram _ = Backends.pushgateway(port);
        TestGateway gateway =
            new TestGateway(
                folder,
                Map.of(
                    "OPENSEARCH",
                    dead.url().toString(),
                    "ZIPKIN",
                    dead.url().toString(),
                    "PROMETHEUS",
                    "http://127.0.0.1:" + port,
                    "PUSHGATEWAY",
                    "http://127.0.0.1:" + port))) {
      gateway.start(RealBackEndsTest.ownConfiguration());
      demo.post(gateway);
      ShownMetrics.compare(demo, gateway, port, folder);
      assertThat(gateway.destination("prometheus").get("balanced").asBoolean()).isTrue();
      assertThat(gateway.destination("documents").get("delivered").asLong()).isZero();
    } finally {
      dead.close();
    }
  }
}
