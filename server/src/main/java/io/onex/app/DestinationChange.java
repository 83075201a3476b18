package io.onex.app;

import io.onex.config.ConfigChange;
import io.onex.config.DestinationConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What a new configuration changes about destinations, with every integration it needs made
/// already: nothing of it can fail for a reason of the configuration any more.
///
/// @param after all destinations of the new configuration, in its order
/// @param stopped names of those whose loops end, for good or to go on as one of `begun`
/// @param removed names of those that are gone, which are among `stopped`
/// @param changed those whose loops go on with other settings
/// @param begun those whose loops are made anew
record DestinationChange(
    List<DestinationConfig> after,
    List<String> stopped,
    List<String> removed,
    List<DestinationConfig> changed,
    List<DestinationConfig> begun,
    Connections connections)
    implements AutoCloseable {
  /// Compares with what runs, and makes what the change needs.
  ///
  /// @throws UsageException when an integration cannot be made, naming each with its reason
  static DestinationChange prepare(
      ConfigChange change,
      List<DestinationConfig> after,
      Map<String, Running> running,
      IntegrationMaker maker)
      throws UsageException {
    List<String> stopped = new ArrayList<>(change.removed());
    List<DestinationConfig> changed = new ArrayList<>();
    List<DestinationConfig> begun = new ArrayList<>(change.added());
    for (ConfigChange.Renamed renamed : change.renamed()) {
      stopped.add(renamed.from());
      begun.add(renamed.to());
    }
    for (DestinationConfig now : withChangedFallbacks(change, after)) {
      Running before = running.get(now.name());
      boolean delivered = DestinationSettings.isDelivered(now);
      if (before != null && before.loop().isPresent() == delivered) {
        changed.add(now);
      } else {
        stopped.add(now.name());
        begun.add(now);
      }
    }
    Connections connections =
        Connections.make(maker, Stream.concat(changed.stream(), begun.stream()).toList(), after);
    return new DestinationChange(after, stopped, change.removed(), changed, begun, connections);
  }

  /// Those that changed themselves, and those whose fallback did.
  private static List<DestinationConfig> withChangedFallbacks(
      ConfigChange change, List<DestinationConfig> after) {
    List<String> others = change.changed().stream().map(DestinationConfig::name).toList();
    List<DestinationConfig> all = new ArrayList<>(change.changed());
    for (DestinationConfig one : after) {
      Optional<String> fallback = one.fallback().map(f -> f.destination());
      boolean isOld =
          !change.added().contains(one)
              && change.renamed().stream().noneMatch(renamed -> renamed.to().equals(one));
      if (isOld && !others.contains(one.name()) && fallback.filter(others::contains).isPresent()) {
        all.add(one);
      }
    }
    return all;
  }

  /// Lets go of what was made and not used.
  @Override
  public void close() {
    connections.close();
  }
}
