package io.onex.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The kinds of integration this build has: the seam to whoever implements them.
///
/// @param kinds in the order in which they are explained
public record KindCatalog(List<Kind> kinds) {
  public KindCatalog {
    kinds = List.copyOf(kinds);
  }

  public Optional<Kind> find(String name) {
    return kinds.stream().filter(kind -> kind.name().equals(name)).findFirst();
  }

  public List<String> names() {
    return kinds.stream().map(Kind::name).toList();
  }

  /// One kind of integration.
  ///
  /// @param name such as `elk`; lower case
  /// @param group which rules reach it by group name
  /// @param summary one sentence for the reference page
  /// @param settings its own settings, beside those every destination has
  /// @param batch how it likes its batches when neither the destination nor `buffering` says
  /// @param review what there is to say about the settings of a destination together, each of which
  ///   is fine by itself; pure
  public record Kind(
      String name,
      DestinationGroup group,
      String summary,
      Fields settings,
      BatchConfig batch,
      Function<Section, List<Remark>> review) {
    /// A kind whose settings go together whatever they are.
    public Kind(
        String name, DestinationGroup group, String summary, Fields settings, BatchConfig batch) {
      this(name, group, summary, settings, batch, section -> List.of());
    }

    public Kind {
      if (!name.matches("[a-z][a-z0-9_-]*")) {
        throw new IllegalArgumentException("a kind's name is lower case: " + name);
      }
      DestinationConfig.FIELDS.plus(settings); // fails when a name is taken
    }
  }
}
