package io.onex.source.http;

import io.onex.ingest.IntakeResult;
import io.onex.ingest.Rejection;
import io.onex.json.JsonWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The JSON answer to posted events.
final class EventsAnswer {
  /// What most requests of one event are answered: made once, never changed.
  private static final byte[] ONE_ACCEPTED =
      encode(new IntakeResult(1, 0, 0, 0, List.of(), 0, Map.of(), Optional.empty()), List.of());

  private EventsAnswer() {}

  /// The status: 400 when not one event could be used, 202 otherwise.
  static int status(IntakeResult result) {
    return result.nothingUsable() ? 400 : 202;
  }

  /// The answer as JSON; not to be changed.
  ///
  /// @param pending destinations that were waited for and are not done; empty when none
  static byte[] bytes(IntakeResult result, List<String> pending) {
    boolean nothingElse =
        result.duplicates() + result.ignored() + result.rejectedCount() + result.conflicting() == 0
            && result.warnings().isEmpty()
            && pending.isEmpty();
    return result.accepted() == 1 && nothingElse ? ONE_ACCEPTED : encode(result, pending);
  }

  private static byte[] encode(IntakeResult result, List<String> pending) {
    JsonWriter json = new JsonWriter(256);
    write(json, result, pending);
    return json.newLine().toByteArray();
  }

  private static void write(JsonWriter json, IntakeResult result, List<String> pending) {
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
    if (!result.warnings().isEmpty() || result.conflicting() > 0) {
      json.key("warnings").beginObject();
      if (result.conflicting() > 0) {
        json.key("conflicting").number(result.conflicting());
      }
      result.warnings().forEach((code, count) -> json.key(code).number(count));
      json.endObject();
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
