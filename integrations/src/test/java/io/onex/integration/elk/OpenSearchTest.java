package io.onex.integration.elk;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.delivery.Integration;
import io.onex.delivery.Integration.Probe;
import io.onex.testkit.backend.Backends;
import io.onex.testkit.backend.RunningProgram;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Against a real OpenSearch node.
class OpenSearchTest extends SearchEngineContract {
  OpenSearchTest() {
    super("{\"type\":\"flat_object\"}");
  }

  @Override
  RunningProgram start(int port, Path folder) {
    return Backends.openSearch(port, folder);
  }

  @Test
  void the_probe_tells_which_engine_answers() throws Exception {
    try (Integration integration = integration("probe")) {
      assertThat(integration.probe()).isEqualTo(new Probe.Reachable("OpenSearch 3.8.0"));
    }
  }
}
