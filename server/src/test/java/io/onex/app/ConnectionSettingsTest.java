package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.config.ConfigLoader;
import io.onex.config.ServerConfig;
import io.onex.delivery.IntegrationCatalog;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionSettingsTest {
  @ParameterizedTest
  @CsvSource({
    "1024, 8589934592, 256",
    "256, 8589934592, 16",
    "20000, 377487360, 2304",
    "1048576, 8589934592, 52428",
    "9223372036854775807, 8589934592, 52428"
  })
  void places_are_no_more_than_open_files_and_a_quarter_of_the_heap_allow(
      long files, long heapBytes, int places) {
    assertThat(ConnectionSettings.possible(files, heapBytes)).isEqualTo(places);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 20000, 10000, false",
    "'', 256, 256, false",
    "300, 256, 256, true",
    "10000, 256, 256, true",
    "256, 256, 256, false",
    "20000, 52428, 20000, false"
  })
  void only_a_number_that_somebody_configured_is_said_to_be_cut(
      String configured, int possible, int limit, boolean said) throws Exception {
    String yaml = configured.isEmpty() ? "warn_depth: 10" : "max_connections: " + configured;
    ServerConfig config =
        new ConfigLoader(IntegrationCatalog.load().kinds(), _ -> Optional.empty())
            .read("test.yaml", "server: {" + yaml + "}", Path.of("."))
            .orThrow()
            .server();

    assertThat(ConnectionSettings.of(config, possible).most()).isEqualTo(limit);
    assertThat(ConnectionSettings.cut(config, possible).isPresent()).isEqualTo(said);
  }
}
