package io.onex.secret;

/// The part that a member plays in an object that holds a name and its value in two members, such
/// as `{"name": "DB_PASSWORD", "value": "…"}`.
public enum PairRole {
  NONE,
  /// Holds the name.
  NAME,
  /// Holds the name, or is one itself: `key`.
  KEY,
  /// Holds a name of few meanings, of which only a password counts: `type`.
  TYPE,
  /// Holds the value.
  VALUE;

  /// The role of a member of this name.
  public static PairRole of(String name) {
    return switch (NameWords.split(name)) {
      case "name",
          "header",
          "field",
          "field name",
          "param",
          "parameter",
          "property",
          "variable",
          "setting",
          "attribute",
          "option",
          "label",
          "id",
          "k",
          "n",
          "header name",
          "key name",
          "var",
          "env",
          "arg",
          "argument",
          "config",
          "parameter key",
          "parameter name",
          "option name",
          "attr",
          "item",
          "column",
          "flag",
          "identifier" ->
          NAME;
      case "key" -> KEY;
      case "type", "kind" -> TYPE;
      case "value",
          "val",
          "v",
          "content",
          "data",
          "text",
          "default",
          "new value",
          "old value",
          "current value",
          "current",
          "values",
          "raw",
          "raw value",
          "string value",
          "value string",
          "default value",
          "plain text",
          "plaintext",
          "before",
          "after",
          "old",
          "new",
          "input",
          "parameter value",
          "header value",
          "setting value",
          "option value",
          "actual",
          "text value",
          "val str",
          "contents",
          "field value" ->
          VALUE;
      default -> NONE;
    };
  }
}
