package io.onex.secret;

/// A kind of secret that is found, with what keeps harmless text of the same look from being taken
/// for one. The table of the reference page `docs/reference/events.md` lists all of them.
public enum SecretKind {
  NAMED(
      "value of a key whose words name a secret",
      "names of counts, times, policies, look-up keys and public fingerprints"),
  PAIR("value beside a name that names a secret", "the value has to be called so"),
  ARGUMENT("argument behind an option or header in a list", "what follows is no option or name"),
  ASSIGNED("value behind a sensitive name in text, by `=`, `:`, `=>` or `>`", "ordinary words"),
  SPOKEN("word behind a sensitive name in text", "has to look like a password or token"),
  OPTION("value of a command-line option", "single letters count behind known commands only"),
  AUTHORIZATION("credentials of an Authorization header", "ordinary words"),
  BEARER("token behind `Bearer`", "ordinary words"),
  BASIC("credentials behind `Basic`", "has to be base64 of a name, a colon and a password"),
  COOKIE("values of cookies", "has to hold `name=value`"),
  USER_INFO("password or token before the `@` of an address", "ports, mail addresses, user names"),
  WEB_HOOK("secret path of a web hook", "hosts that are known for them"),
  TOKEN("token of a known shape", "prefix, alphabet and length have to be right"),
  PASSWORD_HASH("password hash of crypt, bcrypt, PBKDF2, scrypt or Argon2", "the whole form"),
  PEM("PEM block or private lines of PuTTY", "a label in capitals; lines of base64");

  private final String finds;
  private final String guard;

  SecretKind(String finds, String guard) {
    this.finds = finds;
    this.guard = guard;
  }

  /// What is found.
  public String finds() {
    return finds;
  }

  /// What keeps it from finding too much.
  public String guard() {
    return guard;
  }
}
