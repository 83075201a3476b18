package io.onex.app;

import io.onex.config.ConfigChange;
import io.onex.config.GatewayConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The configuration in force, and what of the one that was loaded last waits for a restart. One
/// thread at a time changes it, any thread asks.
final class ConfigInForce {
  private volatile Configs configs;

  private record Configs(GatewayConfig inForce, GatewayConfig loaded) {}

  ConfigInForce(GatewayConfig started) {
    configs = new Configs(started, started);
  }

  GatewayConfig get() {
    return configs.inForce();
  }

  /// What was loaded is in force now, as far as it can be while the gateway runs.
  void reloaded(GatewayConfig next) {
    configs = new Configs(ConfigChange.inForce(configs.inForce(), next), next);
  }

  /// Settings in force: paths to values.
  Map<String, String> settings() {
    return Settings.of(configs.inForce());
  }

  /// Settings that will differ after a restart, with what they will be; empty for what will be
  /// gone.
  Map<String, Optional<String>> pending() {
    Configs now = configs;
    Map<String, String> before = Settings.of(now.inForce());
    Map<String, String> after = Settings.of(now.loaded());
    Map<String, Optional<String>> pending = new LinkedHashMap<>();
    after.forEach((path, value) -> {
      if (!value.equals(before.get(path))) {
        pending.put(path, Optional.of(value));
      }
    });
    before.keySet().stream()
        .filter(path -> !after.containsKey(path))
        .forEach(path -> pending.put(path, Optional.empty()));
    return pending;
  }
}
