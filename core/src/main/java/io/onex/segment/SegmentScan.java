package io.onex.segment;

import io.onex.storage.StorageFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds the whole blocks of a segment file, and what lies between them, without an index.
///
/// A block counts when header and stored bytes have their checksums and its positions follow those
/// before it and precede the next segment's. After bytes that are no block the scan goes on at the
/// next place where one begins.
final class SegmentScan {
  private static final int READ_AHEAD = 1 << 20;

  private final FileBytes bytes;
  private final long fileBytes;
  private final long positionLimit;
  private final List<BlockHeader> blocks = new ArrayList<>();
  private final List<Long> offsets = new ArrayList<>();
  private final List<Gap> gaps = new ArrayList<>();
  private long expected;

  /// Bytes between blocks that are none, or positions between blocks that are in none.
  ///
  /// @param offset where the bytes begin
  /// @param endOffset where the next block begins, or the end of the file
  /// @param firstPosition first position that may have been in them
  /// @param endPosition first position of the next block; for the last gap what the header of the
  ///   broken block says, or `firstPosition`
  record Gap(long offset, long endOffset, long firstPosition, long endPosition) {}

  private SegmentScan(StorageFile file, long firstPosition, long positionLimit) throws IOException {
    this.bytes = new FileBytes(file, READ_AHEAD);
    this.fileBytes = file.size();
    this.expected = firstPosition;
    this.positionLimit = positionLimit;
  }

  /// Scans `file`, whose positions begin at `firstPosition` and stay below `positionLimit`.
  static SegmentScan of(StorageFile file, long firstPosition, long positionLimit)
      throws IOException {
    SegmentScan scan = new SegmentScan(file, firstPosition, positionLimit);
    scan.run();
    return scan;
  }

  int size() {
    return blocks.size();
  }

  BlockHeader header(int index) {
    return blocks.get(index);
  }

  BlockEntry entry(int index) {
    return BlockEntry.of(blocks.get(index), offsets.get(index));
  }

  List<Gap> gaps() {
    return gaps;
  }

  /// The position up to which the blocks themselves prove that everything was forced.
  long provenDurable() {
    long proven = 0;
    for (BlockHeader block : blocks) {
      proven = Math.max(proven, block.durablePosition());
    }
    return Math.min(proven, positionLimit);
  }

  private void run() throws IOException {
    long offset = SegmentHeader.BYTES;
    long gapBegin = offset;
    while (offset < fileBytes) {
      Optional<BlockHeader> block = blockAt(offset);
      if (block.isEmpty()) {
        offset = nextCandidate(offset + 1);
        continue;
      }
      BlockHeader header = block.get();
      if (gapBegin < offset || header.firstPosition() > expected) {
        gaps.add(new Gap(gapBegin, offset, expected, header.firstPosition()));
      }
      blocks.add(header);
      offsets.add(offset);
      expected = header.endPosition();
      offset += BlockHeader.BYTES + header.storedBytes();
      gapBegin = offset;
    }
    if (gapBegin < fileBytes) {
      gaps.add(new Gap(gapBegin, fileBytes, expected, endOfBrokenBlock(gapBegin)));
    }
  }

  private Optional<BlockHeader> blockAt(long offset) throws IOException {
    return headerAt(offset).filter(this::fits).filter(header -> hasItsBytes(header, offset));
  }

  private boolean fits(BlockHeader header) {
    return header.firstPosition() >= expected && header.endPosition() <= positionLimit;
  }

  private Optional<BlockHeader> headerAt(long offset) throws IOException {
    int at = bytes.fetch(offset, BlockHeader.BYTES, fileBytes);
    return at < 0 ? Optional.empty() : BlockHeader.decode(bytes.array(), at);
  }

  private boolean hasItsBytes(BlockHeader header, long offset) {
    try {
      int at = bytes.fetch(offset + BlockHeader.BYTES, header.storedBytes(), fileBytes);
      return at >= 0
          && Checksum.of(bytes.array(), at, header.storedBytes()) == header.storedChecksum();
    } catch (IOException e) {
      // Bytes that the device does not give are as good as damaged: the scan must come to an end.
      return false;
    }
  }

  private long endOfBrokenBlock(long offset) throws IOException {
    return headerAt(offset).filter(this::fits).map(BlockHeader::endPosition).orElse(expected);
  }

  private long nextCandidate(long from) throws IOException {
    for (long offset = from; offset < fileBytes; ) {
      int length = (int) Math.min(READ_AHEAD, fileBytes - offset);
      int at = bytes.fetch(offset, length, fileBytes);
      if (at < 0) {
        return fileBytes;
      }
      byte[] array = bytes.array();
      for (int i = at; i + Integer.BYTES <= at + length; i++) {
        if (array[i] == 'O' && array[i + 1] == 'X' && array[i + 2] == 'B' && array[i + 3] == 'K') {
          return offset + (i - at);
        }
      }
      if (offset + length == fileBytes) {
        return fileBytes;
      }
      offset += length - (Integer.BYTES - 1);
    }
    return fileBytes;
  }
}
