package io.onex.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.config.BatchConfig;
import io.onex.config.ByteSize;
import io.onex.log.PositionRange;
import io.onex.log.cursor.CursorJournal;
import io.onex.log.deadletter.DeadLetterQuery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A crash after dead letters were forced and before the cursor was saved.
class DeadLetterCrashTest {
  private static final DeliverySettings QUICK =
      DeliverySettings.DEFAULT.with(new BatchConfig(10, ByteSize.ofMiB(1), Duration.ofMillis(20)));

  @TempDir private Path directory;

  @Test
  void a_record_whose_letter_is_there_gets_no_second_one() throws Exception {
    Path journal = directory.resolve("cursors").resolve(CursorJournal.FILE_NAME);
    PositionRange range;
    byte[] before;
    try (RunningGateway gateway = new RunningGateway(directory)) {
      gateway.destination("elk", refusing("poison"), QUICK);
      before = Files.readAllBytes(journal);
      range = gateway.append("a", "poison-1", "b", "poison-2");
      settled(gateway, range);
      assertThat(letters(gateway)).containsExactly("poison-1", "poison-2");
    }
    // What the crash leaves: the letters, and the cursor as it was.
    Files.write(journal, before);

    try (RunningGateway again = new RunningGateway(directory)) {
      again.destination("elk", refusing("poison"), QUICK);
      settled(again, range);
      settled(again, again.append("c", "poison-3"));

      assertThat(letters(again)).containsExactly("poison-1", "poison-2", "poison-3");
      assertThat(again.balance("elk").ledger().deadLettered()).isEqualTo(3);
      assertThat(again.balance("elk").holds()).isTrue();
    }
  }

  private static ScriptedIntegration refusing(String what) {
    return new ScriptedIntegration(ids ->
        ids.stream().anyMatch(id -> id.startsWith(what))
            ? new DeliveryResult.Refused("HTTP 400")
            : new DeliveryResult.Delivered());
  }

  private static void settled(RunningGateway gateway, PositionRange range) throws Exception {
    assertThat(gateway.watch.await(List.of(range), Set.of("elk"), Duration.ofSeconds(20)))
        .isEmpty();
  }

  private static List<String> letters(RunningGateway gateway) throws Exception {
    return gateway.deadLetters.list(DeadLetterQuery.first(100)).entries().stream()
        .map(entry -> entry.letter().record().orElseThrow().eventId().utf8())
        .toList();
  }
}
