package io.onex.metric.mapping;

import io.onex.bytes.Slice;
import io.onex.json.JsonFields;
import io.onex.operation.Symbol;

/// Counts audit records (onex-facts g): who asked to log in or to do something, and the answer.
final class AuditMetrics {
  private final EventFamilies families;

  AuditMetrics(EventFamilies families) {
    this.families = families;
  }

  void count(Slice body) {
    switch (JsonFields.text(JsonFields.find(body, "event_category"))) {
      case "authentication" -> authentication(body);
      case "authorization" -> authorization(body);
      default -> {
        // Executions are counted from their own events.
      }
    }
  }

  private void authentication(Slice body) {
    Symbol result =
        switch (JsonFields.text(JsonFields.find(body, "event_type"))) {
          case "login" -> Values.SUCCESS;
          case "failed_login" -> Values.FAILURE;
          default -> Symbol.EMPTY;
        };
    // A logout is no attempt.
    if (!result.isEmpty()) {
      families.authentications.increment(
          symbol(JsonFields.find(body, "additional_data", "method")), result);
    }
  }

  private void authorization(Slice body) {
    String resource = JsonFields.text(JsonFields.find(body, "resource"));
    int slash = resource.indexOf('/');
    Symbol result =
        switch (JsonFields.text(JsonFields.find(body, "result"))) {
          case "allowed" -> Values.ALLOWED;
          case "denied" -> Values.DENIED;
          default -> Values.UNKNOWN;
        };
    families.authorizations.increment(
        Values.orUnknown(Symbol.of(slash < 0 ? resource : resource.substring(0, slash))),
        symbol(JsonFields.find(body, "action")),
        result);
  }

  private static Symbol symbol(Slice value) {
    return Values.orUnknown(Symbol.of(JsonFields.text(value)));
  }
}
