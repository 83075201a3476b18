package io.onex.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AnswerReaderTest {
  private static final String ANSWER =
      "HTTP/1.1 202 Accepted\r\nDate: today\r\ncontent-LENGTH: 14\r\n\r\n{\"accepted\":1}";

  private final AnswerReader reader = new AnswerReader();

  private boolean add(byte[] bytes, int from, int count) throws IOException {
    int room = Math.min(count, reader.space().remaining());
    reader.space().put(bytes, from, room);
    boolean whole = reader.add(room);
    return room == count ? whole : add(bytes, from + room, count - room);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void an_answer_is_the_same_however_the_network_cuts_it() throws IOException {
    byte[] answer = ascii(ANSWER);
    for (int cut = 1; cut < answer.length; cut++) {
      reader.clear();

      assertThat(add(answer, 0, cut)).isFalse();
      assertThat(add(answer, cut, answer.length - cut)).isTrue();

      assertThat(reader.status()).isEqualTo(202);
      assertThat(reader.body()).isEqualTo(ascii("{\"accepted\":1}"));
      assertThat(reader.hasBody(ascii("{\"accepted\":1}"))).isTrue();
      assertThat(reader.hasBody(ascii("{\"accepted\":2}"))).isFalse();
    }
  }

  @Test
  void an_answer_larger_than_the_array_is_read_whole() throws IOException {
    String body = "x".repeat(5_000);
    byte[] answer = ascii("HTTP/1.1 400 Bad Request\r\nContent-Length: 5000\r\n\r\n" + body);
    boolean whole = false;
    for (byte one : answer) {
      whole = add(new byte[] {one}, 0, 1);
    }

    assertThat(whole).isTrue();
    assertThat(reader.status()).isEqualTo(400);
    assertThat(reader.body()).isEqualTo(ascii(body));
  }

  @Test
  void what_cannot_be_judged_is_an_error() {
    byte[] more = ascii(ANSWER + "HTTP/1.1");
    assertThatThrownBy(() -> add(more, 0, more.length)).hasMessageContaining("more came");

    reader.clear();
    byte[] chunked = ascii("HTTP/1.1 202 Accepted\r\nTransfer-Encoding: chunked\r\n\r\n");
    assertThatThrownBy(() -> add(chunked, 0, chunked.length))
        .hasMessageContaining("Content-Length");

    reader.clear();
    byte[] other = ascii("SSH-2.0-OpenSSH_9.7\r\n\r\n");
    assertThatThrownBy(() -> add(other, 0, other.length)).hasMessageContaining("not a number");
  }
}
