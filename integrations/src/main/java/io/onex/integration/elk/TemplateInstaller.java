package io.onex.integration.elk;

import io.onex.delivery.DeliveryResult;
import io.onex.delivery.HttpClassification;
import io.onex.delivery.http.HttpAnswer;
import io.onex.time.Clock;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Sees to it, once, that the index template is there before the first document is sent; an index
/// made without it would guess its mapping from whatever came first.
///
/// Safe for use by many threads: one looks, the others wait for it.
final class TemplateInstaller {
  private static final String GRANT =
      "; grant manage_index_templates or set manage_template: false";

  private final SearchEngine engine;
  private final String prefix;
  private final Clock clock;
  private final ReentrantLock looking = new ReentrantLock();
  private volatile boolean there;

  /// @param prefix of the indices, and name of the template
  TemplateInstaller(SearchEngine engine, String prefix, Clock clock) {
    this.engine = engine;
    this.prefix = prefix;
    this.clock = clock;
  }

  /// Empty when the template is there; else what stands in the way, which is never a reason to give
  /// up a record.
  Optional<DeliveryResult> ensure() throws IOException, InterruptedException {
    if (there) {
      return Optional.empty();
    }
    looking.lockInterruptibly();
    try {
      Optional<DeliveryResult> obstacle = there ? Optional.empty() : install();
      there = obstacle.isEmpty();
      return obstacle;
    } finally {
      looking.unlock();
    }
  }

  private Optional<DeliveryResult> install() throws IOException, InterruptedException {
    String path = "/_index_template/" + prefix;
    HttpAnswer found = engine.get(path);
    boolean missing = found.status() == 404;
    if (!missing && found.status() != 200) {
      return Optional.of(obstacle("looking for the index template " + prefix, found));
    }
    if (!missing && !IndexTemplate.isOutdated(found.body())) {
      return Optional.empty();
    }
    Flavour flavour = Flavour.ELASTICSEARCH;
    if (!Flavour.isSigned(found)) {
      HttpAnswer root = engine.get("/");
      if (root.status() != 200) {
        return Optional.of(obstacle("asking for the version", root));
      }
      flavour = Flavour.of(root.body());
    }
    HttpAnswer put = engine.put(path, IndexTemplate.body(prefix, flavour));
    return put.status() == 200
        ? Optional.empty()
        : Optional.of(obstacle("installing the index template " + prefix, put));
  }

  private DeliveryResult obstacle(String what, HttpAnswer answer) {
    String where = what + ": ";
    return switch (HttpClassification.of(answer, clock)) {
      case DeliveryResult.Unauthorized no ->
          new DeliveryResult.Unauthorized(
              where + no.reason() + (answer.status() == 403 ? GRANT : ""));
      case DeliveryResult.Retryable later ->
          new DeliveryResult.Retryable(where + later.reason(), later.retryAfter());
      case DeliveryResult.Refused no -> later(where + no.reason());
      case DeliveryResult.Delivered odd -> later(where + "unexpected HTTP " + answer.status());
      case DeliveryResult.PerItem odd -> later(where + "unexpected HTTP " + answer.status());
    };
  }

  private static DeliveryResult later(String reason) {
    return new DeliveryResult.Retryable(
        reason + "; install a template by hand and set manage_template: false", Optional.empty());
  }
}
