package io.onex.source.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The files of this machine.
final class DiskTree implements FileTree {
  @Override
  public List<Path> list(Path folder) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(entries::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    Collections.sort(entries);
    return entries;
  }

  @Override
  public FileFacts facts(Path path) throws IOException {
    BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
    Object key = found.fileKey();
    return new FileFacts(
        found.isRegularFile()
            ? FileFacts.Kind.FILE
            : found.isDirectory() ? FileFacts.Kind.FOLDER : FileFacts.Kind.OTHER,
        key != null ? key.toString() : RawPath.encoded(RawPath.bytes(path)),
        found.size(),
        found.lastModifiedTime().to(TimeUnit.MICROSECONDS),
        found.creationTime().to(TimeUnit.MICROSECONDS));
  }

  @Override
  public Open open(Path path) throws IOException {
    return new OpenChannel(FileChannel.open(path, StandardOpenOption.READ));
  }

  private record OpenChannel(FileChannel channel) implements Open {
    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public int read(ByteBuffer into, long from) throws IOException {
      return channel.read(into, from);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
