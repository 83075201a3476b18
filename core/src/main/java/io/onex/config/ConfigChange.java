package io.onex.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a new configuration asks of a running gateway, in its two halves.
///
/// Connection settings apply to every next attempt, wherever a cursor stands. Rules apply from a
/// control record on. What can change neither way waits for the next start and is named.
///
/// @param added destinations that are new
/// @param removed names of destinations that are gone
/// @param renamed destinations that go on with the cursor of another name
/// @param changed destinations whose settings differ, under their old name
/// @param rules whether routing differs, or the destinations that groups and `*` mean
/// @param enrichment whether what is added to records or taken out of them differs
/// @param logging whether what the gateway logs differs
/// @param needsRestart top-level keys whose change waits for the next start
public record ConfigChange(
    List<DestinationConfig> added,
    List<String> removed,
    List<Renamed> renamed,
    List<DestinationConfig> changed,
    boolean rules,
    boolean enrichment,
    boolean logging,
    List<String> needsRestart) {
  public ConfigChange {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
    renamed = List.copyOf(renamed);
    changed = List.copyOf(changed);
    needsRestart = List.copyOf(needsRestart);
  }

  /// A destination that goes on under a new name, perhaps with other settings, too.
  public record Renamed(String from, DestinationConfig to) {}

  /// Compares two valid configurations. Pure.
  public static ConfigChange between(GatewayConfig before, GatewayConfig after) {
    List<DestinationConfig> added = new ArrayList<>();
    List<Renamed> renamed = new ArrayList<>();
    List<DestinationConfig> changed = new ArrayList<>();
    for (DestinationConfig now : after.destinations()) {
      Optional<DestinationConfig> same = before.destination(now.name());
      Optional<String> heirOf = now.previously().filter(old -> before.destination(old).isPresent());
      if (same.isPresent()) {
        if (!same.get().equals(now)) {
          changed.add(now);
        }
      } else if (heirOf.isPresent()) {
        renamed.add(new Renamed(heirOf.get(), now));
      } else {
        added.add(now);
      }
    }
    List<String> removed =
        before.destinations().stream()
            .map(DestinationConfig::name)
            .filter(name -> after.destination(name).isEmpty())
            .filter(name -> renamed.stream().noneMatch(r -> r.from().equals(name)))
            .toList();
    return new ConfigChange(
        added,
        removed,
        renamed,
        changed,
        !before.routing().equals(after.routing()) || !members(before).equals(members(after)),
        !before.enrichment().equals(after.enrichment()),
        !before.logging().equals(after.logging()),
        needsRestart(before, after));
  }

  /// This change, which also makes the connections of `renewed` anew: what their settings point to
  /// has changed, though the settings have not.
  public ConfigChange renewing(Set<String> renewed, GatewayConfig after) {
    List<DestinationConfig> all = new ArrayList<>(changed);
    after.destinations().stream()
        .filter(one -> renewed.contains(one.name()))
        .filter(one -> !all.contains(one) && !added.contains(one))
        .filter(one -> renamed.stream().noneMatch(each -> each.to().equals(one)))
        .forEach(all::add);
    return new ConfigChange(added, removed, renamed, all, rules, enrichment, logging, needsRestart);
  }

  /// What is in force in a running gateway after this change: `after`, but for what waits for the
  /// next start, which is as it was.
  public static GatewayConfig inForce(GatewayConfig before, GatewayConfig after) {
    return new GatewayConfig(
        after.destinations(),
        after.routing(),
        before.server(),
        before.log(),
        before.sources(),
        after.enrichment(),
        before.operations(),
        before.metrics(),
        after.logging(),
        before.health());
  }

  /// Whether nothing differs.
  public boolean isEmpty() {
    return added.isEmpty()
        && removed.isEmpty()
        && renamed.isEmpty()
        && changed.isEmpty()
        && !rules
        && !enrichment
        && !logging
        && needsRestart.isEmpty();
  }

  /// Who can be meant by rules: names in order, with their groups.
  private static List<String> members(GatewayConfig config) {
    return config.destinations().stream()
        .map(d -> d.name() + d.groups().stream().sorted().toList())
        .toList();
  }

  private static List<String> needsRestart(GatewayConfig before, GatewayConfig after) {
    List<String> keys = new ArrayList<>();
    note(keys, "server", before.server(), after.server());
    note(keys, "log", before.log(), after.log());
    note(keys, "sources", before.sources(), after.sources());
    note(keys, "operations", before.operations(), after.operations());
    note(keys, "metrics", before.metrics(), after.metrics());
    note(keys, "health", before.health(), after.health());
    return keys;
  }

  private static void note(List<String> keys, String key, Object before, Object after) {
    if (!before.equals(after)) {
      keys.add(key);
    }
  }
}
