package io.onex.segment;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/// Compresses blocks when that pays, and reads them back. Safe for use by many platform threads:
/// native code would hold the carrier of a virtual one.
///
/// Native contexts are expensive to create and used by one thread at a time, so a few are kept, and
/// so are arrays for encoded blocks: whoever has stored a block gives its array back by [#reclaim].
public final class BlockCodec implements AutoCloseable {
  /// `ZSTD_fast` of zstd.h: one probe of one table per position. A target length above 0 makes it
  /// skip positions and leaves literals as they are.
  private static final int FAST_STRATEGY = 1;

  private static final int KEPT_CONTEXTS = 4;
  private static final int SMALLEST_COMPRESSED_BYTES = 1024;

  /// Arrays of one size, which fits the blocks of the log; other blocks get arrays of their own.
  private static final int KEPT_ARRAY_BYTES = (int) Zstd.compressBound(384 << 10);

  private static final int KEPT_ARRAYS = 32;

  private final Compression compression;
  private final ArrayBlockingQueue<ZstdCompressCtx> compressors =
      new ArrayBlockingQueue<>(KEPT_CONTEXTS);
  private final ArrayBlockingQueue<ZstdDecompressCtx> decompressors =
      new ArrayBlockingQueue<>(KEPT_CONTEXTS);
  private final ArrayBlockingQueue<byte[]> arrays = new ArrayBlockingQueue<>(KEPT_ARRAYS);

  /// @param compression of the blocks that it encodes; it decodes all of them
  public BlockCodec(Compression compression) {
    this.compression = compression;
  }

  /// Encodes `length` bytes of `raw` from `offset`: compressed when they are at least 1 KiB and
  /// become at least an eighth smaller, else as they are.
  public EncodedBlock encode(byte[] raw, int offset, int length) {
    if (length < SMALLEST_COMPRESSED_BYTES || compression == Compression.NONE) {
      return encoded(Codec.NONE, Arrays.copyOfRange(raw, offset, offset + length), length, length);
    }
    byte[] target = array((int) Zstd.compressBound(length));
    int size = compress(raw, offset, length, target);
    if (size <= length - length / 8) {
      return encoded(Codec.ZSTD, target, size, length);
    }
    System.arraycopy(raw, offset, target, 0, length);
    return encoded(Codec.NONE, target, length, length);
  }

  /// Takes back the array of a block that nobody reads any more. At most once per block; never
  /// doing it only costs garbage.
  public void reclaim(EncodedBlock block) {
    if (block.array().length == KEPT_ARRAY_BYTES) {
      arrays.offer(block.array());
    }
  }

  private byte[] array(int bytes) {
    if (bytes > KEPT_ARRAY_BYTES) {
      return new byte[bytes];
    }
    byte[] kept = arrays.poll();
    return kept != null ? kept : new byte[KEPT_ARRAY_BYTES];
  }

  private static EncodedBlock encoded(Codec codec, byte[] array, int size, int rawBytes) {
    return new EncodedBlock(codec, array, size, Checksum.of(array, 0, size), rawBytes);
  }

  private int compress(byte[] raw, int offset, int length, byte[] target) {
    assert !Thread.currentThread().isVirtual() : "compression would hold a carrier";
    ZstdCompressCtx context = compressors.poll();
    if (context == null) {
      context = context(compression);
    }
    int size = context.compressByteArray(target, 0, target.length, raw, offset, length);
    if (!compressors.offer(context)) {
      context.close();
    }
    return size;
  }

  /// Level 1 of Zstandard with a table of 16 KiB that stays in the first cache, and matches of at
  /// least seven bytes: of the records of events it costs a fifth less than the level as it is and
  /// takes 1 % more room.
  private static ZstdCompressCtx context(Compression compression) {
    return new ZstdCompressCtx()
        .setLevel(1)
        .setStrategy(FAST_STRATEGY)
        .setHashLog(12)
        .setMinMatch(7)
        .setTargetLength(compression == Compression.FAST ? 2 : 0);
  }

  /// The raw bytes of a block whose stored bytes begin at `offset` of `array`; null when they
  /// cannot be read back.
  byte @Nullable [] decode(BlockHeader header, byte[] array, int offset) {
    int size = header.storedBytes();
    if (Checksum.of(array, offset, size) != header.storedChecksum()) {
      return null;
    }
    return switch (header.codec()) {
      case NONE ->
          size == header.rawBytes() ? Arrays.copyOfRange(array, offset, offset + size) : null;
      case ZSTD -> decompress(header, array, offset);
    };
  }

  private byte @Nullable [] decompress(BlockHeader header, byte[] array, int offset) {
    assert !Thread.currentThread().isVirtual() : "decompression would hold a carrier";
    byte[] raw = new byte[header.rawBytes()];
    ZstdDecompressCtx context = decompressors.poll();
    if (context == null) {
      context = new ZstdDecompressCtx();
    }
    try {
      int size =
          context.decompressByteArray(raw, 0, raw.length, array, offset, header.storedBytes());
      return size == raw.length ? raw : null;
    } catch (ZstdException e) {
      return null;
    } finally {
      if (!decompressors.offer(context)) {
        context.close();
      }
    }
  }

  @Override
  public void close() {
    for (ZstdCompressCtx context = compressors.poll();
        context != null;
        context = compressors.poll()) {
      context.close();
    }
    for (ZstdDecompressCtx context = decompressors.poll();
        context != null;
        context = decompressors.poll()) {
      context.close();
    }
  }
}
