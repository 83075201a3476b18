package io.onex.http;

import io.helidon.common.uri.UriQuery;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.ServerResponseTrailers;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.OutputStream;
import java.util.function.UnaryOperator;

/// The answer to HEAD: status and headers as GET has them, its body only measured (RFC 9110,
/// section 9.3.2). The server itself would send the body, which the client would take for the next
/// answer.
final class HeadResponse implements ServerResponse {
  private final ServerResponse answer;

  private HeadResponse(ServerResponse answer) {
    this.answer = answer;
  }

  /// `answer` itself, unless `request` is HEAD.
  static ServerResponse of(ServerRequest request, ServerResponse answer) {
    return request.prologue().method().equals(Method.HEAD) ? new HeadResponse(answer) : answer;
  }

  @Override
  public void send(byte[] body) {
    answer.header(HeaderValues.create(HeaderNames.CONTENT_LENGTH, body.length));
    answer.send();
  }

  @Override
  public void send() {
    answer.send();
  }

  @Override
  public void send(Object body) {
    throw new UnsupportedOperationException("only bytes can be measured");
  }

  @Override
  public OutputStream outputStream() {
    return new OutputStream() {
      private long length;

      @Override
      public void write(int one) {
        length++;
      }

      @Override
      public void write(byte[] bytes, int offset, int count) {
        length += count;
      }

      @Override
      public void close() {
        answer.header(HeaderValues.create(HeaderNames.CONTENT_LENGTH, length));
        answer.send();
      }
    };
  }

  @Override
  public ServerResponse status(Status status) {
    answer.status(status);
    return this;
  }

  @Override
  public Status status() {
    return answer.status();
  }

  @Override
  public ServerResponse header(Header header) {
    answer.header(header);
    return this;
  }

  @Override
  public ServerResponseHeaders headers() {
    return answer.headers();
  }

  @Override
  public ServerResponseTrailers trailers() {
    return answer.trailers();
  }

  @Override
  public boolean isSent() {
    return answer.isSent();
  }

  @Override
  public long bytesWritten() {
    return answer.bytesWritten();
  }

  @Override
  public ServerResponse whenSent(Runnable listener) {
    answer.whenSent(listener);
    return this;
  }

  @Override
  public ServerResponse reroute(String path) {
    return answer.reroute(path);
  }

  @Override
  public ServerResponse reroute(String path, UriQuery query) {
    return answer.reroute(path, query);
  }

  @Override
  public ServerResponse next() {
    return answer.next();
  }

  @Override
  public void streamResult(String result) {
    answer.streamResult(result);
  }

  @Override
  public void streamFilter(UnaryOperator<OutputStream> filter) {
    answer.streamFilter(filter);
  }
}
