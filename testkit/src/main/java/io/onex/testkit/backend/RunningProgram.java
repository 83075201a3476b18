package io.onex.testkit.backend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/// A program that a test started and that ends with the test.
public final class RunningProgram implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofMinutes(2);

  private final String name;
  private final Process process;
  private final Path log;
  private final Thread stopWithTheJvm;

  private RunningProgram(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.stopWithTheJvm = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(stopWithTheJvm);
  }

  /// Starts a program and waits until it answers 200.
  ///
  /// @param name for its log, `target/backends/NAME.log`
  /// @param readyUrl answers 200 when it serves
  public static RunningProgram start(String name, List<String> command, String readyUrl) {
    try {
      Path log = Path.of("target", "backends", name + ".log");
      Files.createDirectories(log.getParent());
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      RunningProgram program = new RunningProgram(name, process, log);
      program.awaitReady(readyUrl);
      return program;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + name, e);
    }
  }

  private void awaitReady(String url) {
    try {
      Awaitility.await()
          .atMost(LONGEST_START)
          .pollInterval(Duration.ofMillis(200))
          .until(() -> !process.isAlive() || answers(url));
    } catch (RuntimeException e) {
      close();
      throw new AssertionError(name + " did not answer in time; its log: " + tail(), e);
    }
    if (!process.isAlive()) {
      close();
      throw new AssertionError(name + " ended at its start; its log: " + tail());
    }
  }

  private static boolean answers(String url) {
    try {
      HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
      connection.setConnectTimeout(1_000);
      connection.setReadTimeout(2_000);
      return connection.getResponseCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private String tail() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      Runtime.getRuntime().removeShutdownHook(stopWithTheJvm);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
