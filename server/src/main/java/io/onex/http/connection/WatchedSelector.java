package io.onex.http.connection;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;

/// A protocol, spoken over watched connections.
///
/// @param protocol the protocol itself
record WatchedSelector(ServerConnectionSelector protocol, ConnectionWatch watch)
    implements ServerConnectionSelector {
  @Override
  public int bytesToIdentifyConnection() {
    return protocol.bytesToIdentifyConnection();
  }

  @Override
  public Support supports(BufferData data) {
    return protocol.supports(data);
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return protocol.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    WatchedConnection connection =
        watch
            .find(context)
            .orElseThrow(() -> new CloseConnectionException("The connection was given up"));
    WatchedReader reader = new WatchedReader(context, connection);
    connection.identified(reader);
    ConnectionContext watched =
        new WatchedContext(
            context,
            new WatchedPeer(context.remotePeer(), connection),
            reader,
            new WatchedWriter(context.dataWriter(), connection));
    return new WatchedServerConnection(
        protocol.connection(watched), context, connection, reader, watch);
  }
}
