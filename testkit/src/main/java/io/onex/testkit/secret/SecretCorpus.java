package io.onex.testkit.secret;

import io.onex.testkit.secret.Canaries.Filled;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Secrets of all kinds in all places, made from tables of forms, and a list of what must be left
/// alone.
///
/// A table has a section per kind (`[kind]`), with a form per line; `«pw»` is a gap for a secret,
/// `\n` a line break, `#` begins a comment. Forms in a section named `key …` are names of keys, in
/// `json …` JSON values (in `json layout` with white space of all kinds), in `line …` whole lines
/// of input, and text in all others.
public final class SecretCorpus {
  private static final Carrier[] EVERYWHERE = Carrier.values();
  private static final FieldCarrier[] FIELDS = FieldCarrier.values();

  /// What text may stand in; `%s` is the form.
  private static final List<String> TEXTS =
      List.of(
          "%s",
          "request 7 failed: %s",
          "%s, retrying",
          "java.io.IOException: refused\n\tat com.example.Db.open(Db.java:42)\nCaused by: %s\n\tat Main.main(Main.java:7)",
          "tried \"%s\" twice",
          "(%s)");

  /// What may stand under a sensitive key; `%s` is the key, quoted as JSON.
  private static final List<String> MEMBERS =
      List.of(
          "{%s:\"«pw»\"}",
          "{\"a\":1,%s:\"«word9»\",\"b\":2}",
          "{%s:«digits6»}",
          "{%s:[\"«pw»\",\"«special12»\"]}",
          "{%s:{\"old\":\"«word8»\",\"new\":[{\"v\":\"«pw»\"}]}}",
          "{%s : \"«pw6»,«pw6»&«pw6» «word8»\"}");

  private SecretCorpus() {}

  /// All places, by kind, made from `seed`.
  public static List<SecretPlace> places(String table, long seed) {
    Canaries canaries = new Canaries(seed);
    List<SecretPlace> places = new ArrayList<>();
    int turn = 0;
    for (Map.Entry<String, List<String>> section : sections(table).entrySet()) {
      String kind = section.getKey();
      for (String form : section.getValue()) {
        int first = turn++;
        for (int i = 0; i < 6; i++) {
          Carrier carrier = EVERYWHERE[(first + i * 5) % EVERYWHERE.length];
          if (kind.startsWith("key")) {
            String key = Spelling.values()[(first + i) % Spelling.values().length].of(form);
            String member = MEMBERS.get((first * 5 + i) % MEMBERS.size());
            places.add(place(kind, carrier, form, member.replace("%s", key), canaries));
          } else if (kind.startsWith("json")) {
            String json = kind.equals("json layout") ? unbroken(form) : form;
            places.add(place(kind, carrier, form, json, canaries));
          } else {
            String text = TEXTS.get((first + i) % TEXTS.size()).replace("%s", form);
            places.add(textPlace(kind, carrier.name(), carrier::around, form, text, canaries));
          }
        }
        if (!kind.startsWith("key") && !kind.startsWith("json")) {
          for (int i = 0; i < 3; i++) {
            FieldCarrier field = FIELDS[(first + i * 5) % FIELDS.length];
            places.add(textPlace(kind, field.name(), field::around, form, form, canaries));
          }
        }
      }
    }
    return List.copyOf(places);
  }

  /// The forms that must be left alone, each as one line of input.
  public static List<SecretPlace> harmless(String table) {
    List<SecretPlace> places = new ArrayList<>();
    int turn = 0;
    for (Map.Entry<String, List<String>> section : sections(table).entrySet()) {
      for (String form : section.getValue()) {
        Carrier carrier = EVERYWHERE[turn++ % EVERYWHERE.length];
        String value =
            switch (section.getKey()) {
              case "members" -> "{" + form + "}";
              case "json" -> form;
              default -> Carrier.text(unbroken(form));
            };
        places.add(
            new SecretPlace(
                section.getKey(),
                carrier.name(),
                form,
                carrier.around(value),
                List.of(),
                Carrier.STAYS));
        if (!section.getKey().equals("members") && !section.getKey().equals("json")) {
          FieldCarrier field = FIELDS[places.size() % FIELDS.length];
          places.add(
              new SecretPlace(
                  section.getKey(),
                  field.name(),
                  form,
                  field.around(value),
                  List.of(),
                  Carrier.STAYS));
        }
      }
    }
    return List.copyOf(places);
  }

  private static SecretPlace place(
      String kind, Carrier carrier, String form, String value, Canaries canaries) {
    Filled filled = canaries.fill(value);
    return new SecretPlace(
        kind, carrier.name(), form, carrier.around(filled.text()), filled.secrets(), Carrier.STAYS);
  }

  private static SecretPlace textPlace(
      String kind,
      String carrier,
      UnaryOperator<String> around,
      String form,
      String text,
      Canaries canaries) {
    Filled filled = canaries.fill(unbroken(text));
    return new SecretPlace(
        kind,
        carrier,
        form,
        around.apply(Carrier.text(filled.text())),
        filled.secrets(),
        Carrier.STAYS);
  }

  private static String unbroken(String form) {
    return form.replace("\\r", "\r").replace("\\n", "\n").replace("\\t", "\t");
  }

  /// Ways to write a key that is given as words with a blank between, or as it is when it is one.
  private enum Spelling {
    SNAKE,
    CAMEL,
    KEBAB,
    UPPER,
    DOTTED,
    ESCAPED;

    String of(String words) {
      String spelled =
          switch (this) {
            case SNAKE -> words.replace(' ', '_');
            case CAMEL -> camel(words);
            case KEBAB -> words.replace(' ', '-');
            case UPPER -> words.replace(' ', '_').toUpperCase(Locale.ROOT);
            case DOTTED -> words.replace(' ', '.');
            case ESCAPED -> words.replace(' ', '_');
          };
      String escaped =
          this == ESCAPED
              ? "\\u%04x".formatted((int) spelled.charAt(0)) + spelled.substring(1)
              : spelled;
      return "\"" + escaped + "\"";
    }

    private static String camel(String words) {
      StringBuilder text = new StringBuilder();
      for (String word : words.split(" ", -1)) {
        text.append(
            text.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
      }
      return text.toString();
    }
  }

  private static Map<String, List<String>> sections(String table) {
    Map<String, List<String>> sections = new LinkedHashMap<>();
    List<String> section = new ArrayList<>();
    for (String line : lines(table)) {
      if (line.startsWith("[") && line.endsWith("]") && line.matches("\\[[a-z ]+]")) {
        section = new ArrayList<>();
        sections.put(line.substring(1, line.length() - 1), section);
      } else if (!line.isBlank() && !line.startsWith("#")) {
        section.add(line);
      }
    }
    return sections;
  }

  private static List<String> lines(String table) {
    try (InputStream in = SecretCorpus.class.getResourceAsStream(table)) {
      if (in == null) {
        throw new IllegalArgumentException("no table " + table);
      }
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
