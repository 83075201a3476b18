package io.onex.source.http;

import io.onex.event.JsonWriter;
import io.onex.ingest.IntakeResult;
import io.onex.ingest.Rejection;
import java.util.List;

/// The JSON answer to posted events.
final class EventsAnswer {
  private EventsAnswer() {}

  /// The status: 400 when not one event could be used, 202 otherwise.
  static int status(IntakeResult result) {
    return result.nothingUsable() ? 400 : 202;
  }

  /// @param pending destinations that were waited for and are not done; empty when none
  static void write(JsonWriter json, IntakeResult result, List<String> pending) {
    json.beginObject();
    if (result.nothingUsable()) {
      json.key("code").text("nothing_usable");
      json.key("message").text("none of the events could be used");
      json.key("hint")
          .text("`rejected` says what is wrong with each; do not send them again as is");
    }
    json.key("accepted").number(result.accepted());
    json.key("duplicates").number(result.duplicates());
    json.key("ignored").number(result.ignored());
    if (result.conflicting() > 0) {
      json.key("conflicting").number(result.conflicting());
    }
    if (result.rejectedCount() > result.rejected().size()) {
      json.key("rejected_count").number(result.rejectedCount());
    }
    json.key("rejected").beginArray();
    result.rejected().forEach(rejection -> write(json, rejection));
    json.endArray();
    if (!pending.isEmpty()) {
      json.key("pending").beginArray();
      pending.forEach(json::text);
      json.endArray();
    }
    json.endObject();
  }

  private static void write(JsonWriter json, Rejection rejection) {
    json.beginObject();
    json.key("index").number((long) rejection.index());
    json.key("code").text(rejection.code());
    json.key("field").text(rejection.field());
    json.key("message").text(rejection.message());
    json.key("offset").number(rejection.offset());
    json.endObject();
  }
}
