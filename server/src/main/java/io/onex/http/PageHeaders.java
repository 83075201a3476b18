package io.onex.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/// What a page tells the browser that shows it: to run and load nothing but what comes from here,
/// to be framed by nobody, to take the body for what it is called, and to tell nobody where it was.
///
/// Source: OWASP ASVS 5.0, section 3.4.
public final class PageHeaders {
  private static final List<Header> ALL =
      List.of(
          header(
              "Content-Security-Policy",
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                  + " connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action"
                  + " 'self'"),
          header("X-Content-Type-Options", "nosniff"),
          header("Referrer-Policy", "no-referrer"),
          header("Cross-Origin-Opener-Policy", "same-origin"));

  private PageHeaders() {}

  public static void addTo(ServerResponse response) {
    ALL.forEach(response::header);
  }

  private static Header header(String name, String value) {
    return HeaderValues.create(HeaderNames.create(name), value);
  }
}
