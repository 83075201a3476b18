package io.onex.delivery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.onex.config.TlsConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {
  @TempDir private Path directory;
  private HttpsServer server;
  private final AtomicReference<String> clientName = new AtomicReference<>("");
  private final AtomicReference<List<SNIServerName>> askedFor = new AtomicReference<>(List.of());

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void both_sides_prove_themselves_with_keys_of_each_algorithm(String algorithm) throws Exception {
    TestCertificate backEnd = TestCertificate.make(directory, "backend", algorithm, "localhost");
    TestCertificate gateway = TestCertificate.make(directory, "gateway", algorithm, "gateway");
    serve(backEnd, Optional.of(gateway));

    TlsConfig settings =
        new TlsConfig(
            Optional.of(backEnd.certFile()),
            Optional.of(gateway.certFile()),
            Optional.of(gateway.keyFile()),
            Optional.empty());

    assertThat(get(settings, "localhost").status()).isEqualTo(200);
    assertThat(clientName.get()).isEqualTo("CN=gateway");
  }

  @Test
  void a_certificate_of_an_unknown_authority_is_not_trusted() throws Exception {
    serve(TestCertificate.make(directory, "backend", "EC", "localhost"), Optional.empty());

    assertThatThrownBy(() -> get(TlsConfig.DEFAULT, "localhost"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("localhost");
  }

  @Test
  void a_certificate_for_another_name_is_not_trusted() throws Exception {
    TestCertificate backEnd = TestCertificate.make(directory, "backend", "EC", "elsewhere.test");
    serve(backEnd, Optional.empty());

    assertThatThrownBy(() -> get(trusting(backEnd, Optional.empty()), "localhost"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void server_name_replaces_the_host_in_the_question_and_in_the_check() throws Exception {
    TestCertificate backEnd = TestCertificate.make(directory, "backend", "EC", "elsewhere.test");
    serve(backEnd, Optional.empty());

    HttpAnswer answer = get(trusting(backEnd, Optional.of("elsewhere.test")), "localhost");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(askedFor.get().toString()).contains("elsewhere.test").doesNotContain("localhost");
  }

  @Test
  void with_server_name_the_host_of_the_address_no_longer_suffices() throws Exception {
    TestCertificate backEnd = TestCertificate.make(directory, "backend", "EC", "localhost");
    serve(backEnd, Optional.empty());

    assertThatThrownBy(() -> get(trusting(backEnd, Optional.of("elsewhere.test")), "localhost"))
        .isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void a_key_of_another_certificate_is_refused_before_it_is_used(String algorithm)
      throws Exception {
    TestCertificate old = TestCertificate.make(directory, "old", algorithm, "localhost");
    for (String other : Set.of(algorithm, "EC".equals(algorithm) ? "Ed25519" : "EC")) {
      TestCertificate renewed = TestCertificate.make(directory, "new-" + other, other, "localhost");
      assertThatThrownBy(() ->
              TlsContext.of(
                  new TlsConfig(
                      Optional.empty(),
                      Optional.of(renewed.certFile()),
                      Optional.of(old.keyFile()),
                      Optional.empty())))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is not the key of " + renewed.certFile());
    }
  }

  @Test
  void a_missing_file_is_named() {
    Path missing = directory.resolve("nowhere.pem");

    assertThatThrownBy(() ->
            TlsContext.of(
                new TlsConfig(
                    Optional.of(missing), Optional.empty(), Optional.empty(), Optional.empty())))
        .isInstanceOf(IOException.class)
        .hasMessage("no such file: " + missing);
  }

  @Test
  void an_older_key_form_is_refused_with_the_command_that_converts_it() throws IOException {
    Path key = directory.resolve("old.pem");
    Files.writeString(
        key, "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");

    assertThatThrownBy(() -> Pem.privateKey(key))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt")
        .message()
        .doesNotContain("AAAA");
  }

  @Test
  void a_certificate_without_its_key_is_refused_at_once() {
    assertThatThrownBy(() ->
            new TlsConfig(
                Optional.empty(),
                Optional.of(Path.of("cert.pem")),
                Optional.empty(),
                Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("only cert_file is set");
  }

  private static TlsConfig trusting(TestCertificate authority, Optional<String> serverName) {
    return new TlsConfig(
        Optional.of(authority.certFile()), Optional.empty(), Optional.empty(), serverName);
  }

  private HttpAnswer get(TlsConfig settings, String host) throws Exception {
    try (BlockingHttpTransport transport =
        new BlockingHttpTransport(HttpSettings.DEFAULT.withTls(settings))) {
      URI uri = URI.create("https://" + host + ":" + server.getAddress().getPort() + "/");
      return transport.exchange(
          new HttpCall("GET", uri, Map.of(), List.of(), Duration.ofSeconds(10)));
    }
  }

  private void serve(TestCertificate own, Optional<TestCertificate> trusted) throws Exception {
    SSLContext context =
        TlsContext.of(
            new TlsConfig(
                trusted.map(TestCertificate::certFile),
                Optional.of(own.certFile()),
                Optional.of(own.keyFile()),
                Optional.empty()));
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters tls = context.getDefaultSSLParameters();
            tls.setNeedClientAuth(trusted.isPresent());
            parameters.setSSLParameters(tls);
          }
        });
    server.createContext(
        "/",
        exchange -> {
          if (exchange instanceof com.sun.net.httpserver.HttpsExchange tls
              && tls.getSSLSession() instanceof ExtendedSSLSession session) {
            askedFor.set(session.getRequestedServerNames());
            if (trusted.isPresent()) {
              clientName.set(session.getPeerPrincipal().getName());
            }
          }
          BlockingHttpTransportTest.answer(exchange, 200, "ok");
        });
    server.start();
  }
}
