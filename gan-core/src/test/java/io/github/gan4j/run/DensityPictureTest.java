package io.github.gan4j.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.Record;
import io.github.gan4j.data.DatasetOptions;
import io.github.gan4j.data.GaussianMixture;
import io.github.gan4j.data.KnownMixture;
import io.github.gan4j.data.SampleDataset;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DensityPictureTest {

    private static final GaussianMixture GRID = GaussianMixture.grid(5, 2, 0.05);
    private static final int MIDDLE = DensityPicture.SIDE / 2;

    /** A frame of exactly [-1.16, 1.16] on each side. */
    private static final float[] CORNERS = {-1, -1, -1, 1, 1, -1, 1, 1};

    private final DensityPicture grid = new DensityPicture(GRID.sample(10_000, 1), GRID);

    /** The sum of red, green and blue. */
    private static int light(BufferedImage image, int x, int y) {
        int rgb = image.getRGB(x, y);
        return (rgb >> 16 & 0xFF) + (rgb >> 8 & 0xFF) + (rgb & 0xFF);
    }

    private static int red(BufferedImage image, int x, int y) {
        return image.getRGB(x, y) >> 16 & 0xFF;
    }

    private static int pixel(double at) {
        return (int) Math.round((DensityPicture.SIDE - 1) * (0.5 + at / 2.32));
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    @Test
    void should_be_bright_where_points_are_and_dark_elsewhere() {
        BufferedImage image = grid.paint(GRID.sample(5000, 2));
        assertThat(image.getWidth()).isEqualTo(DensityPicture.SIDE);
        assertThat(image.getHeight()).isEqualTo(DensityPicture.SIDE);
        assertThat(light(image, MIDDLE, MIDDLE)).isGreaterThan(400);
        assertThat(light(image, MIDDLE + 60, MIDDLE)).isLessThan(60);
    }

    @Test
    void should_show_a_haze_in_a_circle_where_a_mode_is_missing() {
        BufferedImage image = grid.paint(new float[] {4, 4});
        int haze = image.getRGB(MIDDLE, MIDDLE);
        assertThat(haze & 0xFF).isGreaterThan(80).isGreaterThan((haze >> 16 & 0xFF) + 20);
        int brightest = 0;
        for (int x = MIDDLE + 6; x < MIDDLE + 14; x++) {
            brightest = Math.max(brightest, light(image, x, MIDDLE));
        }
        assertThat(brightest).isGreaterThan(light(image, MIDDLE, MIDDLE));
        BufferedImage unknown = new DensityPicture(GRID.sample(10_000, 1), null).paint(points(9));
        for (int x = MIDDLE + 6; x < MIDDLE + 14; x++) {
            assertThat(light(unknown, x, MIDDLE)).isLessThan(light(unknown, MIDDLE, MIDDLE));
        }
    }

    /** So many times the point (0.5, -0.25), and once a corner. */
    private static float[] points(int count) {
        float[] points = new float[2 * count + 2];
        for (int i = 0; i < count; i++) {
            points[2 * i] = 0.5f;
            points[2 * i + 1] = -0.25f;
        }
        points[2 * count] = 1;
        points[2 * count + 1] = 1;
        return points;
    }

    @Test
    void should_put_points_where_they_belong_with_the_second_axis_upwards() {
        DensityPicture picture = new DensityPicture(CORNERS, null);
        BufferedImage image = picture.paint(new float[] {0.5f, -0.25f});
        int x = pixel(0.5);
        int y = pixel(0.25);
        assertThat(red(image, x, y)).isGreaterThan(100);
        for (int d : new int[] {-20, 20}) {
            assertThat(red(image, x + d, y)).isLessThan(20);
            assertThat(red(image, x, y + d)).isLessThan(20);
        }
    }

    @Test
    void should_show_one_point_alone_and_more_points_brighter() {
        DensityPicture picture = new DensityPicture(GRID.sample(10_000, 1), null);
        int x = (int) Math.round(MIDDLE + 1 * 600 / 9.7);
        int before = light(picture.paint(new float[] {0, 0}), x, MIDDLE);
        float[] crowd = GRID.sample(5000, 1);
        int[] lights = new int[4];
        for (int i = 0; i < lights.length; i++) {
            int extra = (int) Math.pow(8, i);
            float[] points = Arrays.copyOf(crowd, crowd.length);
            Arrays.fill(points, 0, 2 * extra, 0);
            for (int k = 0; k < extra; k++) {
                points[2 * k] = 1;
            }
            BufferedImage image = picture.paint(points);
            for (int near = x - 3; near <= x + 3; near++) {
                for (int row = MIDDLE - 2; row <= MIDDLE + 2; row++) {
                    lights[i] = Math.max(lights[i], light(image, near, row));
                }
            }
        }
        assertThat(lights[0]).isGreaterThan(before + 150);
        assertThat(lights).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void should_draw_points_beyond_the_frame_at_its_edge_and_leave_out_what_is_no_point() {
        DensityPicture picture = new DensityPicture(CORNERS, null);
        BufferedImage nothing = picture.paint(new float[0]);
        int last = DensityPicture.SIDE - 1;
        BufferedImage image = picture.paint(new float[] {1e9f, 0});
        assertThat(light(image, last, MIDDLE)).isGreaterThan(light(nothing, last, MIDDLE) + 100);
        float[] none = {Float.NaN, 0, 0, Float.POSITIVE_INFINITY};
        assertThat(pixels(picture.paint(none))).isEqualTo(pixels(nothing));
    }

    @Test
    void should_draw_the_same_picture_again() {
        float[] points = GRID.sample(5000, 4);
        int[] first = pixels(grid.paint(points));
        grid.paint(GRID.sample(100, 1));
        assertThat(pixels(grid.paint(points))).isEqualTo(first);
    }

    @Test
    void should_have_a_frame_if_all_real_points_are_one() {
        BufferedImage image = new DensityPicture(new float[] {3, 3, 3, 3}, null).paint(points(1));
        assertThat(light(image, MIDDLE, MIDDLE)).isGreaterThan(100);
    }

    @Test
    void should_fail_if_there_are_no_points() {
        assertThatThrownBy(() -> new DensityPicture(new float[] {Float.NaN, 1}, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("finite");
        assertThatThrownBy(() -> grid.paint(new float[6], new Shape(2, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Points are (N, 2), and these 6 values are (2, 3).");
    }

    @Test
    void should_be_chosen_for_the_points_of_a_data_set() throws IOException {
        float[] points = GRID.sample(200, 1);
        SamplePainter painter = SamplePainter.of(new Points(points));
        assertThat(painter).isInstanceOf(DensityPicture.class);
        assertThat(painter.accepts(new Shape(2))).isTrue();
        assertThat(painter.accepts(new Shape(1, 28, 28))).isFalse();
        assertThat(painter.count(64)).isEqualTo(5000);
        assertThat(painter.count(6000)).isEqualTo(6000);
        float[] generated = GRID.sample(50, 2);
        assertThat(pixels(painter.paint(generated, new Shape(50, 2))))
                .isEqualTo(pixels(new DensityPicture(points, GRID).paint(generated)));
    }

    @Test
    void should_not_be_chosen_for_pictures() throws IOException {
        SampleDataset toys = new ToyDatasetProvider().open("toys", DatasetOptions.defaults());
        SamplePainter painter = SamplePainter.of(toys);
        assertThat(painter).isInstanceOf(GridPainter.class);
        assertThat(painter.accepts(ToyDatasetProvider.SHAPE)).isTrue();
        assertThat(painter.accepts(new Shape(2))).isFalse();
        assertThat(painter.count(64)).isEqualTo(64);
        assertThatThrownBy(() -> DensityPicture.of(toys))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(1, 6, 6) are no points");
    }

    private static final class Points extends SampleDataset implements KnownMixture {

        private final float[] points;

        Points(float[] points) {
            super("points", new Shape(2), List.of());
            this.points = points;
        }

        @Override
        public GaussianMixture getMixture() {
            return GRID;
        }

        @Override
        public Record get(NDManager manager, long index) {
            int from = 2 * (int) index;
            float[] point = Arrays.copyOfRange(points, from, from + 2);
            return new Record(new NDList(manager.create(point)), new NDList());
        }

        @Override
        protected long availableSize() {
            return points.length / 2;
        }
    }
}
