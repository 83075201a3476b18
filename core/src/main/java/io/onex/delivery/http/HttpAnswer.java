package io.onex.delivery.http;

import io.onex.bytes.Slice;
import java.util.Map;
import java.util.Optional;

/// One HTTP answer.
///
/// @param status such as 200
/// @param headers lower-case names to the last value of each
/// @param body at most the transport's limit
public record HttpAnswer(int status, Map<String, String> headers, Slice body) {
  public HttpAnswer {
    headers = Map.copyOf(headers);
  }

  /// The value of a header, whose name is given in lower case.
  public Optional<String> header(String lowerCaseName) {
    return Optional.ofNullable(headers.get(lowerCaseName));
  }
}
