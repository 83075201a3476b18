package io.onex.delivery;

import io.onex.config.BatchConfig;
import io.onex.config.ByteSize;
import io.onex.log.Position;
import io.onex.log.replay.ReplaySource;
import java.io.FileOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// A process of its own that delivers and replays until it is killed: `ReplayingProcess DIRECTORY
/// RECORDS`. Its system appends the id of each record it takes to `received`, dead-letters none but
/// those that end in 7 on their first way, and takes each of those later.
///
/// The first life appends records, waits until all had their outcome and asks for two replays: of
/// the log and of the dead letters. It prints `ready`, and each life prints `done` once both have
/// ended.
final class ReplayingProcess {
  static final int BATCH = 10;

  private ReplayingProcess() {}

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    int records = Integer.parseInt(args[1]);
    Path received = folder.resolve("received");
    DeliverySettings settings =
        DeliverySettings.DEFAULT
            .with(new BatchConfig(BATCH, ByteSize.ofMiB(1), Duration.ofMillis(5)))
            .withParallelism(2);
    try (RunningGateway gateway = new RunningGateway(folder.resolve("data"));
        FileOutputStream out = new FileOutputStream(received.toFile(), true)) {
      boolean first = gateway.log.durableEnd().offset() == 0;
      ScriptedIntegration elk =
          new ScriptedIntegration(ids -> {
            if (gateway.replays.list().isEmpty() && ids.stream().anyMatch(id -> id.endsWith("7"))) {
              return new DeliveryResult.Refused("HTTP 400");
            }
            StringBuilder lines = new StringBuilder();
            ids.forEach(id -> lines.append(id).append('\n'));
            out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
            Thread.sleep(Duration.ofMillis(2));
            return new DeliveryResult.Delivered();
          });
      DestinationLoop loop = gateway.destination("elk", elk, settings);
      if (first) {
        String[] ids = new String[records];
        for (int i = 0; i < records; i++) {
          ids[i] = "id-" + i;
        }
        var range = gateway.append(ids);
        gateway.watch.await(List.of(range), Set.of("elk"), Duration.ofMinutes(1));
        gateway.replays.create(
            "elk",
            new ReplaySource.Stretch(Position.START, gateway.log.durableEnd(), Optional.empty()));
        gateway.replays.create(
            "elk",
            new ReplaySource.Letters(
                Position.START, new Position(0, gateway.deadLetters.nextId()), new TreeSet<>()));
        loop.replay();
      }
      System.out.println("ready");
      while (gateway.replays.next("elk").isPresent()) {
        Thread.sleep(Duration.ofMillis(5));
      }
      System.out.println("done");
      System.in.read();
    }
  }
}
