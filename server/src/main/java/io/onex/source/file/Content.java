package io.onex.source.file;

import com.github.luben.zstd.ZstdIOException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;

/// What a file holds, unpacked when it is packed, from its beginning.
final class Content {
  private static final int PIECE_BYTES = 1 << 16;

  private Content() {}

  /// What a content is at some places.
  ///
  /// @param states one for each place that it reaches
  /// @param length of the whole where its end was met, else the last place
  /// @param ended whether its end was met
  record Read(List<ContentHash.State> states, long length, boolean ended) {
    /// Whether the content agrees with `state` as far as that goes.
    boolean holds(ContentHash.State state) {
      return states.contains(state);
    }
  }

  /// Reads `in` up to the last of `places`, or to its end.
  ///
  /// @param places ascending
  static Read read(InputStream in, List<Long> places, long secret) throws IOException {
    ContentHash hash = new ContentHash(secret, ContentHash.State.START);
    byte[] piece = new byte[PIECE_BYTES];
    List<ContentHash.State> states = new ArrayList<>();
    for (long place : places) {
      while (hash.state().length() < place) {
        int wanted = (int) Math.min(PIECE_BYTES, place - hash.state().length());
        int count = next(in, piece, wanted);
        if (count < 0) {
          long length = hash.state().length();
          states.add(hash.state());
          return new Read(states, length, true);
        }
        hash.update(piece, 0, count);
      }
      states.add(hash.state());
    }
    return new Read(states, hash.state().length(), false);
  }

  /// What is packed and not whole ends where it breaks.
  private static int next(InputStream in, byte[] piece, int wanted) throws IOException {
    try {
      return in.read(piece, 0, wanted);
    } catch (EOFException | ZipException | ZstdIOException e) {
      return -1;
    }
  }
}
