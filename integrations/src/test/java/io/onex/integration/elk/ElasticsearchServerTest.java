package io.onex.integration.elk;

import io.onex.testkit.backend.Backends;
import io.onex.testkit.backend.RunningProgram;
import java.nio.file.Path;

/// Against a real Elasticsearch node, of the distribution that is made for tests of plugins: it has
/// no handler of `GET /`, so that the probe is not judged here.
class ElasticsearchServerTest extends SearchEngineContract {
  ElasticsearchServerTest() {
    super("{\"type\":\"flattened\",\"depth_limit\":64,\"ignore_above\":1024}");
  }

  @Override
  RunningProgram start(int port, Path folder) {
    return Backends.elasticsearch(port, folder);
  }
}
