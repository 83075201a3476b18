package io.onex.testkit.backend;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Commands that start the real systems which the build downloads or which are installed.
///
/// For tests of the modules beside `testkit`, whose build downloads the systems and writes down
/// where they are.
public final class Backends {
  private static final Path TESTKIT = Path.of("..", "testkit");
  private static final Path CLASS_PATH = TESTKIT.resolve("target/backends/classpath");

  private Backends() {}

  /// A port nobody listens on at the moment.
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// @param folder where the node keeps its data
  public static RunningProgram openSearch(int port, Path folder) {
    List<String> jars = new ArrayList<>(classPath());
    jars.removeIf(jar -> jar.contains("zipkin"));
    return RunningProgram.start(
        "opensearch",
        List.of(
            java(),
            "-Xmx512m",
            "-cp",
            String.join(File.pathSeparator, jars),
            TESTKIT.resolve("src/backends/OpenSearchNode.java").toAbsolutePath().toString(),
            Integer.toString(port),
            Integer.toString(freePort()),
            folder.toString()),
        "http://127.0.0.1:" + port + "/");
  }

  /// @param folder where the node is unpacked and keeps its data; anybody may enter its parents
  public static RunningProgram elasticsearch(int port, Path folder) {
    return RunningProgram.start(
        "elasticsearch",
        ElasticsearchNode.command(
            TESTKIT.resolve("target/backends/elasticsearch.zip"), folder, port, freePort()),
        // This distribution has no handler of GET /.
        "http://127.0.0.1:" + port + "/_cluster/health");
  }

  public static RunningProgram zipkin(int port) {
    String jar =
        classPath().stream()
            .filter(path -> path.contains("zipkin-server"))
            .findFirst()
            .orElseThrow();
    return RunningProgram.start(
        "zipkin",
        List.of(java(), "-Xmx256m", "-DQUERY_PORT=" + port, "-jar", jar),
        "http://127.0.0.1:" + port + "/health");
  }

  /// A Prometheus that scrapes these jobs every second; the port of each is on this machine.
  ///
  /// @param folder where it keeps its configuration and data
  public static RunningProgram prometheus(int port, Path folder, Map<String, Integer> jobs) {
    StringBuilder config = new StringBuilder("global: {scrape_interval: 1s}\nscrape_configs:\n");
    jobs.forEach((job, target) ->
        config
            .append("  - job_name: ")
            .append(job)
            .append("\n    honor_labels: true\n    static_configs: [{targets: [\"127.0.0.1:")
            .append(target)
            .append("\"]}]\n"));
    Path file = folder.resolve("prometheus.yml");
    try {
      Files.writeString(file, config);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
    return RunningProgram.start(
        "prometheus",
        List.of(
            installed("prometheus", "prometheus"),
            "--config.file=" + file,
            "--storage.tsdb.path=" + folder.resolve("tsdb"),
            "--web.listen-address=127.0.0.1:" + port),
        "http://127.0.0.1:" + port + "/-/ready");
  }

  public static RunningProgram pushgateway(int port) {
    return RunningProgram.start(
        "pushgateway",
        List.of(
            installed("prometheus-pushgateway", "prometheus-pushgateway"),
            "--web.listen-address=127.0.0.1:" + port),
        "http://127.0.0.1:" + port + "/-/ready");
  }

  /// An installed program; its absence fails the test with the name of the package.
  ///
  /// @param debianPackage that holds it
  public static String installed(String program, String debianPackage) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      Path file = Path.of(folder, program);
      if (Files.isExecutable(file)) {
        return file.toString();
      }
    }
    throw new AssertionError(
        program + " is not on the PATH; install the Debian package " + debianPackage);
  }

  private static List<String> classPath() {
    try {
      return Arrays.asList(Files.readString(CLASS_PATH).strip().split(File.pathSeparator, -1));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the build writes " + CLASS_PATH + " in its generate-test-resources phase", e);
    }
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
