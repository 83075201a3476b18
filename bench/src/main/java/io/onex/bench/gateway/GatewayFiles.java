package io.onex.bench.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The folder of one run: configuration in, data and output of the gateway; removed at the end.
///
/// @param folder absolute
public record GatewayFiles(Path folder) implements AutoCloseable {
  public static GatewayFiles create() throws IOException {
    return new GatewayFiles(Files.createTempDirectory("onex-bench").toAbsolutePath());
  }

  /// Writes a configuration.
  public Path config(String yaml) throws IOException {
    return Files.writeString(folder.resolve("onex.yaml"), yaml);
  }

  @Override
  public void close() throws IOException {
    List<Path> all = new ArrayList<>();
    try (Stream<Path> tree = Files.walk(folder)) {
      tree.sorted(Comparator.reverseOrder()).forEach(all::add);
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }
}
