package io.onex.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A collector of spans and an index of documents that read strictly what they get, with Jackson,
/// and remember the traces and event ids of probes only.
final class ProbeReceivers implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_COMPLAINTS = 20;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final Set<String> spans = ConcurrentHashMap.newKeySet();
  private final Set<String> documents = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedQueue<String> complaints = new ConcurrentLinkedQueue<>();

  ProbeReceivers() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/api/v2/spans", exchange -> take(exchange, this::spans, 202));
    server.createContext("/", exchange -> take(exchange, this::bulk, 200));
    server.start();
  }

  private interface Reader {
    String read(byte[] body) throws IOException;
  }

  private void take(HttpExchange exchange, Reader reader, int status) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String answer;
      try {
        answer = exchange.getRequestMethod().equals("POST") ? reader.read(body) : "{}";
      } catch (IOException | RuntimeException e) {
        complain(exchange.getRequestURI() + ": " + e);
        answer = "{}";
      }
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private String spans(byte[] body) throws IOException {
    for (JsonNode span : JSON.readTree(body)) {
      String trace = span.get("traceId").asText();
      if (!trace.matches("[0-9a-f]{32}") || !span.get("id").asText().matches("[0-9a-f]{16}")) {
        complain("a span with ids " + trace + ", " + span.get("id"));
      }
      spans.add(trace);
    }
    return "";
  }

  private String bulk(byte[] body) throws IOException {
    List<String> items = new ArrayList<>();
    int from = 0;
    for (int line = 0; from < body.length; line++) {
      int end = from;
      while (end < body.length && body[end] != '\n') {
        end++;
      }
      JsonNode object = JSON.readTree(body, from, end - from);
      if (!object.isObject()) {
        complain("a line of a bulk request that is no object");
      }
      if (line % 2 == 0) {
        items.add("{\"" + object.fieldNames().next() + "\":{\"status\":201}}");
      } else {
        String id = object.path("event_id").asText();
        if (id.startsWith("probe-")) {
          documents.add(id);
        }
      }
      from = end + 1;
    }
    return "{\"errors\":false,\"items\":[" + String.join(",", items) + "]}";
  }

  private void complain(String what) {
    if (complaints.size() < MOST_COMPLAINTS) {
      complaints.add(what.substring(0, Math.min(300, what.length())));
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  boolean hasSpan(String trace) {
    return spans.contains(trace);
  }

  boolean hasDocument(String eventId) {
    return documents.contains(eventId);
  }

  /// What was wrong with what came.
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
