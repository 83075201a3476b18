package io.onex.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

/// What every storage does; run by each implementation.
interface StorageContract {
  Storage storage() throws IOException;

  static void write(Storage storage, String path, String text, long offset) throws IOException {
    try (StorageFile file = storage.open(path)) {
      file.write(ByteBuffer.wrap(text.getBytes(UTF_8)), offset);
      file.force();
    }
  }

  static String read(Storage storage, String path) throws IOException {
    try (StorageFile file = storage.openForReading(path)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) file.size());
      while (bytes.hasRemaining() && file.read(bytes, bytes.position()) >= 0) {}
      return new String(bytes.array(), UTF_8);
    }
  }

  @Test
  default void bytes_are_read_back_where_they_were_written() throws IOException {
    Storage storage = storage();

    write(storage, "a/b/file", "hello world", 0);
    write(storage, "a/b/file", "W", 6);

    assertThat(read(storage, "a/b/file")).isEqualTo("hello World");
  }

  @Test
  default void a_truncated_file_ends_where_it_was_cut() throws IOException {
    Storage storage = storage();
    write(storage, "file", "hello", 0);

    try (StorageFile file = storage.open("file")) {
      file.truncate(2);
      assertThat(file.size()).isEqualTo(2);
      assertThat(file.read(ByteBuffer.allocate(8), 2)).isEqualTo(-1);
    }
  }

  @Test
  default void a_directory_lists_the_names_of_its_own_files_in_order() throws IOException {
    Storage storage = storage();
    write(storage, "log/b", "", 0);
    write(storage, "log/a", "", 0);
    write(storage, "log/deeper/c", "", 0);

    assertThat(storage.list("log")).containsExactly("a", "b");
    assertThat(storage.list("nowhere")).isEmpty();
  }

  @Test
  default void a_renamed_file_replaces_the_one_that_had_the_name() throws IOException {
    Storage storage = storage();
    write(storage, "log/new", "new", 0);
    write(storage, "log/old", "old", 0);

    storage.rename("log/new", "log/old");

    assertThat(storage.list("log")).containsExactly("old");
    assertThat(read(storage, "log/old")).isEqualTo("new");
  }

  @Test
  default void a_deleted_file_is_gone_and_deleting_it_again_does_nothing() throws IOException {
    Storage storage = storage();
    write(storage, "file", "x", 0);

    storage.delete("file");
    storage.delete("file");

    assertThat(storage.exists("file")).isFalse();
    assertThatThrownBy(() -> storage.openForReading("file"))
        .isInstanceOf(NoSuchFileException.class);
  }
}
