package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;

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
}
