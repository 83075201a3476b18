package io.onex.ingest;

import com.github.luben.zstd.ZstdInputStream;
import io.onex.bytes.Slice;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/// Undoes a [ContentCoding], without ever holding more than a limit of unpacked bytes: a small body
/// that unpacks to gigabytes costs no more than the largest honest one.
final class Unpacking {
  /// Largest zstd window that is allocated, as a power of two: 8 MiB, the size RFC 8878 section
  /// 3.1.1.1.2 asks every decoder to support.
  private static final int ZSTD_WINDOW_LOG = 23;

  private Unpacking() {}

  /// What became of a packed body.
  enum Outcome {
    UNPACKED,
    /// More than the limit comes out.
    TOO_LARGE,
    /// The lease could not cover what comes out.
    NO_ROOM,
    /// Not what the coding says, or cut short.
    BROKEN
  }

  /// Unpacks `packed` into `target`. CPU work: belongs on a platform thread.
  static Outcome unpack(
      ContentCoding coding, Slice packed, Bytes target, int limit, ByteBudget.Lease lease) {
    assert !Thread.currentThread().isVirtual() : "unpacking would hold a carrier";
    InputStream in = new ByteArrayInputStream(packed.array(), packed.offset(), packed.length());
    try (InputStream plain = open(coding, packed, in)) {
      return switch (target.readAll(plain, limit, lease)) {
        case READ -> Outcome.UNPACKED;
        case TOO_LARGE -> Outcome.TOO_LARGE;
        case NO_ROOM -> Outcome.NO_ROOM;
      };
    } catch (IOException e) {
      return Outcome.BROKEN;
    }
  }

  private static InputStream open(ContentCoding coding, Slice packed, InputStream in)
      throws IOException {
    return switch (coding) {
      case IDENTITY -> in;
      case GZIP -> new GZIPInputStream(in, 8192);
      case DEFLATE -> new EndingInflaterStream(in, new Inflater(!hasZlibHeader(packed)));
      case ZSTD -> {
        ZstdInputStream zstd = new ZstdInputStream(in);
        zstd.setLongMax(ZSTD_WINDOW_LOG);
        yield zstd;
      }
    };
  }

  /// `deflate` means zlib (RFC 9110 section 8.4.1.2), but raw deflate is sent as well. A zlib
  /// stream begins with method 8 and a check that makes the first two bytes a multiple of 31 (RFC
  /// 1950).
  private static boolean hasZlibHeader(Slice packed) {
    if (packed.length() < 2) {
      return true;
    }
    int first = packed.array()[packed.offset()] & 0xff;
    int second = packed.array()[packed.offset() + 1] & 0xff;
    return (first & 0x0f) == 8 && ((first << 8) | second) % 31 == 0;
  }

  /// Frees the native memory of its inflater when closed, not when it is collected.
  private static final class EndingInflaterStream extends InflaterInputStream {
    EndingInflaterStream(InputStream in, Inflater inflater) {
      super(in, inflater, 8192);
    }

    @Override
    public void close() throws IOException {
      super.close();
      inf.end();
    }
  }
}
