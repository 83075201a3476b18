package io.onex.testkit;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/// A strict HTTP/1.1 server on a free port that keeps every request and answers, or fails, as told.
///
/// It speaks to raw sockets, so that it can do what no server library does: say nothing, reset the
/// connection, stop in the middle of an answer. A request that is not well formed is answered with
/// 400 and named in [#violations]. Safe for use by many threads.
public final class FakeBackend implements AutoCloseable {
  /// One request as it came.
  ///
  /// @param target path and query
  /// @param headers lower-case names
  public record Request(String method, String target, Map<String, String> headers, byte[] body) {
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    /// The value of a header, or empty.
    public String header(String lowerCaseName) {
      return headers.getOrDefault(lowerCaseName, "");
    }
  }

  /// What a request brings.
  public sealed interface Behaviour {
    /// A whole answer.
    record Answer(int status, Map<String, String> headers, String body) implements Behaviour {
      public static Answer of(int status) {
        return new Answer(status, Map.of(), "");
      }

      public static Answer json(int status, String body) {
        return new Answer(status, Map.of("Content-Type", "application/json"), body);
      }

      public Answer with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, body);
      }
    }

    /// The request is read and never answered.
    record BlackHole() implements Behaviour {}

    /// The connection is reset (RST) after the request was read.
    record Reset() implements Behaviour {}

    /// The answer comes late.
    record Slow(Duration after, Answer answer) implements Behaviour {}

    /// The answer announces more than it holds, and the connection is closed.
    record Truncated(Answer answer) implements Behaviour {}

    /// The answer begins and never ends while the connection stays open, as when the system behind
    /// it has gone without a word.
    record HalfOpen(Answer answer) implements Behaviour {}
  }

  private static final int MAX_HEAD_BYTES = 64 << 10;

  private final ServerSocket server;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<String> violations = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedQueue<Behaviour> next = new ConcurrentLinkedQueue<>();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private volatile Function<Request, Behaviour> always;

  /// @param always what a request brings that nothing else was planned for; called by many threads
  public FakeBackend(Function<Request, Behaviour> always) {
    this.always = always;
    try {
      server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException("no port for a fake back end", e);
    }
    Thread.ofVirtual().name("fake-back-end").start(this::accept);
  }

  /// A back end that answers every request with this status.
  public static FakeBackend answering(int status) {
    return new FakeBackend(request -> Behaviour.Answer.of(status));
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /// Changes what all later requests bring.
  public void always(Function<Request, Behaviour> behaviour) {
    always = behaviour;
  }

  /// Plans what the next request brings; several are used up in order.
  public void next(Behaviour behaviour) {
    next.add(behaviour);
  }

  /// All well-formed requests so far.
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /// What was wrong with requests that were not well formed.
  public List<String> violations() {
    return List.copyOf(violations);
  }

  /// Drops all connections and listens no more.
  @Override
  public void close() {
    closeQuietly(server);
    connections.forEach(FakeBackend::closeQuietly);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        connections.add(socket);
        Thread.ofVirtual().name("fake-connection").start(() -> serve(socket));
      } catch (IOException e) {
        // The server socket was closed: that is how a back end ends.
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket;
        InputStream in = new BufferedInputStream(socket.getInputStream());
        OutputStream out = new BufferedOutputStream(socket.getOutputStream())) {
      HttpRequestReader reader = new HttpRequestReader(in, MAX_HEAD_BYTES);
      while (true) {
        Request request;
        try {
          request = reader.read();
        } catch (HttpRequestReader.Malformed e) {
          violations.add(String.valueOf(e.getMessage()));
          write(out, Behaviour.Answer.of(400), 0);
          return;
        }
        if (request == null) {
          return;
        }
        requests.add(request);
        Behaviour planned = next.poll();
        if (!behave(planned == null ? always.apply(request) : planned, socket, out)) {
          return;
        }
      }
    } catch (IOException e) {
      // The client went away, or the back end is being closed; both are part of the tests.
      closeQuietly(socket);
    } finally {
      connections.remove(socket);
    }
  }

  /// @return whether the connection goes on
  private static boolean behave(Behaviour behaviour, Socket socket, OutputStream out)
      throws IOException {
    switch (behaviour) {
      case Behaviour.Answer answer -> write(out, answer, 0);
      case Behaviour.BlackHole() -> {
        awaitHangUp(socket);
        return false;
      }
      case Behaviour.Reset() -> {
        socket.setSoLinger(true, 0);
        return false;
      }
      case Behaviour.Slow(Duration after, Behaviour.Answer answer) -> {
        try {
          Thread.sleep(after);
        } catch (InterruptedException e) {
          return false;
        }
        write(out, answer, 0);
      }
      case Behaviour.Truncated(Behaviour.Answer answer) -> {
        write(out, answer, 100);
        return false;
      }
      case Behaviour.HalfOpen(Behaviour.Answer answer) -> {
        write(out, answer, 100);
        awaitHangUp(socket);
        return false;
      }
    }
    return true;
  }

  /// Returns only when the client gives up.
  private static void awaitHangUp(Socket socket) throws IOException {
    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
  }

  private static void write(OutputStream out, Behaviour.Answer answer, int missingBytes)
      throws IOException {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder("HTTP/1.1 ").append(answer.status()).append(" -\r\n");
    answer
        .headers()
        .forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    if (answer.status() != 204 && answer.status() != 304) {
      head.append("Content-Length: ").append(body.length + missingBytes).append("\r\n");
    }
    out.write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    out.flush();
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      // It is gone either way.
      return;
    }
  }
}
