package io.onex.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The table of who is served: method, path, Host, Origin and Sec-Fetch-Site to a status, 0 for
/// served. `-` is a header that is not there, `|` stands between several of one name.
class BrowserRulesTest {
  private final BrowserRules rules =
      new BrowserRules(() -> Set.of("gateway-1", "gateway-1.example.com", "onex.example.com"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:8420",
        "LOCALHOST:8420",
        "localhost.",
        "localhost.:8420",
        "127.0.0.1",
        "127.0.0.1:8420",
        "127.0.0.1:",
        "127.8.9.1:1",
        "[::1]",
        "[::1]:8420",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1]:80",
        "[FE80::1%25eth0]:8420",
        "192.168.7.9:8420",
        "gateway-1",
        "Gateway-1.Example.COM:8420",
        "onex.example.com.",
        "-"
      })
  void names_that_are_ours_and_literal_addresses_are_served(String host) {
    assertThat(verdict("GET", "/onex/v1/tap", host, "-", "-")).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.test",
        "127.0.0.1.evil.com",
        "127.0.0.1.evil.com:8420",
        "localhost.evil.com",
        "evil.localhost",
        "notlocalhost",
        "localhost..",
        ".localhost",
        "onex.example.com.evil.com",
        "example.com",
        "evil.test:127.0.0.1",
        "127.0.0.1@evil.test",
        "evil.test@127.0.0.1",
        "user:pass@localhost",
        "localhost:8420:80",
        "localhost:port",
        "localhost:99999",
        "localhost:-1",
        "localhost /",
        "localhost/evil",
        "localhost#",
        "localhost?x",
        "127.0.0.1\\evil",
        "[::1",
        "::1",
        "[::1]evil.test",
        "[::1].evil.test",
        "[evil.test]",
        "[]",
        "127.1",
        "0177.0.0.1",
        "0x7f.0.0.1",
        "2130706433",
        "256.0.0.1",
        "1.2.3.4.5",
        "127.0.0.1,evil.test",
        "localhost|evil.test",
        "localhost|localhost",
        "evil.test|localhost",
        "loсalhost",
        "xn--lohost-qof",
        "%6cocalhost"
      })
  void any_other_name_is_misdirected(String host) {
    for (String path : List.of("/", "/metrics", "/onex/v1/tap", "/onex/v1/status", "/nowhere")) {
      assertThat(verdict("GET", path, host, "-", "-")).as(path).isEqualTo(421);
    }
    assertThat(verdict("POST", "/onex/v1/replay", host, "-", "-")).isEqualTo(421);
    assertThat(verdict("OPTIONS", "/v1/events", host, "http://evil.test", "-")).isEqualTo(421);
    assertThat(verdict("POST", "/v1/events", host, "http://evil.test", "-")).isEqualTo(421);
    assertThat(verdict("GET", "/health", host, "-", "-")).isZero();
    assertThat(verdict("GET", "/ready", host, "-", "cross-site")).isZero();
    assertThat(verdict("POST", "/v1/events", host, "-", "-")).as("no browser").isZero();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      textBlock =
          """
          POST,   /v1/events,          localhost:8420,  -,                               -,           0
          POST,   /v1/events,          localhost:8420,  -,                               none,        0
          POST,   /v1/events,          localhost:8420,  http://localhost:8420,           same-origin, 0
          POST,   /v1/events,          localhost:8420,  http://localhost:8420,           -,           0
          POST,   /v1/events,          localhost,       http://localhost,                -,           0
          POST,   /v1/events,          localhost:80,    http://localhost,                -,           0
          POST,   /v1/events,          localhost:443,   https://LOCALHOST,               -,           0
          POST,   /v1/events,          [::1]:8420,      http://[::1]:8420,               -,           0
          POST,   /v1/events,          localhost:8420,  http://localhost:3000,           -,           403
          POST,   /v1/events,          localhost:8420,  http://localhost,                -,           403
          POST,   /v1/events,          localhost:8420,  http://evil.test,                -,           403
          POST,   /v1/events,          localhost:8420,  http://localhost:8420.evil.test, -,           403
          POST,   /v1/events,          localhost:8420,  http://localhost:8420@evil.test, -,           403
          POST,   /v1/events,          localhost:8420,  null,                            -,           403
          POST,   /v1/events,          localhost:8420,  file://,                         -,           403
          POST,   /v1/events,          localhost:8420,  "",                              -,           403
          POST,   /v1/events,          localhost:8420,  http://localhost:8420|null,      -,           403
          POST,   /v1/events,          -,               http://localhost:8420,           -,           403
          POST,   /v1/events,          localhost:8420,  http://evil.test,                cross-site,  403
          POST,   /v1/events,          localhost:8420,  http://localhost:8420,           cross-site,  403
          POST,   /v1/events,          localhost:8420,  http://localhost:3000,           same-site,   403
          POST,   /v1/events,          localhost:8420,  -,                               cross-site,  403
          POST,   /v1/events,          localhost:8420,  -,                               SAME-ORIGIN, 0
          POST,   /v1/events,          localhost:8420,  -,                               same-origin|cross-site, 403
          POST,   /v1/events,          localhost:8420,  -,                               whatever,    403
          POST,   /v1/events,          localhost:8420,  -,                               "",          403
          POST,   /v1/events,          evil.test,       http://evil.test,                same-origin, 421
          POST,   /onex/v1/replay,     localhost:8420,  http://evil.test,                cross-site,  403
          POST,   /onex/v1/replay,     evil.test,       -,                               -,           421
          DELETE, /onex/v1/replay/1,   localhost:8420,  http://evil.test,                -,           403
          PUT,    /v1/events,          localhost:8420,  -,                               cross-site,  403
          PATCH,  /,                   localhost:8420,  -,                               same-site,   403
          GET,    /onex/v1/tap,        localhost:8420,  -,                               cross-site,  403
          GET,    /onex/v1/tap,        localhost:8420,  -,                               same-site,   0
          GET,    /onex/v1/tap,        localhost:8420,  -,                               none,        0
          GET,    /onex/v1/tap,        localhost:8420,  http://evil.test,                -,           0
          GET,    /onex/v1/tap,        localhost:8420,  -,                               whatever,    403
          HEAD,   /onex/v1/dead-letters, localhost:8420, -,                              cross-site,  403
          GET,    /metrics,            localhost:8420,  -,                               cross-site,  403
          GET,    /nowhere,            localhost:8420,  -,                               cross-site,  403
          OPTIONS, /v1/events,         localhost:8420,  http://evil.test,                cross-site,  403
          GET,    /,                   localhost:8420,  -,                               cross-site,  0
          GET,    /health,             evil.test,       http://evil.test,                cross-site,  0
          POST,   /health,             evil.test,       http://evil.test,                cross-site,  403
          GET,    /v1/events,          evil.test,       -,                               -,           421
          POST,   /v1x/events,         evil.test,       -,                               -,           421
          """)
  void pages_of_others_are_refused_and_programs_are_not(
      String method, String path, String host, String origin, String site, int status) {
    assertThat(verdict(method, path, host, origin, site)).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8420/onex/v1/tap, localhost, 0",
    "http://localhost:8420/onex/v1/tap, evil.test, 0",
    "http://evil.test/onex/v1/tap, localhost, 421",
    "HTTP://evil.test, localhost, 421",
    "http://user@localhost/x, localhost, 421",
    "evil://evil.test/x, localhost, 421"
  })
  void a_target_in_absolute_form_goes_before_the_header(String target, String host, int status) {
    assertThat(
            status(
                new BrowserRules.Request(
                    "GET", target, "/x", List.of(host), List.of(), List.of(), Route.Use.DATA)))
        .isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"evil.test, evil.test", "a|b, 'a, b'"})
  void who_is_refused_learns_the_name_that_came_and_where_to_allow_it(String host, String shown) {
    Problem problem = rules.refusal(request("GET", "/metrics", host, "-", "-")).orElseThrow();
    assertThat(problem.message()).contains("\"" + shown + "\"");
    assertThat(problem.hint()).contains("server.allowed_hosts");
    String huge = "x".repeat(5000);
    assertThat(rules.refusal(request("GET", "/", huge, "-", "-")).orElseThrow().message())
        .hasSizeLessThan(200);
  }

  private int verdict(String method, String path, String host, String origin, String site) {
    return status(request(method, path, host, origin, site));
  }

  private int status(BrowserRules.Request request) {
    Optional<Problem> refusal = rules.refusal(request);
    return refusal.map(Problem::status).orElse(0);
  }

  private static BrowserRules.Request request(
      String method, String path, String host, String origin, String site) {
    Route.Use use =
        switch (path) {
          case "/health", "/ready" -> Route.Use.PROBE;
          case "/" -> Route.Use.PAGE;
          default -> Route.Use.DATA;
        };
    return new BrowserRules.Request(
        method, path, path, values(host), values(origin), values(site), use);
  }

  private static List<String> values(String text) {
    return text.equals("-") ? List.of() : Arrays.asList(text.split("\\|", -1));
  }
}
