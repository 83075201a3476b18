package io.onex.app;

import io.onex.bytes.Slice;
import io.onex.delivery.StateChange;
import io.onex.event.EventType;
import io.onex.json.JsonWriter;
import io.onex.log.Log;
import io.onex.log.LogUnavailableException;
import io.onex.log.RecordFlags;
import io.onex.log.RecordKind;
import io.onex.log.RecordWriter;
import io.onex.log.SourceKind;
import io.onex.thread.OwnedThread;
import io.onex.thread.Pulse;
import io.onex.time.Clock;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/// Appends one DESTINATION_STATE record per state change of a destination, and per loss of what
/// retention removed before a destination had it, so that the others learn of it. The rules keep it
/// from the destination it is about, so nothing turns in a circle.
///
/// Owns one virtual thread; while the log cannot append, changes wait, and the oldest of very many
/// are given up, as the latest state is what counts.
final class Announcements implements AutoCloseable {
  private static final int MOST_WAITING = 1_000;
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(1);

  private final Log log;
  private final Clock clock;

  /// What others should learn.
  private sealed interface News {
    record Changed(StateChange change) implements News {}

    record Lost(String destination, long records) implements News {}
  }

  private final BlockingQueue<News> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final OwnedThread thread;

  private Announcements(Log log, Clock clock) {
    this.log = log;
    this.clock = clock;
    this.thread = OwnedThread.virtual("onex-announcements", "announcements", this::run);
  }

  static Announcements start(Log log, Clock clock) {
    Announcements announcements = new Announcements(log, clock);
    var _ = announcements.thread.start();
    return announcements;
  }

  Pulse pulse() {
    return thread.pulse();
  }

  /// Takes a change and returns at once.
  void announce(StateChange change) {
    announce(new News.Changed(change));
  }

  /// Takes a loss and returns at once.
  void lost(String destination, long records) {
    announce(new News.Lost(destination, records));
  }

  private void announce(News news) {
    while (!waiting.offer(news)) {
      waiting.poll();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    var _ = thread.stop(STOP_TIMEOUT);
  }

  private void run(OwnedThread self) throws InterruptedException {
    RecordWriter writer = new RecordWriter(1024);
    while (self.goesOn()) {
      self.pulse().rest();
      News news = waiting.take();
      self.pulse().beat();
      append(news, writer, self);
    }
  }

  private void append(News news, RecordWriter writer, OwnedThread self)
      throws InterruptedException {
    do {
      writer.clear();
      write(news, clock.wallMicros(), writer);
      try {
        log.append(writer);
        return;
      } catch (LogUnavailableException e) {
        // Tried again for as long as it takes.
      }
    } while (self.pause(PAUSE));
  }

  private static void write(News news, long nowMicros, RecordWriter writer) {
    JsonWriter json = new JsonWriter(256);
    json.beginObject().key("event_id");
    Slice eventId =
        switch (news) {
          case News.Changed(StateChange change) -> {
            Slice id = id("state-", change.destination(), nowMicros);
            begin(json, id, change.destination());
            json.key("from").text(change.from().text()).key("to").text(change.to().text());
            json.key("reason").text(change.reason());
            yield id;
          }
          case News.Lost(String destination, long records) -> {
            Slice id = id("expired-", destination, nowMicros);
            begin(json, id, destination);
            json.key("expired").number(records);
            json.key("reason").text("retention removed records that it had not had");
            yield id;
          }
        };
    json.key("origin").text("gateway").endObject();
    Slice body = json.written();
    writer.begin(RecordKind.DERIVED, EventType.DESTINATION_STATE, eventId, nowMicros, nowMicros);
    writer.flags(RecordFlags.ORIGIN_GATEWAY).source(SourceKind.GATEWAY);
    writer.body(body.array(), body.offset(), body.length()).end();
  }

  private static Slice id(String what, String destination, long nowMicros) {
    String id = what + destination + "-" + nowMicros;
    return Slice.utf8(id.substring(0, Math.min(id.length(), 200)));
  }

  private static void begin(JsonWriter json, Slice id, String destination) {
    json.text(id).key("event_type").text(EventType.DESTINATION_STATE.name());
    json.key("node_id").text("onex-gateway").key("destination").text(destination);
  }
}
