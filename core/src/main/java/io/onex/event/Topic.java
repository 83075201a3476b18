package io.onex.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A topic of a message bus and what its name says about the records on it (onex-facts b3).
///
/// Make one per topic and keep it: reading the name costs more than an event.
public final class Topic {
  private final String name;
  private final @Nullable IgnoreReason ignored;
  private final @Nullable TypeName type;

  private Topic(String name, @Nullable IgnoreReason ignored, @Nullable TypeName type) {
    this.name = name;
    this.ignored = ignored;
    this.type = type;
  }

  /// The topic with this name; any text.
  public static Topic of(String name) {
    List<String> parts = List.of(TypeNames.withoutPrefix(name).split("\\.", -1));
    IgnoreReason ignored = null;
    if (parts.getFirst().equals("onex") && parts.size() > 1) {
      ignored = reason(parts.get(1));
    }
    if (ignored == null && parts.size() >= 3) {
      // onex.DOMAIN.commands and ENV.DOMAIN.commands.v1
      ignored = reason(parts.get(2));
    }
    return new Topic(name, ignored, TypeNames.read(name));
  }

  private static @Nullable IgnoreReason reason(String part) {
    return switch (part) {
      case "cmd", "commands" -> IgnoreReason.COMMAND;
      case "intent", "intents" -> IgnoreReason.INTENT;
      case "snapshot", "snapshots" -> IgnoreReason.SNAPSHOT;
      default -> null;
    };
  }

  public String name() {
    return name;
  }

  /// Why records on this topic are no events; null when they are.
  @Nullable IgnoreReason ignored() {
    return ignored;
  }

  /// The type of an event on this topic that names none itself.
  @Nullable TypeName type() {
    return type;
  }

  @Override
  public String toString() {
    return name;
  }
}
