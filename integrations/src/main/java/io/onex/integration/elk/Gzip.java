package io.onex.integration.elk;

import io.onex.bytes.Slice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// Compresses a request body for speed rather than size.
final class Gzip {
  private Gzip() {}

  static Slice of(List<Slice> plain) {
    int length = plain.stream().mapToInt(Slice::length).sum();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(length / 4 + 64);
    try (Fast gzip = new Fast(bytes)) {
      for (Slice part : plain) {
        gzip.write(part.array(), part.offset(), part.length());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return Slice.of(bytes.toByteArray());
  }

  private static final class Fast extends GZIPOutputStream {
    Fast(ByteArrayOutputStream out) throws IOException {
      super(out, 8192);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
