package io.onex.source.file;

import com.github.luben.zstd.ZstdInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/// How a file is packed, told by its first bytes, whatever its name is.
enum Packing {
  PLAIN,
  /// RFC 1952 section 2.3.1.
  GZIP(0x1f, 0x8b, 0x08),
  /// RFC 8878 section 3.1.1.
  ZSTD(0x28, 0xb5, 0x2f, 0xfd),
  /// Kinds that are known and not unpacked.
  XZ(0xfd, '7', 'z', 'X', 'Z', 0),
  BZIP2('B', 'Z', 'h'),
  ZIP('P', 'K', 3, 4),
  LZ4(0x04, 0x22, 0x4d, 0x18),
  COMPRESS(0x1f, 0x9d);

  private static final List<Packing> PACKED = List.of(GZIP, ZSTD, XZ, BZIP2, ZIP, LZ4, COMPRESS);

  /// Largest window that is allocated, as a power of two: what `zstd` uses up to its level 19.
  private static final int ZSTD_WINDOW_LOG = 23;

  /// Logs that hold little else than repetition pack to a two-hundredth.
  private static final long MOST_RATIO = 256;

  private static final long ALWAYS_UNPACKED = 64L << 20;

  // Never written after it was made.
  @SuppressWarnings("ImmutableEnumChecker")
  private final byte[] magic;

  Packing(int... magic) {
    this.magic = new byte[magic.length];
    for (int i = 0; i < magic.length; i++) {
      this.magic[i] = (byte) magic[i];
    }
  }

  /// @throws IOException when the file cannot be read
  static Packing of(FileTree.Open file) throws IOException {
    byte[] first = new byte[6];
    ByteBuffer into = ByteBuffer.wrap(first);
    int count = 0;
    while (into.hasRemaining() && count >= 0) {
      count = file.read(into, into.position());
      if (count == 0) {
        break;
      }
    }
    for (Packing packing : PACKED) {
      byte[] magic = packing.magic;
      if (into.position() >= magic.length
          && Arrays.equals(first, 0, magic.length, magic, 0, magic.length)) {
        return packing;
      }
    }
    return PLAIN;
  }

  boolean isPacked() {
    return this != PLAIN;
  }

  /// Whether what is in it can be had.
  boolean isUnpacked() {
    return this == GZIP || this == ZSTD;
  }

  /// What is in the file, from its beginning.
  ///
  /// @throws IOException when it does not begin as it should, or the kind is not unpacked
  InputStream open(FileTree.Open file) throws IOException {
    InputStream in = new OpenStream(file);
    return switch (this) {
      case PLAIN -> in;
      case GZIP -> new Bounded(new GZIPInputStream(in, 1 << 14), file);
      case ZSTD -> {
        ZstdInputStream zstd = new ZstdInputStream(in);
        zstd.setLongMax(ZSTD_WINDOW_LOG);
        yield new Bounded(zstd, file);
      }
      case XZ, BZIP2, ZIP, LZ4, COMPRESS -> throw new IOException("packed in a way not unpacked");
    };
  }

  /// More came out of a packed file than a log of any kind packs to.
  static final class TooMuchException extends IOException {
    private static final long serialVersionUID = 1L;

    TooMuchException() {
      super("unpacks to more than " + MOST_RATIO + " times its size");
    }
  }

  private static final class Bounded extends FilterInputStream {
    private final FileTree.Open file;
    private long unpacked;

    Bounded(InputStream in, FileTree.Open file) {
      super(in);
      this.file = file;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = super.read(into, offset, length);
      unpacked += Math.max(0, count);
      if (unpacked > ALWAYS_UNPACKED && unpacked / MOST_RATIO > file.size()) {
        throw new TooMuchException();
      }
      return count;
    }
  }
}
