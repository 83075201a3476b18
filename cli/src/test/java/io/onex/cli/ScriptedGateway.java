package io.onex.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Commands run in this process against a real socket on which a test answers.
final class ScriptedGateway implements AutoCloseable {
  final StringWriter out = new StringWriter();
  final StringWriter err = new StringWriter();
  private final HttpServer server;

  ScriptedGateway(HttpHandler answer) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException("no port to listen on", e);
    }
    server.createContext("/", answer);
    server.start();
  }

  /// Such as `127.0.0.1:8080`.
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /// Runs words as they stand; answers the exit status.
  int runPlainly(String... words) {
    return Main.run(new PrintWriter(out), new PrintWriter(err), words);
  }

  /// Runs words that ask this gateway.
  int run(List<String> words) {
    List<String> all = new ArrayList<>(words);
    all.add("--gateway=http://" + address());
    return runPlainly(all.toArray(String[]::new));
  }

  /// The words of a command line; `FILE` is one below `folder` that holds an event.
  static List<String> words(String command, Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("events"), "{}\n");
    List<String> words = new ArrayList<>();
    for (String word : command.split(" ", -1)) {
      words.add(word.equals("FILE") ? file.toString() : word);
    }
    return words;
  }

  /// Sends an answer and ends the exchange.
  static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
