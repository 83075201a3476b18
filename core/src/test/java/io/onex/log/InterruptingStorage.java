package io.onex.log;

import io.onex.storage.Storage;
import io.onex.storage.StorageFile;
import java.io.IOException;

/// A storage that lets something else happen in the middle of an fsync, as other threads do.
///
/// @param storage does the work
/// @param meanwhile runs before each fsync of a file returns
public record InterruptingStorage(Storage storage, Runnable meanwhile)
    implements ForwardingStorage {
  @Override
  public StorageFile open(String path) throws IOException {
    return new Interrupted(storage.open(path), meanwhile);
  }

  private record Interrupted(StorageFile file, Runnable meanwhile)
      implements ForwardingStorageFile {
    @Override
    public void force() throws IOException {
      file.force();
      meanwhile.run();
    }
  }
}
