package io.onex.source.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.onex.bytes.Slice;
import io.onex.json.JsonWriter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// A CloudEvent in binary mode: attributes in `ce-` headers, the data as body (CloudEvents 1.0,
/// HTTP protocol binding, section 3.1). It is put together as a structured one.
final class CloudEventHeaders {
  private static final HeaderName SPEC_VERSION = HeaderNames.create("ce-specversion");
  private static final String PREFIX = "ce-";
  private static final int MOST_ATTRIBUTES = 50;

  private CloudEventHeaders() {}

  static boolean present(ServerRequest request) {
    return request.headers().contains(SPEC_VERSION);
  }

  /// The structured form; `data` is JSON or empty.
  static Slice structured(ServerRequest request, Slice data) {
    JsonWriter json = new JsonWriter(512 + data.length());
    json.beginObject();
    int attributes = 0;
    for (Header header : request.headers()) {
      String name = header.name().toLowerCase(Locale.ROOT);
      if (name.startsWith(PREFIX) && attributes < MOST_ATTRIBUTES) {
        json.key(name.substring(PREFIX.length())).text(percentDecoded(header.get()));
        attributes++;
      }
    }
    if (!data.isEmpty()) {
      json.key("data").raw(data);
    }
    return Slice.of(json.endObject().toByteArray());
  }

  /// Header values hold anything beyond printable ASCII as `%XX` (section 3.1.3.2).
  private static String percentDecoded(String value) {
    if (value.indexOf('%') < 0) {
      return value;
    }
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return value;
    }
  }
}
