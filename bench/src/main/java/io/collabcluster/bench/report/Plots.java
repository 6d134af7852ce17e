package io.collabcluster.bench.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The charts of some results: what a delivery costs as the rate grows, and what connections cost that do nothing. */
final class Plots {

    private static final String SOCKETS = "sockets";
    private static final String RATE = "rate";
    private static final String CONNECTIONS = "connections";
    private static final double MEGABYTE = 1e6;

    private final Results results;

    private Plots(Results results) {
        this.results = results;
    }

    /** By the name of the file, without its ending; those that there are figures for. */
    static Map<String, Chart> of(Results results) {
        Plots plots = new Plots(results);
        Map<String, Chart> charts = new LinkedHashMap<>();
        plots.cases(SOCKETS, RATE).stream()
                .map(of -> of.parameters().get(SOCKETS))
                .distinct()
                .sorted()
                .forEach(sockets -> charts.put("bench-cpu-" + sockets, plots.cost(sockets)));
        if (!plots.cases(CONNECTIONS).isEmpty()) {
            charts.put("bench-memory", plots.memory());
        }
        charts.values().removeIf(Chart::empty);
        return charts;
    }

    private Chart cost(int sockets) {
        Chart chart = new Chart(
                String.format(Locale.ROOT, "CPU per delivery: a room of %,d sockets", sockets),
                "messages per second that the room got",
                "server CPU, s per million deliveries");
        List<Case> cases = cases(SOCKETS, RATE).stream()
                .filter(of -> of.parameters().get(SOCKETS) == sockets)
                .toList();
        for (int server = 0; server < results.servers().size(); server++) {
            Map<Double, Double> points = new TreeMap<>();
            for (Case of : cases) {
                // A server that does not keep the asked rate is where it got, and not where it should be.
                Optional<Double> messages = median(of, server, Metric.RATE).map(rate -> rate / sockets);
                Optional<Double> cpu = median(of, server, Metric.CPU);
                if (messages.isPresent() && cpu.isPresent()) {
                    points.put(messages.get(), cpu.get());
                }
            }
            chart.line(results.servers().get(server).name(), server, points);
        }
        return chart;
    }

    private Chart memory() {
        Chart chart =
                new Chart("Memory of idle connections", "WebSocket connections", "resident memory of the server, MB");
        for (int server = 0; server < results.servers().size(); server++) {
            Map<Double, Double> points = new TreeMap<>();
            for (Case of : cases(CONNECTIONS)) {
                double connections = of.parameters().get(CONNECTIONS);
                Optional<Double> resident = median(of, server, Metric.RESIDENT);
                Optional<Double> growth = median(of, server, Metric.PER_CONNECTION);
                if (resident.isPresent() && growth.isPresent()) {
                    points.put(connections, resident.get() / MEGABYTE);
                    points.putIfAbsent(0.0, (resident.get() - connections * growth.get()) / MEGABYTE);
                }
            }
            chart.line(results.servers().get(server).name(), server, points);
        }
        return chart;
    }

    private List<Case> cases(String... parameters) {
        return results.samples().stream()
                .map(Sample::of)
                .filter(of -> of.parameters().keySet().containsAll(List.of(parameters)))
                .distinct()
                .toList();
    }

    private Optional<Double> median(Case of, int server, Metric metric) {
        String peer = results.servers().get(server).id();
        return new Medians(results.samples().stream()
                        .filter(sample ->
                                sample.of().equals(of) && sample.peer().equals(peer))
                        .toList())
                .of(metric)
                .map(Spread::median);
    }
}
