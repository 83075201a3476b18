package io.onex.http.connection;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ServerConnectionException;
import java.io.UncheckedIOException;

/// Reads from a connection, has the time noted for which nothing comes, and reads chunked bodies by
/// RFC 9112, section 7.1: extensions and trailers are passed over, and no chunk has to be in memory
/// as a whole.
///
/// The server library reads a chunk by [#readLine] (its size), [#readBuffer(int)] and [#skip] (the
/// line end behind it), and after the last by another [#readLine]; it reads lines for nothing else.
/// It is told of several small chunks where a large one is on its way.
final class WatchedReader extends DataReader {
  private static final int MOST_LINE_BYTES = 4 * 1024;
  private static final int MOST_PIECE_BYTES = 64 * 1024;

  /// Of extensions and trailers in one body, beyond what honest chunks need.
  private static final long MOST_EXCESS_BYTES = 16 * 1024;

  private long restOfChunk;
  private boolean withinChunk;
  private boolean lastChunk;
  private long excess;

  /// @param context of the connection itself, of whose first bytes some may have been looked at
  // There is no other way to read lines differently.
  @SuppressWarnings("removal")
  WatchedReader(ConnectionContext context, WatchedConnection connection) {
    super(() -> pull(context, connection));
  }

  private static byte[] pull(ConnectionContext context, WatchedConnection connection) {
    DataReader looked = context.dataReader();
    int bytes = looked.available();
    if (bytes > 0) {
      byte[] first = looked.readBytes(bytes);
      connection.reading();
      connection.read(first.length);
      return first;
    }
    connection.reading();
    byte[] next;
    try {
      next = context.serverSocket().get();
    } catch (UncheckedIOException e) {
      throw new ServerConnectionException("Nothing can be read from the connection", e);
    }
    if (next == null && connection.phase() == ConnectionPhase.HEADERS) {
      throw new CloseConnectionException("The client left within the headers of a request");
    }
    connection.read(next == null ? 0 : next.length);
    return next;
  }

  @Override
  public String readLine() {
    if (lastChunk) {
      lastChunk = false;
      passTrailers();
      return "";
    }
    if (restOfChunk == 0) {
      String line = line();
      restOfChunk = ChunkSize.parse(line);
      exceeds(line.length() - 16 - 2 * restOfChunk);
      if (restOfChunk == 0) {
        lastChunk = true;
        return "0";
      }
    }
    ensureAvailable();
    int piece = (int) Math.min(restOfChunk, Math.min(available(), MOST_PIECE_BYTES));
    restOfChunk -= piece;
    withinChunk = true;
    return Integer.toHexString(piece);
  }

  @Override
  public BufferData readBuffer(int length) {
    BufferData data = getBuffer(length);
    super.skip(length);
    return data;
  }

  @Override
  public void skip(int bytes) {
    if (!withinChunk) {
      super.skip(bytes);
      return;
    }
    withinChunk = false;
    if (restOfChunk == 0 && (read() != '\r' || read() != '\n')) {
      throw ChunkSize.malformed("a chunk is longer than it says");
    }
  }

  private void passTrailers() {
    for (String line = line(); !line.isEmpty(); line = line()) {
      exceeds(line.length());
    }
    excess = 0;
  }

  private String line() {
    int end;
    try {
      end = findNewLine(MOST_LINE_BYTES);
    } catch (IncorrectNewLineException e) {
      throw ChunkSize.malformed("a line of a chunked body does not end as it should");
    }
    if (end >= MOST_LINE_BYTES) {
      throw ChunkSize.malformed("a line of a chunked body is too long");
    }
    String line = end == 0 ? "" : readAsciiString(end);
    super.skip(2);
    return line;
  }

  private void exceeds(long more) {
    excess = Math.max(0, excess + more);
    if (excess > MOST_EXCESS_BYTES) {
      throw ChunkSize.malformed("a chunked body has too many extensions or trailers");
    }
  }
}
