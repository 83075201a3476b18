package io.onex.testkit.backend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// Unpacks and configures one Elasticsearch node.
///
/// Elasticsearch refuses to run as root, so that then it gets a folder of the user `nobody` and
/// runs as that user.
final class ElasticsearchNode {
  private static final int ROOT = 0;
  private static final int NOBODY = 65_534;

  private ElasticsearchNode() {}

  /// The command that runs the node.
  ///
  /// @param zip its distribution
  /// @param folder for all its files
  static List<String> command(Path zip, Path folder, int httpPort, int transportPort) {
    try {
      Path home = unpack(zip, folder);
      Files.writeString(
          home.resolve("config/elasticsearch.yml"), settings(httpPort, transportPort));
      List<String> command = new ArrayList<>();
      if ((int) Files.getAttribute(folder, "unix:uid") == ROOT) {
        giveAway(folder);
        command.add(Backends.installed("setpriv", "util-linux"));
        command.addAll(List.of("--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
      }
      command.addAll(
          List.of(
              "env",
              "ES_JAVA_HOME=" + System.getProperty("java.home"),
              "ES_JAVA_OPTS=-Xms384m -Xmx384m",
              "HOME=" + folder,
              "bash",
              home.resolve("bin/elasticsearch").toString()));
      return command;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack " + zip, e);
    }
  }

  private static String settings(int httpPort, int transportPort) {
    return """
    http.port: %d
    transport.port: %d
    network.host: 127.0.0.1
    discovery.type: single-node
    cluster.routing.allocation.disk.threshold_enabled: false
    xpack.security.enabled: false
    """
        .formatted(httpPort, transportPort);
  }

  /// Unpacks everything.
  ///
  /// @return the one folder that is in it
  private static Path unpack(Path zip, Path folder) throws IOException {
    Path home = folder;
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
          throw new IOException(zip + " has an entry outside of its folder: " + entry.getName());
        }
        home = folder.resolve(folder.relativize(target).getName(0));
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(in, target);
        }
      }
    }
    return home;
  }

  private static void giveAway(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path one : all.toList()) {
        Files.setAttribute(one, "unix:uid", NOBODY);
        Files.setAttribute(one, "unix:gid", NOBODY);
      }
    }
  }
}
