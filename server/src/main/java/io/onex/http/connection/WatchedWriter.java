package io.onex.http.connection;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.util.function.Consumer;

/// Writes to a connection and has the time noted for which the client takes nothing. What is large
/// is written in pieces, so that it is seen how much of it was taken.
///
/// @param writer of the connection itself
record WatchedWriter(DataWriter writer, WatchedConnection connection) implements DataWriter {
  private static final int MOST_PIECE_BYTES = 64 * 1024;

  @Override
  public void write(BufferData... buffers) {
    write(BufferData.create(buffers));
  }

  @Override
  public void write(BufferData buffer) {
    inPieces(buffer, writer::write);
  }

  @Override
  public void writeNow(BufferData... buffers) {
    writeNow(BufferData.create(buffers));
  }

  @Override
  public void writeNow(BufferData buffer) {
    inPieces(buffer, writer::writeNow);
  }

  @Override
  public void flush() {
    connection.writing(writer::flush);
  }

  @Override
  public void close() {
    connection.writing(writer::close);
  }

  private void inPieces(BufferData buffer, Consumer<BufferData> write) {
    connection.writing(() -> {
      while (buffer.available() > MOST_PIECE_BYTES) {
        byte[] piece = new byte[MOST_PIECE_BYTES];
        int bytes = buffer.read(piece);
        write.accept(BufferData.create(piece, 0, bytes));
        connection.wrote();
      }
      write.accept(buffer);
    });
  }
}
