package io.onex.bench.sink;

import java.io.IOException;

/// Answers the requests of one kind of external system.
public interface BackEnd {
  /// @param path with query
  /// @param body at most `length` bytes of it
  Reply answer(String method, String path, byte[] body, int length) throws IOException;

  /// An answer.
  record Reply(int status, byte[] body) {}
}
