package io.onex.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;

/// Fills `${VAR}`, `${VAR:-default}` and `${file:PATH}` into one scalar; `$${` stands for `${`.
///
/// A default is used when the variable is unset or empty and is taken as it stands. A file's path
/// counts from the folder of the configuration file; one line end at its end is dropped, so that a
/// secret written by `echo` works. What is filled in is never looked at again.
///
/// @param environment variable to value
/// @param folder of the configuration file
/// @param files collects the files that were asked for, those that cannot be read included
/// @param kinds what kinds of files may be referred to
record Substitution(
    Function<String, Optional<String>> environment,
    Path folder,
    Collection<Path> files,
    TextFiles kinds) {
  private static final int MAX_FILE_BYTES = 1 << 20;
  private static final String FILE = "file:";
  private static final String DEFAULT = ":-";

  Substitution(Function<String, Optional<String>> environment, Path folder) {
    this(environment, folder, new ArrayList<>(), TextFiles.REGULAR);
  }

  /// A reference that cannot be filled in. The message never holds a value.
  static final class Unresolvable extends Exception {
    private static final long serialVersionUID = 1L;

    final String hint;

    Unresolvable(String message, String hint) {
      super(message);
      this.hint = hint;
    }
  }

  String apply(String written) throws Unresolvable {
    int at = written.indexOf("${");
    if (at < 0) {
      return written;
    }
    StringBuilder text = new StringBuilder();
    int done = 0;
    while (at >= 0) {
      if (at > done && written.charAt(at - 1) == '$') {
        text.append(written, done, at - 1).append("${");
        done = at + 2;
      } else {
        int close = written.indexOf('}', at);
        if (close < 0) {
          throw new Unresolvable("a ${ is never closed", "write $${ for a literal ${");
        }
        text.append(written, done, at).append(resolve(written.substring(at + 2, close)));
        done = close + 1;
      }
      at = written.indexOf("${", done);
    }
    return text.append(written, done, written.length()).toString();
  }

  private String resolve(String reference) throws Unresolvable {
    if (reference.startsWith(FILE)) {
      return contents(reference.substring(FILE.length()));
    }
    int split = reference.indexOf(DEFAULT);
    String name = split < 0 ? reference : reference.substring(0, split);
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw new Unresolvable(
          "${" + name + "} names no variable", "write ${NAME}, ${NAME:-default} or ${file:PATH}");
    }
    Optional<String> value = environment.apply(name);
    if (split >= 0) {
      return value.filter(v -> !v.isEmpty()).orElse(reference.substring(split + DEFAULT.length()));
    }
    return value.orElseThrow(() ->
        new Unresolvable(
            "the environment variable " + name + " is not set",
            "set it, or give a default: ${" + name + ":-value}"));
  }

  private String contents(String name) throws Unresolvable {
    try {
      Path file = folder.resolve(name);
      files.add(file);
      String text = kinds.read(file, MAX_FILE_BYTES);
      if (text.endsWith("\r\n")) {
        return text.substring(0, text.length() - 2);
      }
      return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    } catch (CharacterCodingException e) {
      throw new Unresolvable("the file " + name + " is not UTF-8 text", "");
    } catch (IOException | InvalidPathException e) {
      throw new Unresolvable(
          "the file " + name + " cannot be read: " + IoReason.of(e),
          "its path counts from the folder of the configuration file");
    }
  }
}
