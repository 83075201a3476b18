package io.onex.log.cursor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onex.log.MemoryLog;
import io.onex.log.Position;
import io.onex.log.PositionRange;
import io.onex.log.RecordOutcome;
import io.onex.log.RetentionGuard.Overtaken;
import io.onex.log.SetClock;
import io.onex.storage.Fault;
import io.onex.storage.FaultyStorage;
import io.onex.storage.PowerCutStorage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CursorRetentionGuardTest {
  private final PowerCutStorage disk = new PowerCutStorage();
  private final FaultyStorage faulty = new FaultyStorage(disk);
  private final MemoryLog log = MemoryLog.of(1_000);
  private final CursorJournal journal = CursorJournal.open(faulty, "cursors", new SetClock());

  @Test
  void what_is_overtaken_expires_durably_and_the_ledger_balances() throws IOException {
    register("elk", "slack");
    PositionRange middle = new PositionRange(at(100), at(200));
    journal.save(find("elk").complete(middle, RecordOutcome.DELIVERED));
    PositionRange all = new PositionRange(at(0), at(600));
    journal.save(find("slack").complete(all, RecordOutcome.DELIVERED));
    journal.retain(Set.of("slack"));

    List<Overtaken> overtaken =
        new CursorRetentionGuard(journal, CursorRetentionGuard.Owners.NONE).expire(at(300));

    assertThat(overtaken)
        .containsExactly(
            new Overtaken("elk", new PositionRange(at(0), at(100))),
            new Overtaken("elk", new PositionRange(at(200), at(300))));
    CursorEntry elk =
        CursorJournal.open(disk.cut(1), "cursors", new SetClock()).find("elk").orElseThrow();
    assertThat(elk.ledger().expired()).isEqualTo(200);
    assertThat(elk.cursor().lowWater()).isEqualTo(at(300));
    assertThat(elk.balance(log.durableEnd()).holds()).isTrue();
  }

  @Test
  void a_running_loop_moves_its_own_cursor() throws IOException {
    register("elk", "slack");
    List<String> asked = new ArrayList<>();
    CursorRetentionGuard guard =
        new CursorRetentionGuard(
            journal,
            (destination, newStart) -> {
              asked.add(destination);
              return destination.equals("elk");
            });

    assertThat(guard.expire(at(10))).hasSize(2);

    assertThat(asked).containsExactly("elk", "slack");
    assertThat(find("elk").ledger().expired()).isZero();
    assertThat(find("slack").ledger().expired()).isEqualTo(10);
    assertThat(guard.slowest()).contains(at(0));
  }

  @Test
  void nothing_is_given_up_while_the_expiry_cannot_be_made_durable() throws IOException {
    register("elk");
    CursorRetentionGuard guard =
        new CursorRetentionGuard(journal, CursorRetentionGuard.Owners.NONE);
    faulty.inject(Fault.always(Fault.Operation.FORCE, Fault.Kind.IO_ERROR));

    assertThatThrownBy(() -> guard.expire(at(10)))
        .hasMessageContaining("records before position 0/10 stay for now")
        .hasMessageContaining("Input/output error");
    assertThatThrownBy(() -> guard.expire(at(10))).isInstanceOf(IOException.class);

    faulty.heal();
    assertThat(guard.expire(at(10))).isEmpty();
    assertThat(
            CursorJournal.open(disk.cut(2), "cursors", new SetClock())
                .find("elk")
                .orElseThrow()
                .ledger()
                .expired())
        .isEqualTo(10);
  }

  private void register(String... names) {
    for (String name : names) {
      journal.register(
          List.of(CursorRequest.of(name).from(new CursorStart.Beginning())), MemoryLog.of(0));
    }
  }

  private CursorEntry find(String name) {
    return journal.find(name).orElseThrow();
  }

  private static Position at(int offset) {
    return new Position(0, offset);
  }
}
