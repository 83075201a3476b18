package io.onex.config;

import java.util.ArrayDeque;
import java.util.Queue;

/// The reference of all settings as Markdown tables, made of their declarations.
public final class ConfigReference {
  private ConfigReference() {}

  /// Tables of every section of a file, then of what each kind adds to a destination.
  public static String of(KindCatalog catalog) {
    StringBuilder page = new StringBuilder();
    tables(page, "", "Top level", new GatewayFields(catalog).fields());
    tables(page, "integrations.NAME", "Every destination", DestinationConfig.FIELDS);
    for (KindCatalog.Kind kind : catalog.kinds()) {
      page.append("## Kind `").append(kind.name()).append("`\n\n").append(kind.summary());
      page.append(" Group: ").append(Types.lower(kind.group())).append(".\n\n");
      table(page, kind.settings());
    }
    return page.toString();
  }

  /// One named group of settings that is still to be written.
  private record Part(String path, Fields fields) {}

  private static void tables(StringBuilder page, String path, String title, Fields fields) {
    page.append("## ").append(title).append("\n\n");
    Queue<Part> parts = new ArrayDeque<>();
    parts.add(new Part(path, fields));
    while (!parts.isEmpty()) {
      Part part = parts.remove();
      if (!part.path().equals(path)) {
        page.append("### `").append(part.path()).append("`\n\n");
      }
      table(page, part.fields());
      for (Field<?> field : part.fields().all()) {
        String inner = part.path().isEmpty() ? field.name() : part.path() + "." + field.name();
        if (field.type() instanceof SectionType<?>(Fields within, var make)) {
          parts.add(new Part(inner, within));
        } else if (field.type() instanceof ListType<?>(SectionType<?>(Fields within, var make))) {
          parts.add(new Part(inner + "[]", within));
        } else if (field.type()
            instanceof ShortForm<?>(SectionType<?>(Fields within, var make), var single)) {
          parts.add(new Part(inner, within));
        }
      }
    }
  }

  private static void table(StringBuilder page, Fields fields) {
    if (fields.all().isEmpty()) {
      page.append("No settings of its own.\n\n");
      return;
    }
    page.append("| key | value | default | meaning |\n|---|---|---|---|\n");
    for (Field<?> field : fields.all()) {
      String fallback = field.shownDefault();
      page.append("| `").append(field.name()).append("` | ");
      page.append(cell(field.label())).append(" | ");
      page.append(
          field.isRequired() ? "required" : fallback.isEmpty() ? "" : "`" + cell(fallback) + "`");
      page.append(" | ").append(cell(field.help())).append(" |\n");
    }
    page.append('\n');
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
