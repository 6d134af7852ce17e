package io.collabcluster.bench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** One chart of lines: a server keeps its color and its marker in all of them. */
final class Chart {

    private static final int WIDTH = 960;
    private static final int HEIGHT = 480;
    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    private static final Color GRID = new Color(0xdddddd);

    /** Of a coordinate in pixels; without them, the file is half as large. */
    private static final Pattern MORE_DECIMALS = Pattern.compile("(\\.\\d\\d)\\d+");

    /** Those of Okabe and Ito, which color-blind people can tell apart; the yellow is darker, to be seen on white. */
    private static final List<Color> COLORS = List.of(
            new Color(0x0072b2),
            new Color(0xd55e00),
            new Color(0x009e73),
            new Color(0xcc79a7),
            new Color(0x56b4e9),
            new Color(0xe69f00),
            new Color(0x000000),
            new Color(0xb5a400),
            new Color(0x7f7f7f),
            new Color(0x8b4513));

    private static final List<Marker> MARKERS = List.of(
            SeriesMarkers.CIRCLE,
            SeriesMarkers.SQUARE,
            SeriesMarkers.DIAMOND,
            SeriesMarkers.TRIANGLE_UP,
            SeriesMarkers.TRIANGLE_DOWN);

    private final XYChart chart;

    Chart(String title, String across, String up) {
        chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(across)
                .yAxisTitle(up)
                .theme(Styler.ChartTheme.XChart)
                .build();
        chart.getStyler()
                .setLegendPosition(Styler.LegendPosition.OutsideE)
                .setLegendFont(FONT)
                .setLegendBorderColor(Color.WHITE)
                .setChartTitleFont(FONT.deriveFont(Font.BOLD, 16))
                .setChartTitleBoxVisible(false)
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false)
                .setMarkerSize(8);
        chart.getStyler()
                .setAxisTitleFont(FONT)
                .setAxisTickLabelsFont(FONT)
                .setPlotGridLinesColor(GRID)
                .setPlotGridVerticalLinesVisible(false)
                .setLocale(Locale.ROOT)
                .setXAxisMin(0.0)
                .setYAxisMin(0.0);
    }

    /**
     * @param server its place among the servers
     * @param points sorted from left to right; without any, there is no line
     */
    void line(String name, int server, Map<Double, Double> points) {
        if (points.isEmpty()) {
            return;
        }
        XYSeries series = chart.addSeries(name, List.copyOf(points.keySet()), List.copyOf(points.values()));
        Color color = COLORS.get(server % COLORS.size());
        series.setLineColor(color);
        series.setMarkerColor(color);
        series.setMarker(MARKERS.get(server % MARKERS.size()));
        series.setLineStyle(new BasicStroke(2));
    }

    boolean empty() {
        return chart.getSeriesMap().isEmpty();
    }

    /** Its letters are drawn as shapes, so that it looks the same wherever it is shown. */
    void save(Path file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        VectorGraphicsEncoder.saveVectorGraphic(chart, bytes, VectorGraphicsEncoder.VectorGraphicsFormat.SVG);
        String svg = bytes.toString(StandardCharsets.UTF_8);
        Files.writeString(file, MORE_DECIMALS.matcher(svg).replaceAll("$1"));
    }
}
