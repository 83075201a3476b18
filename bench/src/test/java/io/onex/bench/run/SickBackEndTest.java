package io.onex.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onex.bench.load.EventSeries;
import io.onex.bench.load.HttpConnection;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A back end that is not as dead as the run believes would let every stop look good.
class SickBackEndTest {
  private static final byte[] BULK =
      "{\"create\":{\"_id\":\"00000000-0000-4000-8000-000000000000\"}}\n{\"metadata\":{}}\n"
          .getBytes(StandardCharsets.US_ASCII);

  private List<SickBackEnd> all;

  @BeforeEach
  void start() throws IOException {
    all = SickBackEnd.oneOfEach(new EventSeries(3));
  }

  @AfterEach
  void stop() throws IOException {
    for (SickBackEnd one : all) {
      one.close();
    }
  }

  private SickBackEnd named(String name) {
    return all.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  private static HttpConnection.Answer bulk(SickBackEnd backEnd) throws IOException {
    try (HttpConnection connection = new HttpConnection(backEnd.port())) {
      return connection.post("/_bulk", "application/x-ndjson", BULK, BULK.length);
    }
  }

  /// Sends a request and waits a moment for a first byte of the answer.
  private static void assertNoAnswer(SickBackEnd backEnd) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), backEnd.port()));
      socket.setSoTimeout(200);
      socket
          .getOutputStream()
          .write(
              ("POST /_bulk HTTP/1.1\r\nContent-Length: " + BULK.length + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(BULK);
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void each_is_ill_in_its_way() throws IOException {
    assertNoAnswer(named("black_hole"));
    assertThatThrownBy(() -> bulk(named("refusing"))).isInstanceOf(ConnectException.class);
    assertThat(bulk(named("failing")).status()).isEqualTo(500);
    assertNoAnswer(named("slow"));

    assertThat(all)
        .allSatisfy(one ->
            assertThat(one.deliveries().distinct())
                .as("received by " + one.name())
                .isEqualTo(one.name().equals("slow") ? 1 : 0));
  }

  @Test
  void each_takes_everything_at_the_same_port_once_it_has_recovered() throws IOException {
    for (SickBackEnd one : all) {
      one.recover();
      assertThat(bulk(one).status()).as(one.name()).isEqualTo(200);
      assertThat(one.deliveries().distinct()).as(one.name()).isEqualTo(1);
    }
  }
}
