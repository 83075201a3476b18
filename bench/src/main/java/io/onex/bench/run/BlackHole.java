package io.onex.bench.run;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// A port whose connections open and then nothing is ever read or answered.
final class BlackHole implements Closeable {
  private final ServerSocket server = new ServerSocket();

  BlackHole() throws IOException {
    // The system completes connections up to the backlog by itself; nobody accepts them.
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
  }

  int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
