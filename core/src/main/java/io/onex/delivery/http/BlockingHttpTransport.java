package io.onex.delivery.http;

import io.onex.event.Slice;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The one HTTP client of a destination: HTTP/1.1, connections kept and reused, no redirects, no
/// hidden retry after a request was sent.
///
/// Safe for use by many threads; each blocks for its own exchange and is meant to be virtual.
/// Errors name the host and port, never the path or query of an address, because tokens hide there.
public final class BlockingHttpTransport implements HttpTransport {
  private final HttpSettings settings;
  private final ExecutorService executor;
  private final HttpClient client;

  /// @throws IOException when a file that the TLS settings name cannot be used
  public BlockingHttpTransport(HttpSettings settings) throws IOException {
    this.settings = settings;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.connectTimeout())
            .sslContext(TlsContext.of(settings.tls()));
    this.executor = Executors.newVirtualThreadPerTaskExecutor();
    this.client = builder.executor(executor).build();
  }

  @Override
  public HttpAnswer exchange(HttpCall call) throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<Slice>> exchange =
        client.sendAsync(request(call), info -> new LimitedBody(settings.maxAnswerBytes()));
    try {
      return answer(exchange.get(call.timeout().toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      throw new HttpTimeoutException(
          "no complete answer from " + where(call.uri()) + " within " + call.timeout());
    } catch (ExecutionException e) {
      throw failure(call.uri(), e.getCause() == null ? e : e.getCause());
    } finally {
      // Whatever ended the wait, the connection must not go on by itself.
      exchange.cancel(true);
    }
  }

  /// Aborts exchanges under way and closes all connections.
  @Override
  public void close() {
    client.shutdownNow();
    executor.shutdownNow();
    client.close();
    executor.close();
  }

  private HttpRequest request(HttpCall call) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(call.uri()).method(call.method(), SplicedBody.of(call.body()));
    boolean named = false;
    for (Map.Entry<String, String> header : call.headers().entrySet()) {
      request.setHeader(header.getKey(), header.getValue());
      named |= header.getKey().equalsIgnoreCase("User-Agent");
    }
    if (!named) {
      request.setHeader("User-Agent", settings.userAgent());
    }
    return request.build();
  }

  private static HttpAnswer answer(HttpResponse<Slice> response) {
    Map<String, String> headers = new HashMap<>();
    for (Map.Entry<String, List<String>> header : response.headers().map().entrySet()) {
      headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue().getLast());
    }
    return new HttpAnswer(response.statusCode(), headers, response.body());
  }

  private static IOException failure(URI uri, Throwable cause) {
    String said = cause.getMessage();
    // The client gives a refused connection no words.
    String why =
        said != null
            ? said
            : cause instanceof ConnectException
                ? "nothing accepts connections there"
                : cause.getClass().getSimpleName();
    return new IOException("exchange with " + where(uri) + " failed: " + why, cause);
  }

  private static String where(URI uri) {
    return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
  }
}
