import org.codelibs.opensearch.runner.OpenSearchRunner;

/// Runs one OpenSearch node until its standard input ends, so it never outlives the test that
/// started it. Launched from source with OpenSearch's own class path.
///
/// Arguments: HTTP port, transport port, folder for its data.
public class OpenSearchNode {
  public static void main(String[] arguments) throws Exception {
    OpenSearchRunner runner = new OpenSearchRunner();
    runner.setMaxHttpPort(65_535);
    runner.onBuild(
        (number, settings) -> {
          settings.put("network.host", "127.0.0.1");
          settings.put("http.port", arguments[0]);
          settings.put("transport.port", arguments[1]);
          settings.put("discovery.type", "single-node");
          settings.put("cluster.routing.allocation.disk.threshold_enabled", false);
        });
    runner.build(
        OpenSearchRunner.newConfigs()
            .basePath(arguments[2])
            .numOfNode(1)
            .clusterName("onex-test")
            .disableESLogger());
    while (System.in.read() >= 0) {
      // Nothing is said to it; the end of the input is the signal.
    }
    runner.close();
    System.exit(0);
  }
}
