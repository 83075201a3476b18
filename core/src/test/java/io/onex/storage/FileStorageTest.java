package io.onex.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStorageTest implements StorageContract {
  @TempDir Path folder;
  private @Nullable FileStorage storage;

  @Override
  public FileStorage storage() throws IOException {
    storage = FileStorage.open(folder.resolve("data"));
    return storage;
  }

  @AfterEach
  void close() throws IOException {
    if (storage != null) {
      storage.close();
    }
  }

  @Test
  void a_second_owner_is_refused_and_told_which_process_has_the_directory() throws IOException {
    FileStorage first = storage();

    assertThatThrownBy(() -> FileStorage.open(first.root()))
        .isInstanceOf(DirectoryInUseException.class)
        .hasMessageContaining(first.root().toString())
        .hasMessageContaining("process " + ProcessHandle.current().pid());
  }

  @Test
  void a_closed_directory_can_be_taken_again() throws IOException {
    storage().close();

    assertThat(storage().exists("anything")).isFalse();
  }

  @Test
  void what_it_makes_is_its_owners_alone() throws IOException {
    FileStorage owner = storage();
    try (StorageFile file = owner.open("log/deep/segment")) {
      file.write(ByteBuffer.wrap(new byte[] {1}), 0);
    }

    assertThat(rights("")).isEqualTo("rwx------");
    assertThat(rights("log/deep")).isEqualTo("rwx------");
    assertThat(rights("log/deep/segment")).isEqualTo("rw-------");
    assertThat(rights(FileStorage.LOCK_FILE)).isEqualTo("rw-------");
    assertThat(owner.openToOthers()).isEmpty();
  }

  @Test
  void what_others_can_read_already_is_named_and_keeps_its_rights() throws IOException {
    Path root = Files.createDirectories(folder.resolve("data/log"));
    Path segment = Files.writeString(root.resolve("segment"), "record");
    Files.setPosixFilePermissions(segment, PosixFilePermissions.fromString("rw-r--r--"));
    Files.setPosixFilePermissions(
        folder.resolve("data"), PosixFilePermissions.fromString("rwxr-xr-x"));
    FileStorage owner = storage();

    assertThat(owner.openToOthers()).contains(segment);
    assertThat(rights("log/segment")).isEqualTo("rw-r--r--");

    Files.setPosixFilePermissions(
        folder.resolve("data"), PosixFilePermissions.fromString("rwx------"));
    assertThat(owner.openToOthers()).as("nobody else can enter").isEmpty();
  }

  private String rights(String path) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(folder.resolve("data").resolve(path)));
  }

  @Test
  void a_path_that_leaves_the_root_is_refused() throws IOException {
    FileStorage owner = storage();
    Files.writeString(folder.resolve("outside"), "secret");

    for (String path : new String[] {"../outside", "a/../../outside", "/etc/passwd", "", "."}) {
      assertThatThrownBy(() -> owner.openForReading(path))
          .as(path)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("leaves the data directory");
    }
  }

  @Test
  void an_interrupted_thread_still_writes_and_stays_interrupted() throws IOException {
    FileStorage owner = storage();
    try (StorageFile file = owner.open("file")) {
      Thread.currentThread().interrupt();
      file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 0);
      boolean interrupted = Thread.interrupted();

      assertThat(interrupted).isTrue();
      assertThat(file.size()).isEqualTo(3);
      file.force();
    }
  }

  @Test
  void a_lock_file_that_is_removed_is_put_back_and_lets_nobody_in_meanwhile() throws Exception {
    Path root = folder.resolve("guarded");
    try (FileStorage storage = FileStorage.open(root)) {
      storage.open("log/marks").close();
      storage.verify();
      Files.delete(root.resolve(FileStorage.LOCK_FILE));
      assertThatThrownBy(() -> FileStorage.open(root)).isInstanceOf(DirectoryInUseException.class);
      Files.delete(root.resolve(FileStorage.LOCK_FILE));
      storage.verify();
      assertThat(root.resolve(FileStorage.LOCK_FILE)).exists();
      storage.verify();
    }
    FileStorage.open(root).close();
  }

  @Test
  void a_lock_file_of_somebody_else_is_never_believed_again() throws Exception {
    Path root = folder.resolve("taken");
    try (FileStorage storage = FileStorage.open(root)) {
      Files.delete(root.resolve(FileStorage.LOCK_FILE));
      Path other = Files.writeString(root.resolve("other"), "1");
      Files.move(other, root.resolve(FileStorage.LOCK_FILE));
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(storage::verify)
            .isInstanceOf(IOException.class)
            .hasMessageContaining("another onex may write to this folder");
        Files.deleteIfExists(root.resolve(FileStorage.LOCK_FILE));
      }
    }
  }

  @Test
  void a_root_that_is_removed_or_replaced_is_noticed_and_so_is_its_return() throws Exception {
    Path root = folder.resolve("moved");
    Path aside = folder.resolve("aside");
    try (FileStorage storage = FileStorage.open(root);
        StorageFile file = storage.open("a/b")) {
      assertThat(file.isInPlace()).isTrue();
      Files.move(root, aside);
      assertThatThrownBy(storage::verify).hasMessageContaining("was removed or replaced");
      assertThat(file.isInPlace()).isFalse();
      Files.createDirectory(root);
      assertThatThrownBy(storage::verify).hasMessageContaining("was removed or replaced");
      Files.delete(root);
      Files.move(aside, root);
      storage.verify();
      assertThat(file.isInPlace()).isTrue();
    }
  }

  @Test
  void what_is_no_file_is_set_aside_and_named_once_whatever_is_asked() throws Exception {
    for (String odd : List.of("a folder", "a pipe, a device or a socket", "a link to nothing")) {
      Path root = folder.resolve("odd " + odd.length());
      Files.createDirectories(root);
      Map<String, String> noticed = new TreeMap<>();
      try (FileStorage storage =
          FileStorage.open(
              root, (file, what) -> noticed.put(root.relativize(file).toString(), what))) {
        String numbered = "0000000001-0000000000000000007.segment";
        place(root.resolve("someone-else-s"), odd);
        for (String name : List.of("read", "write", "delete", "target", numbered)) {
          place(root.resolve(name), odd);
        }
        assertTimeoutPreemptively(
            Duration.ofSeconds(30),
            () -> {
              assertThatThrownBy(() -> storage.openForReading("read"))
                  .isInstanceOf(NotAFileException.class)
                  .hasMessageContaining(root.resolve("read") + ": it was " + odd);
              assertThatThrownBy(() -> storage.openForReading("read"))
                  .isInstanceOf(NoSuchFileException.class)
                  .isNotInstanceOf(NotAFileException.class);
              storage.open("write").close();
              storage.delete("delete");
              storage.open("other").close();
              storage.rename("other", "target");
            });

        assertThat(storage.list("")).contains("write", "target").doesNotContain("delete", "read");
        assertThat(noticed)
            .containsOnlyKeys(
                "read.no-file",
                "write.no-file",
                "delete.no-file",
                "target.no-file",
                numbered + ".no-file")
            .allSatisfy((_, what) -> assertThat(what).isEqualTo(odd));
        place(root.resolve("read"), odd);
        assertThatThrownBy(() -> storage.openForReading("read"))
            .isInstanceOf(NotAFileException.class);
        assertThat(noticed).containsKey("read.no-file-2");
      }
    }
  }

  @Test
  void a_lock_or_a_folder_that_is_something_else_is_named_with_what_to_do() throws Exception {
    for (String odd : List.of("a folder", "a pipe, a device or a socket", "a link to nothing")) {
      Path root = Files.createDirectories(folder.resolve("lock " + odd.length()));
      Path lock = root.resolve(FileStorage.LOCK_FILE);
      place(lock, odd);
      assertTimeoutPreemptively(
          Duration.ofSeconds(30),
          () ->
              assertThatThrownBy(() -> FileStorage.open(root))
                  .hasMessage(lock + " is " + odd + ", not a file: move it away and start again"));
    }
    try (FileStorage storage = storage()) {
      Path log = Files.writeString(storage.root().resolve("log"), "text");
      String sentence = log + " is a file, not a folder: move it away and start again";
      assertThatThrownBy(() -> storage.list("log")).hasMessage(sentence);
      assertThatThrownBy(() -> storage.open("log/marks")).hasMessage(sentence);
      assertThatThrownBy(() -> storage.forceDirectory("log")).hasMessage(sentence);
    }
  }

  @Test
  void a_link_to_a_file_is_that_file() throws Exception {
    try (FileStorage storage = storage()) {
      Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "1234");
      Files.createSymbolicLink(storage.root().resolve("link"), elsewhere);
      try (StorageFile file = storage.openForReading("link")) {
        assertThat(file.size()).isEqualTo(4);
      }
      try (StorageFile file = storage.open("link")) {
        file.write(ByteBuffer.wrap(new byte[] {'5'}), 4);
      }
      assertThat(elsewhere).hasContent("12345");
    }
  }

  private static void place(Path file, String odd) throws Exception {
    switch (odd) {
      case "a folder" -> Files.writeString(Files.createDirectory(file).resolve("in"), "kept");
      case "a link to nothing" -> Files.createSymbolicLink(file, file.resolveSibling("no/where"));
      default ->
          assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
    }
  }
}
