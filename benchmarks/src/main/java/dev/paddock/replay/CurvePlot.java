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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jspecify.annotations.Nullable;
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
    /** Room above and right of the points, as a share of the axis. */
    private static final double ROOM = 0.06;

    // Of the palette of Okabe and Ito, which people with any colour vision tell apart; line and marker differ, too.
    private static final Color MATCHER = new Color(0x0072b2);
    private static final Color BASELINE = new Color(0xd55e00);
    private static final BasicStroke SOLID = new BasicStroke(2.5f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    private static final BasicStroke DASHED =
            new BasicStroke(1.8f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {7, 4}, 0);
    private static final Color GRID = new Color(0xdddddd);

    private final XYChart chart;

    CurvePlot(String title) {
        chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle("time in the queue, mean of all tickets (seconds)")
                .yAxisTitle("rating difference in a match, mean (points)")
                .build();
        Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
        chart.getStyler()
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBackgroundColor(Color.WHITE)
                .setChartTitleFont(font.deriveFont(Font.BOLD, 16f))
                .setLegendFont(font)
                .setAnnotationTextFont(font.deriveFont(12f))
                .setLegendPosition(Styler.LegendPosition.InsideNE)
                .setLegendBorderColor(GRID);
        chart.getStyler()
                .setPlotGridLinesColor(GRID)
                .setPlotGridLinesStroke(new BasicStroke(1))
                .setAxisTitleFont(font)
                .setAxisTickLabelsFont(font)
                .setXAxisMin(0.0)
                .setYAxisMin(0.0)
                .setLocale(Locale.ROOT);
        chart.getStyler().setPlotBorderVisible(false);
        chart.getStyler().setMarkerSize(9).setPlotContentSize(1);
    }

    /** The manager's matcher beside the baseline, if that knows such rules; each point is marked with what it is of. */
    void curves(Curve matcher, @Nullable Curve baseline) {
        List<Curve.Point> all = new ArrayList<>(matcher.points());
        if (baseline != null) {
            all.addAll(baseline.points());
            draw("greedy, oldest first", baseline, BASELINE, SeriesMarkers.DIAMOND, DASHED);
        }
        draw("the matcher (numbers: rank.widenPerSecond)", matcher, MATCHER, SeriesMarkers.CIRCLE, SOLID);
        double widest = highest(all, Curve.Point::waitSeconds) * (1 + ROOM);
        double highest = highest(all, Curve.Point::ratingDifference) * (1 + ROOM);
        chart.getStyler().setXAxisMax(widest).setYAxisMax(highest);
        for (Curve.Point point : matcher.points()) {
            // Left below its point: the curve falls, so nothing is drawn there.
            chart.addAnnotation(new AnnotationText(
                    label(point.widenPerSecond()),
                    point.waitSeconds() - 0.02 * widest,
                    point.ratingDifference() - 0.03 * highest,
                    false));
        }
    }

    void write(Path file) throws IOException {
        if (file.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
            try (var out = Files.newOutputStream(file)) {
                BitmapEncoder.saveBitmap(chart, out, BitmapEncoder.BitmapFormat.PNG);
            }
            return;
        }
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(emptySvg());
        // Hundredths of a pixel: nobody sees more, and the file is a fraction of the size.
        context.setPrecision(2);
        SVGGraphics2D graphics = new SVGGraphics2D(context, false);
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

    private void draw(String name, Curve curve, Color color, Marker marker, BasicStroke line) {
        double[] waits =
                curve.points().stream().mapToDouble(Curve.Point::waitSeconds).toArray();
        double[] differences = curve.points().stream()
                .mapToDouble(Curve.Point::ratingDifference)
                .toArray();
        XYSeries series = chart.addSeries(name, waits, differences);
        series.setLineColor(color);
        series.setMarkerColor(color);
        series.setMarker(marker);
        series.setLineStyle(line);
    }

    private static double highest(List<Curve.Point> points, ToDoubleFunction<Curve.Point> value) {
        return points.stream().mapToDouble(value).max().orElse(1);
    }

    private static String label(double widenPerSecond) {
        return widenPerSecond == Math.rint(widenPerSecond)
                ? String.valueOf((long) widenPerSecond)
                : String.valueOf(Math.round(widenPerSecond * 10) / 10.0);
    }
}
