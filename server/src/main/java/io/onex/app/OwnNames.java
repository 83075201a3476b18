package io.onex.app;

import io.onex.config.ListenAddress;
import io.onex.config.ServerConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/// The names by which this gateway may be asked for: those it listens on, those of the machine, and
/// those the configuration allows. Lower case, without a dot at the end. Safe for use by many
/// threads.
final class OwnNames implements Supplier<Set<String>> {
  private volatile Set<String> names;

  private OwnNames(Set<String> names) {
    this.names = Set.copyOf(names);
  }

  /// The names known at once; the full name of the machine is looked up meanwhile, as a name server
  /// may take its time.
  ///
  /// @param host name of the machine
  static OwnNames of(ServerConfig server, String host) {
    Set<String> known = new HashSet<>();
    server.listeners().stream().map(ListenAddress::host).map(OwnNames::plain).forEach(known::add);
    server.allowedHosts().stream().map(OwnNames::plain).forEach(known::add);
    known.add(plain(host));
    OwnNames names = new OwnNames(known);
    Thread.ofPlatform().daemon().name("onex-host-name").start(() -> names.addFullName(plain(host)));
    return names;
  }

  @Override
  public Set<String> get() {
    return names;
  }

  /// A full name counts when it is the name with a domain behind it, so that whoever answers for
  /// the address backwards cannot give us any name.
  private void addFullName(String host) {
    try {
      String full = plain(InetAddress.getLocalHost().getCanonicalHostName());
      if (full.startsWith(host + ".")) {
        Set<String> more = new HashSet<>(names);
        more.add(full);
        names = Set.copyOf(more);
      }
    } catch (UnknownHostException e) {
      // Then it has no name but its own.
    }
  }

  private static String plain(String name) {
    String lower = name.strip().toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
