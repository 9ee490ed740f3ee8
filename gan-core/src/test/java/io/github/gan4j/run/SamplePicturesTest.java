package io.github.gan4j.run;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.Shape;
import io.github.gan4j.data.GaussianMixture;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplePicturesTest {

    private static final GaussianMixture RING = GaussianMixture.ring(8, 1, 0.1);

    @TempDir Path folder;

    private static List<String> names(Path folder) {
        String[] names = folder.toFile().list();
        return names == null ? List.of() : List.of(names);
    }

    @Test
    void should_show_the_density_of_points_as_it_changes() throws IOException {
        DensityPicture painter = new DensityPicture(RING.sample(1000, 1), RING);
        List<Shape> shapes = new ArrayList<>();
        SamplePainter watched = new Watched(painter, shapes);
        SamplePictures pictures = new SamplePictures(folder, 2, 64, 0, watched);
        try (SmallTraining training = new SmallTraining(8, pictures)) {
            training.trainer().train(5);
        }
        assertThat(names(folder))
                .containsExactlyInAnyOrder(
                        "step-000000.png",
                        "step-000002.png",
                        "step-000004.png",
                        "step-000005.png",
                        "progress.gif");
        assertThat(shapes).hasSize(4).containsOnly(new Shape(5000, 2));
        Path first = folder.resolve("step-000000.png");
        assertThat(Files.mismatch(first, folder.resolve("step-000005.png"))).isNotEqualTo(-1);
        BufferedImage image = ImageIO.read(first.toFile());
        assertThat(image.getWidth()).isEqualTo(DensityPicture.SIDE);
    }

    @Test
    void should_draw_nothing_that_the_painter_does_not_accept() {
        SamplePictures pictures = new SamplePictures(folder.resolve("samples"), 2, 64);
        try (SmallTraining training = new SmallTraining(8, pictures)) {
            training.trainer().train(2);
        }
        assertThat(names(folder)).isEmpty();
    }

    /** Writes down what was painted. */
    private record Watched(SamplePainter painter, List<Shape> shapes) implements SamplePainter {

        @Override
        public boolean accepts(Shape sample) {
            return painter.accepts(sample);
        }

        @Override
        public int count(int wished) {
            return painter.count(wished);
        }

        @Override
        public BufferedImage paint(float[] samples, Shape shape) {
            shapes.add(shape);
            return painter.paint(samples, shape);
        }
    }
}
