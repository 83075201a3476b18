package io.onex.bench.sink;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;

/// A small HTTP/1.1 server with one virtual thread per connection.
public final class SinkServer implements Closeable {
  private final ServerSocket server = new ServerSocket();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final BackEnd backEnd;
  private final Thread acceptor;

  public SinkServer(BackEnd backEnd) throws IOException {
    this(0, backEnd);
  }

  /// @param port to listen on, 0 for any that is free
  public SinkServer(int port, BackEnd backEnd) throws IOException {
    this.backEnd = backEnd;
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 128);
    acceptor = Thread.ofPlatform().daemon().name("sink-acceptor").start(this::accept);
  }

  public int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        connections.add(socket);
        Thread.ofVirtual().name("sink-connection").start(() -> serve(socket));
      } catch (IOException e) {
        if (!server.isClosed()) {
          throw new java.io.UncheckedIOException(e);
        }
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
      OutputStream out = socket.getOutputStream();
      byte[] body = new byte[1 << 20];
      while (true) {
        String request = line(in);
        if (request.isEmpty()) {
          return;
        }
        String[] words = request.split(" ", 3);
        int length = 0;
        boolean chunked = false;
        boolean gzip = false;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
          String lower = line.toLowerCase(Locale.ROOT);
          if (lower.startsWith("content-length:")) {
            length = Integer.parseInt(lower.substring(15).strip());
          } else if (lower.startsWith("transfer-encoding:")) {
            chunked = true;
          } else if (lower.startsWith("content-encoding:")) {
            gzip = lower.contains("gzip");
          } else if (lower.startsWith("expect:")) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
          }
        }
        if (chunked) {
          body = chunks(in);
          length = body.length;
        } else {
          if (length > body.length) {
            body = new byte[length + (length >> 1)];
          }
          if (in.readNBytes(body, 0, length) < length) {
            return;
          }
        }
        byte[] plain = body;
        if (gzip) {
          try (GZIPInputStream inflated =
              new GZIPInputStream(new java.io.ByteArrayInputStream(body, 0, length))) {
            plain = inflated.readAllBytes();
            length = plain.length;
          }
        }
        BackEnd.Reply reply = backEnd.answer(words[0], words[1], plain, length);
        String head =
            "HTTP/1.1 "
                + reply.status()
                + " x\r\nContent-Type: application/json\r\nX-Elastic-Product: Elasticsearch\r\nContent-Length: "
                + reply.body().length
                + "\r\n\r\n";
        byte[] headBytes = head.getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[headBytes.length + reply.body().length];
        System.arraycopy(headBytes, 0, all, 0, headBytes.length);
        System.arraycopy(reply.body(), 0, all, headBytes.length, reply.body().length);
        out.write(all);
      }
    } catch (IOException gone) {
      // The gateway was killed or went away: its connections end, which is what these runs are for.
      return;
    } finally {
      connections.remove(socket);
    }
  }

  private static byte[] chunks(InputStream in) throws IOException {
    java.io.ByteArrayOutputStream body = new java.io.ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(line(in).split(";", 2)[0].strip(), 16);
      body.write(in.readNBytes(size));
      line(in);
      if (size == 0) {
        return body.toByteArray();
      }
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder(64);
    while (true) {
      int next = in.read();
      if (next < 0) {
        if (line.isEmpty()) {
          return "";
        }
        throw new EOFException("the connection ended within a line");
      }
      if (next == '\n') {
        return line.toString();
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : connections) {
      socket.close();
    }
    try {
      // The port is free only when nobody waits in accept any more.
      acceptor.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
