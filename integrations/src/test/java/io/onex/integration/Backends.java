package io.onex.integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Commands that start the real systems which the build downloads or which are installed.
public final class Backends {
  private static final Path CLASS_PATH = Path.of("target", "backends", "classpath");

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
            String.join(System.getProperty("path.separator"), jars),
            Path.of("src", "test", "backends", "OpenSearchNode.java").toAbsolutePath().toString(),
            Integer.toString(port),
            Integer.toString(freePort()),
            folder.toString()),
        "http://127.0.0.1:" + port + "/");
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

  /// An installed program; its absence fails the test with the name of the package.
  ///
  /// @param debianPackage that holds it
  public static String installed(String program, String debianPackage) {
    for (String folder : System.getenv("PATH").split(":", -1)) {
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
      return Arrays.asList(
          Files.readString(CLASS_PATH).strip().split(System.getProperty("path.separator"), -1));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the build writes " + CLASS_PATH + " in its generate-test-resources phase", e);
    }
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
