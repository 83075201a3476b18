package io.onex.delivery.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Says word for word what a test wants said, which no well-behaved server would.
final class ScriptedServer implements AutoCloseable {
  private final ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
  private final Script script;
  private final AtomicInteger connections = new AtomicInteger();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final Semaphore closed = new Semaphore(0);

  /// What happens on one connection, after which it is closed.
  interface Script {
    /// @param number of the connection, from 1
    void run(int number, InputStream in, OutputStream out) throws IOException;
  }

  ScriptedServer(Script script) throws IOException {
    this.script = script;
    Thread.ofVirtual().start(this::accept);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        sockets.add(socket);
        int number = connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(number, socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(int number, Socket socket) {
    try (socket) {
      script.run(number, socket.getInputStream(), socket.getOutputStream());
    } catch (IOException gone) {
      // The client has seen what it was to see.
      return;
    } finally {
      closed.release();
    }
  }

  /// Waits until one more connection was closed from this side.
  void awaitClosed() throws InterruptedException {
    if (!closed.tryAcquire(10, TimeUnit.SECONDS)) {
      throw new AssertionError("no connection was closed");
    }
  }

  /// Connections accepted so far.
  int connections() {
    return connections.get();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
  }

  static void say(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  /// Reads one request.
  ///
  /// @return its head; empty when the client has closed
  static String request(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.append((char) next);
    }
    int at = head.indexOf("Content-Length: ");
    if (at >= 0) {
      in.skipNBytes(Integer.parseInt(head.substring(at + 16, head.indexOf("\r", at))));
    }
    return head.toString();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
