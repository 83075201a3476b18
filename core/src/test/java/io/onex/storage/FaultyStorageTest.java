package io.onex.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class FaultyStorageTest implements StorageContract {
  @Override
  public FaultyStorage storage() {
    return new FaultyStorage(new PowerCutStorage());
  }

  @Test
  void a_fault_strikes_the_chosen_operation_on_the_chosen_file() throws IOException {
    FaultyStorage storage = storage();
    storage.inject(Fault.once(Fault.Operation.FORCE, Fault.Kind.IO_ERROR).on("log/").after(1));
    StorageFile file = storage.open("log/file");

    file.force();
    storage.open("other").force();
    assertThatThrownBy(file::force).hasMessage("log/file: Input/output error");
    file.force();

    assertThat(storage.injected()).isEqualTo(1);
  }

  @Test
  void a_short_write_leaves_the_first_half() throws IOException {
    FaultyStorage storage = storage();
    storage.inject(Fault.once(Fault.Operation.WRITE, Fault.Kind.SHORT_WRITE));
    StorageFile file = storage.open("file");

    assertThatThrownBy(() -> file.write(ByteBuffer.allocate(100), 0))
        .hasMessageContaining("No space left on device");

    assertThat(file.size()).isEqualTo(50);
  }

  @Test
  void a_healed_storage_works_again() throws IOException {
    FaultyStorage storage = storage();
    storage.inject(Fault.always(Fault.Operation.OPEN, Fault.Kind.NO_SPACE));
    assertThatThrownBy(() -> storage.open("file")).isInstanceOf(IOException.class);

    storage.heal();

    assertThat(storage.open("file").size()).isZero();
  }
}
