package io.onex.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What a browser may ask for, and from where: pages of strangers are kept from using the gateway
/// through the browser of somebody who can reach it. Pure.
///
/// - **Host**: a page whose name was bound to our address anew still says the name it was loaded
///   by. So only names that are ours are served (421 otherwise), and literal addresses, which
///   nobody can bind.
/// - **Site**: a request that changes something must come from a page of ours or from no page
///   (`Sec-Fetch-Site`, or else `Origin` against `Host`); one that asks for data must not come from
///   another site.
///
/// A program that is no browser sends none of these headers but Host, and is not kept from anything
/// by them.
final class BrowserRules {
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
  private static final Set<String> OURS_OR_NONE = Set.of("same-origin", "none");
  private static final Set<String> NOT_ANOTHER = Set.of("same-origin", "same-site", "none");
  private static final int MOST_SHOWN = 100;

  private final Supplier<Set<String>> ownNames;

  /// @param ownNames names by which the gateway is known, in any case; may come to be more
  BrowserRules(Supplier<Set<String>> ownNames) {
    this.ownNames = ownNames;
  }

  /// What of a request the rules are about.
  ///
  /// @param target as in the request line
  /// @param path without query, decoded, as it is routed
  /// @param hosts values of all Host headers
  /// @param origins values of all Origin headers
  /// @param sites values of all Sec-Fetch-Site headers
  /// @param use what is asked for
  record Request(
      String method,
      String target,
      String path,
      List<String> hosts,
      List<String> origins,
      List<String> sites,
      Route.Use use) {}

  /// Why the request is not served; empty when it is.
  Optional<Problem> refusal(Request request) {
    Optional<Problem> host = isAskedForHost(request) ? host(request) : Optional.empty();
    return host.isPresent() ? host : site(request);
  }

  /// A probe names the upstream of a proxy or balancer there. A sender of events that is no browser
  /// may know us by any name, and a browser sends an Origin with every POST.
  private static boolean isAskedForHost(Request request) {
    boolean sender =
        request.method().equals("POST")
            && request.path().startsWith("/v1/")
            && request.origins().isEmpty();
    return request.use() != Route.Use.PROBE && !sender;
  }

  private Optional<Problem> host(Request request) {
    Optional<String> target = absolute(request.target());
    if (target.isEmpty() && request.hosts().isEmpty()) {
      // HTTP/1.0 may leave it out, and no browser does.
      return Optional.empty();
    }
    List<String> named = target.map(List::of).orElse(request.hosts());
    boolean ours =
        named.size() == 1 && Authority.parse(named.getFirst()).filter(this::isOurs).isPresent();
    return ours ? Optional.empty() : Optional.of(misdirected(String.join(", ", named)));
  }

  /// The authority of a target in absolute form, which goes before Host (RFC 9112, section 3.2.2).
  private static Optional<String> absolute(String target) {
    int scheme = target.indexOf("://");
    if (target.startsWith("/") || scheme < 0) {
      return Optional.empty();
    }
    String rest = target.substring(scheme + 3);
    int end = 0;
    while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) {
      end++;
    }
    return Optional.of(rest.substring(0, end));
  }

  private boolean isOurs(Authority authority) {
    return authority.isLiteral()
        || authority.name().equals("localhost")
        || ownNames.get().contains(authority.name());
  }

  private static Optional<Problem> site(Request request) {
    boolean safe = SAFE.contains(request.method());
    if (!request.sites().isEmpty()) {
      Set<String> sites =
          request.sites().stream()
              .map(site -> site.strip().toLowerCase(Locale.ROOT))
              .collect(Collectors.toSet());
      boolean served =
          safe
              ? request.use() != Route.Use.DATA || NOT_ANOTHER.containsAll(sites)
              : OURS_OR_NONE.containsAll(sites);
      return served ? Optional.empty() : Optional.of(crossSite());
    }
    if (safe || request.origins().isEmpty()) {
      return Optional.empty();
    }
    return isSameOrigin(request) ? Optional.empty() : Optional.of(crossSite());
  }

  private static boolean isSameOrigin(Request request) {
    if (request.origins().size() != 1 || request.hosts().size() != 1) {
      return false;
    }
    URI origin;
    try {
      origin = new URI(request.origins().getFirst().strip());
    } catch (URISyntaxException e) {
      return false;
    }
    Optional<Authority> page =
        Optional.ofNullable(origin.getRawAuthority()).flatMap(Authority::parse);
    Optional<Authority> host = Authority.parse(request.hosts().getFirst());
    int usual = "https".equalsIgnoreCase(origin.getScheme()) ? 443 : 80;
    return page.isPresent()
        && host.isPresent()
        && page.get().name().equals(host.get().name())
        && port(page.get(), usual) == port(host.get(), usual);
  }

  private static int port(Authority authority, int usual) {
    return authority.port() < 0 ? usual : authority.port();
  }

  private static Problem misdirected(String name) {
    String shown = name.length() > MOST_SHOWN ? name.substring(0, MOST_SHOWN) + "…" : name;
    return Problem.of(
        421,
        "misdirected_request",
        "the request is for \"" + shown + "\", which is not a name of this gateway",
        "use one of its names or its address; if this is one of its names, add it to"
            + " server.allowed_hosts");
  }

  private static Problem crossSite() {
    return Problem.of(
        403,
        "cross_site",
        "a page of another site asked for this",
        "browsers may use the gateway from its own pages; open it directly, or use a program that is"
            + " no browser");
  }
}
