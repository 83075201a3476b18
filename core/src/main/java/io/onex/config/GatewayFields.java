package io.onex.config;

import java.util.List;

/// The top level of a configuration file, for the kinds of integration a build has.
final class GatewayFields {
  private final Field<List<DestinationsType.Draft>> integrations;
  private final Fields fields;

  GatewayFields(KindCatalog catalog) {
    integrations =
        Field.of(
            "integrations",
            new DestinationsType(catalog),
            List.of(),
            "Destinations by name; the name is the kind unless `kind` says otherwise.");
    fields =
        Fields.of(
                integrations,
                GatewayConfig.ROUTING,
                GatewayConfig.BUFFERING,
                GatewayConfig.SERVER,
                GatewayConfig.LOG,
                GatewayConfig.SOURCES,
                GatewayConfig.ENRICHMENT,
                GatewayConfig.OPERATIONS,
                GatewayConfig.METRICS,
                GatewayConfig.LOGGING,
                GatewayConfig.HEALTH,
                LaterFields.TRACING,
                LaterFields.RULES,
                LaterFields.RESOURCES,
                LaterFields.STATE)
            .dead("alerting", Availability.NOT_YET)
            .dead("bus", Availability.NOT_YET)
            .dead("dashboards", Availability.NOT_YET)
            .dead("security", Availability.NOT_YET);
  }

  Fields fields() {
    return fields;
  }

  GatewayConfig config(Section section) {
    BufferingConfig buffering = section.get(GatewayConfig.BUFFERING);
    return new GatewayConfig(
        section.get(integrations).stream().map(draft -> draft.settled(buffering)).toList(),
        section.get(GatewayConfig.ROUTING),
        section.get(GatewayConfig.SERVER),
        section.get(GatewayConfig.LOG),
        section.get(GatewayConfig.SOURCES),
        section.get(GatewayConfig.ENRICHMENT),
        section.get(GatewayConfig.OPERATIONS),
        section.get(GatewayConfig.METRICS),
        section.get(GatewayConfig.LOGGING),
        section.get(GatewayConfig.HEALTH));
  }
}
