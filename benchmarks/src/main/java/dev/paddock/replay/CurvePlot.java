package dev.paddock.replay;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.w3c.dom.Document;

/** Draws curves of wait against rating difference: as SVG, or as PNG if the file's name ends so. */
final class CurvePlot {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 560;
    private static final Color MATCHER = new Color(0x1f6feb);
    private static final Color BASELINE = new Color(0xd1700f);
    private static final Color GRID = new Color(0xdddddd);

    private final XYChart chart;

    CurvePlot(String title) {
        chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle("mean wait of a matched ticket (s)")
                .yAxisTitle("mean rating difference in a match")
                .build();
        Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
        chart.getStyler()
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBackgroundColor(Color.WHITE)
                .setChartTitleFont(font.deriveFont(Font.BOLD, 15f))
                .setLegendFont(font)
                .setAnnotationTextFont(font.deriveFont(11f))
                .setLegendPosition(Styler.LegendPosition.InsideNE)
                .setLegendBorderColor(GRID);
        chart.getStyler()
                .setPlotGridLinesColor(GRID)
                .setAxisTitleFont(font)
                .setAxisTickLabelsFont(font)
                .setXAxisMin(0.0)
                .setYAxisMin(0.0)
                .setLocale(Locale.ROOT);
        chart.getStyler().setPlotBorderVisible(false);
        chart.getStyler().setMarkerSize(9);
    }

    /** The curve of the manager's matcher; each point is marked with what it was made with. */
    void matcher(Curve curve) {
        draw("the matcher", curve, MATCHER, SeriesMarkers.CIRCLE, 2.5f);
        double highest = curve.points().stream()
                .mapToDouble(Curve.Point::ratingDifference)
                .max()
                .orElse(0);
        for (Curve.Point point : curve.points()) {
            AnnotationText text = new AnnotationText(
                    label(point.widenPerSecond()),
                    point.waitSeconds(),
                    point.ratingDifference() - 0.045 * highest,
                    false);
            chart.addAnnotation(text);
        }
    }

    void baseline(Curve curve) {
        draw("greedy, oldest first", curve, BASELINE, SeriesMarkers.DIAMOND, 1.5f);
    }

    void write(Path file) throws IOException {
        if (file.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
            try (var out = Files.newOutputStream(file)) {
                BitmapEncoder.saveBitmap(chart, out, BitmapEncoder.BitmapFormat.PNG);
            }
            return;
        }
        SVGGraphics2D graphics = new SVGGraphics2D(emptySvg());
        graphics.setSVGCanvasSize(new java.awt.Dimension(WIDTH, HEIGHT));
        chart.paint(graphics, WIDTH, HEIGHT);
        try (Writer out = new OutputStreamWriter(Files.newOutputStream(file), StandardCharsets.UTF_8)) {
            graphics.stream(out, true);
        }
    }

    private static Document emptySvg() {
        try {
            return DocumentBuilderFactory.newDefaultNSInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument(SVGGraphics2D.SVG_NAMESPACE_URI, "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("every Java has a DOM", e);
        }
    }

    private void draw(String name, Curve curve, Color color, Marker marker, float width) {
        double[] waits =
                curve.points().stream().mapToDouble(Curve.Point::waitSeconds).toArray();
        double[] differences = curve.points().stream()
                .mapToDouble(Curve.Point::ratingDifference)
                .toArray();
        XYSeries series = chart.addSeries(name, waits, differences);
        series.setLineColor(color);
        series.setMarkerColor(color);
        series.setMarker(marker);
        series.setLineStyle(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    }

    private static String label(double widenPerSecond) {
        return widenPerSecond == Math.rint(widenPerSecond)
                ? String.valueOf((long) widenPerSecond)
                : String.valueOf(Math.round(widenPerSecond * 10) / 10.0);
    }
}
