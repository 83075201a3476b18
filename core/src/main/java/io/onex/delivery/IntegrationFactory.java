package io.onex.delivery;

import io.onex.config.KindCatalog;
import io.onex.config.Section;

/// Makes the destinations of one kind; found by `ServiceLoader`.
public interface IntegrationFactory {
  /// The kind, its group and its settings.
  KindCatalog.Kind kind();

  /// Makes the integration of one destination. Does no I/O: what cannot be reached is found out by
  /// the first attempt or a probe.
  ///
  /// @param settings read with the fields of [#kind], perhaps among others
  /// @throws IllegalArgumentException when the settings do not go together, which the kind's review
  ///   tells beforehand; the message says why and holds no secret
  Integration create(Section settings, IntegrationServices services);
}
