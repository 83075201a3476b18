package io.onex.event;

import io.onex.event.TypeName.Spelling;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the canonical type for each spelling in use; the table stands in
/// `docs/reference/events.md`. Pure.
final class TypeNames {
  private static final int LONGEST = 255;

  private static final Map<String, EventType> SYNONYMS =
      Map.ofEntries(
          synonym("NODE_COMPLETED", "NODE_SUCCESS"),
          synonym("NODE_REGISTERED", "NODE_REGISTER"),
          synonym("DISCOVERY_RESPONSE", "NODE_DISCOVERY_RESPONSE"),
          synonym("NODE_HEALTH_EVENT", "NODE_HEALTH"),
          synonym("NODE_HEALTH_CHECK", "NODE_HEALTH"),
          synonym("NODE_SHUTDOWN_EVENT", "NODE_SHUTDOWN"),
          synonym("NODE_SHUTDOWN_ANNOUNCED", "NODE_SHUTDOWN"),
          synonym("NODE_HEARTBEAT_PUBLISHED", "NODE_HEARTBEAT"),
          synonym("REGISTRY_NODE_REGISTERED", "NODE_REGISTER"),
          synonym("RUNTIME_NODE_REGISTERED", "NODE_REGISTER"),
          // Without an id of their own, but also told by the fields of bare payloads.
          synonym("NODE_INTROSPECTION", "NODE_INTROSPECTION"),
          synonym("NODE_INTROSPECTION_EVENT", "NODE_INTROSPECTION"),
          synonym("NODE_INTROSPECTION_PUBLISHED", "NODE_INTROSPECTION"),
          synonym("REGISTRY_INTROSPECTION_REQUESTED", "INTROSPECTION_REQUEST"),
          synonym("REGISTRY_NODE_DEREGISTERED", "NODE_DEREGISTERED"),
          synonym("REGISTRY_NODE_REGISTRATION_FAILED", "NODE_REGISTRATION_FAILED"),
          synonym("INFRA_CIRCUIT_BREAKER_STATE_CHANGED", "CIRCUIT_BREAKER_STATE_CHANGED"),
          synonym("RUNTIME_ERROR", "RUNTIME_ERROR"));

  private TypeNames() {}

  /// The type that `raw` names; null when it cannot be a name, such as one with blanks or quotes in
  /// it, or one that only the gateway itself may give.
  static @Nullable TypeName read(String raw) {
    EventType known = EventType.of(raw.isEmpty() ? "-" : raw);
    if (known.isKnown()) {
      return isGateways(known) ? null : new TypeName(known, Spelling.PLAIN);
    }
    if (raw.length() > LONGEST || !isName(raw)) {
      return null;
    }
    int colon = raw.indexOf(':');
    if (colon > 0) {
      return raw.startsWith("onex:")
          ? spelled(raw, raw.substring(colon + 1), Spelling.FOREIGN)
          : new TypeName(known, Spelling.PLAIN);
    }
    if (raw.startsWith("com.onex.")) {
      return spelled(raw, raw.substring("com.onex.".length()), Spelling.FOREIGN);
    }
    if (raw.startsWith("OnexEventTypeEnum.")) {
      return spelled(raw, raw.substring("OnexEventTypeEnum.".length()), Spelling.FOREIGN);
    }
    if (raw.startsWith("core.")) {
      return spelled(raw, raw.substring("core.".length()), Spelling.RECENT);
    }
    if (raw.startsWith("onex.")) {
      return topic(raw);
    }
    String topic = withoutPrefix(raw);
    if (topic.length() < raw.length()) {
      return topic(topic);
    }
    TypeName whole = spelled(raw, raw, Spelling.RECENT);
    int dot = raw.indexOf('.');
    return whole.type().isKnown() || dot < 0 || raw.indexOf('.', dot + 1) > 0
        ? whole
        : spelled(raw, raw.substring(dot + 1), Spelling.RECENT);
  }

  /// The part of a versioned topic that begins with `onex.`, behind the names of an environment and
  /// a tenant, as in `dev.acme.onex.evt.platform.node-heartbeat.v1`; any other text as it is.
  static String withoutPrefix(String raw) {
    int at = raw.indexOf(".onex.") + 1;
    return at > 0 && isVersionedTopic(raw, at) ? raw.substring(at) : raw;
  }

  /// Whether both together, with a colon between, can be the name of a type.
  static boolean areName(String namespace, String name) {
    return namespace.length() + 1 + name.length() <= LONGEST && isName(namespace);
  }

  /// Whether `raw` begins with a letter or digit and has no others than these and `_.:/-`.
  private static boolean isName(String raw) {
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      boolean plain = isDigit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
      if (!plain && (i == 0 || "_.:/-".indexOf(c) < 0)) {
        return false;
      }
    }
    return !raw.isEmpty();
  }

  /// Whether three parts and a version follow `onex`, which stands at `from`.
  private static boolean isVersionedTopic(String raw, int from) {
    int dot = raw.indexOf('.', from);
    for (int part = 0; part < 3; part++) {
      int next = raw.indexOf('.', dot + 1);
      if (next <= dot + 1) {
        return false;
      }
      dot = next;
    }
    return isVersion(raw.substring(dot + 1));
  }

  /// Whether it is `v` and digits.
  private static boolean isVersion(String part) {
    int p = 1;
    while (p < part.length() && isDigit(part.charAt(p))) {
      p++;
    }
    return p > 1 && p == part.length() && part.charAt(0) == 'v';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /// The type that an event on the topic `raw`, which starts with `onex.`, has:
  /// `onex.CLASS.PRODUCER .NAME.vN`, `onex.events.TYPE`, or words of the older schemes.
  private static TypeName topic(String raw) {
    String[] parts = raw.split("\\.", -1);
    boolean versioned = isVersion(parts[parts.length - 1]);
    if (versioned && parts.length == 5 && parts[1].length() <= 8 && isClass(parts[1])) {
      return spelled(parts[2] + "." + parts[3], parts[3], Spelling.RECENT);
    }
    if (parts.length == 3 && parts[1].equals("events")) {
      return spelled(raw, parts[2], Spelling.RECENT);
    }
    String name = versioned ? raw.substring(0, raw.lastIndexOf('.')) : raw;
    return spelled(name, name.substring("onex.".length()), Spelling.RECENT);
  }

  private static boolean isClass(String part) {
    return switch (part) {
      case "evt", "cmd", "intent", "snapshot", "dlq" -> true;
      default -> false;
    };
  }

  /// The well-known type that `name` means whatever its case and separators, else `otherwise` kept
  /// as it is.
  private static TypeName spelled(String otherwise, String name, Spelling spelling) {
    String canonical = name.replace('-', '_').replace('.', '_').toUpperCase(Locale.ROOT);
    EventType synonym = SYNONYMS.get(canonical);
    if (synonym != null) {
      // Upper case is the form of the event protocol, which has no such name.
      Spelling upper = synonym.isKnown() ? Spelling.FOREIGN : Spelling.PLAIN;
      return new TypeName(synonym, name.equals(canonical) ? upper : spelling);
    }
    EventType type = canonical.isEmpty() ? EventType.of(otherwise) : EventType.of(canonical);
    return type.isKnown() && !isGateways(type)
        ? new TypeName(type, spelling)
        : new TypeName(EventType.of(otherwise), Spelling.PLAIN);
  }

  /// Types that only the gateway itself gives.
  static boolean isGateways(EventType type) {
    return type.id() >= EventType.LOG_LINE.id();
  }

  private static Map.Entry<String, EventType> synonym(String spelled, String canonical) {
    return Map.entry(spelled, EventType.of(canonical));
  }
}
