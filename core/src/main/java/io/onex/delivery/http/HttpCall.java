package io.onex.delivery.http;

import io.onex.bytes.Slice;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// One HTTP request.
///
/// @param method such as `POST`
/// @param headers names to values; the transport adds `Host`, `Content-Length` and `User-Agent`
/// @param body spliced together on the wire; empty for none
/// @param timeout from the start of the exchange to the last byte of the answer
public record HttpCall(
    String method, URI uri, Map<String, String> headers, List<Slice> body, Duration timeout) {
  public HttpCall {
    headers = Map.copyOf(headers);
    body = List.copyOf(body);
  }
}
