package io.onex.api;

import io.onex.http.UtcTime;
import io.onex.json.JsonWriter;
import io.onex.log.cursor.Ledger;
import io.onex.log.replay.ReplayEnd;
import io.onex.log.replay.ReplayJob;
import io.onex.log.replay.ReplaySource;

/// One replay as JSON.
final class ReplayJson {
  private ReplayJson() {}

  static void object(JsonWriter json, Replays.Replay replay) {
    ReplayJob job = replay.job();
    Ledger counts = replay.progress().counts();
    json.beginObject();
    json.key("id").number(job.id());
    json.key("destination").text(job.destination());
    switch (job.source()) {
      case ReplaySource.Stretch stretch -> {
        json.key("of").text("log");
        json.key("from_position").number(stretch.from().offset());
        json.key("to_position").number(stretch.end().offset());
        stretch.where().ifPresent(where -> json.key("where").text(where));
      }
      case ReplaySource.Letters letters -> json.key("of").text("dead_letters");
    }
    json.key("state").text(replay.state());
    json.key("created_at").text(UtcTime.text(job.createdMicros()));
    job.end().ifPresent(end -> json.key("ended_at").text(UtcTime.text(end.timeMicros())));
    long total = job.source().end().offset() - job.source().from().offset();
    json.key("total").number(total);
    json.key("done").number(counts.settled());
    json.key("replayed").number(counts.delivered());
    json.key("skipped").number(counts.filtered());
    json.key("refused").number(counts.deadLettered());
    json.key("expired").number(counts.expired());
    json.key("lost").number(counts.lost());
    if (!replay.progress().reason().isEmpty()) {
      json.key("refused_for").text(replay.progress().reason());
    }
    String failure = job.end().map(ReplayEnd::reason).orElse("");
    if (!failure.isEmpty()) {
      json.key("failure").text(failure);
    }
    if (job.isOpen() && !replay.waitingFor().isEmpty()) {
      json.key("waiting_for").text(replay.waitingFor());
    }
    json.endObject();
  }
}
