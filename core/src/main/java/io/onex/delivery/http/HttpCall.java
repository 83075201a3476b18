package io.onex.delivery.http;

import io.onex.bytes.Slice;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One HTTP request.
///
/// @param method such as `POST`
/// @param headers names to values; the transport adds `Host`, `User-Agent`, and `Content-Length` or
///   `Transfer-Encoding`
/// @param body spliced together on the wire; empty for none
/// @param pieces of the body when its length is not known before it is sent
/// @param timeout from the start of the exchange to the last byte of the answer
public record HttpCall(
    String method,
    URI uri,
    Map<String, String> headers,
    List<Slice> body,
    Optional<Pieces> pieces,
    Duration timeout) {
  public HttpCall {
    headers = Map.copyOf(headers);
    body = List.copyOf(body);
  }

  /// With a body that is there.
  public HttpCall(
      String method, URI uri, Map<String, String> headers, List<Slice> body, Duration timeout) {
    this(method, uri, headers, body, Optional.empty(), timeout);
  }

  /// With a body that is made while it is sent.
  public HttpCall(
      String method, URI uri, Map<String, String> headers, Pieces pieces, Duration timeout) {
    this(method, uri, headers, List.of(), Optional.of(pieces), timeout);
  }
}
