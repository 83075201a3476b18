package io.onex.integration.elk;

import io.onex.bytes.Slice;
import io.onex.delivery.http.Authorization;
import io.onex.delivery.http.BaseUrl;
import io.onex.delivery.http.HttpAnswer;
import io.onex.delivery.http.HttpCall;
import io.onex.delivery.http.HttpTransport;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The HTTP API of one Elasticsearch or OpenSearch address.
final class SearchEngine {
  private static final String JSON = "application/json";
  private static final String NDJSON = "application/x-ndjson";

  private final HttpTransport http;
  private final BaseUrl url;
  private final Optional<Authorization> authorization;
  private final Duration timeout;

  SearchEngine(
      HttpTransport http, BaseUrl url, Optional<Authorization> authorization, Duration timeout) {
    this.http = http;
    this.url = url;
    this.authorization = authorization;
    this.timeout = timeout;
  }

  HttpAnswer get(String path) throws IOException, InterruptedException {
    return exchange("GET", path, Map.of("Accept", JSON), List.of());
  }

  HttpAnswer put(String path, Slice body) throws IOException, InterruptedException {
    return exchange("PUT", path, Map.of("Accept", JSON, "Content-Type", JSON), List.of(body));
  }

  /// Posts newline-delimited JSON.
  HttpAnswer post(String path, List<Slice> ndjson, boolean gzip)
      throws IOException, InterruptedException {
    Map<String, String> headers = new HashMap<>();
    headers.put("Accept", JSON);
    headers.put("Content-Type", NDJSON);
    if (gzip) {
      headers.put("Content-Encoding", "gzip");
    }
    return exchange("POST", path, headers, ndjson);
  }

  String where() {
    return url.where();
  }

  private HttpAnswer exchange(
      String method, String path, Map<String, String> headers, List<Slice> body)
      throws IOException, InterruptedException {
    Map<String, String> all = new HashMap<>(headers);
    authorization.ifPresent(value -> value.addTo(all));
    return http.exchange(new HttpCall(method, url.at(path), all, body, timeout));
  }
}
