package io.github.gan4j.datasets.extractor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.data.DatasetOptions;
import io.github.gan4j.data.SampleDataset;
import io.github.gan4j.datasets.Digits;
import io.github.gan4j.datasets.IdxFile;
import io.github.gan4j.datasets.StackedDigits;
import io.github.gan4j.datasets.tools.TrainClassifier;
import io.github.gan4j.evaluation.Evaluator;
import io.github.gan4j.evaluation.SampleSet;
import io.github.gan4j.evaluation.Score;
import io.github.gan4j.metric.ExtractorProvider;
import io.github.gan4j.metric.Extractors;
import io.github.gan4j.metric.FeatureExtractor;
import io.github.gan4j.metric.Features;
import io.github.gan4j.metric.Images;
import io.github.gan4j.metric.LabelAccuracy;
import io.github.gan4j.metric.Measures;
import io.github.gan4j.metric.ScriptExtractor;
import io.github.gan4j.run.Safetensors;
import io.github.gan4j.torch.Torch;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class ClassifierExtractorTest {

    private static final DatasetOptions TEST = DatasetOptions.defaults().withTest(true);
    private static final Shape GREY = new Shape(1, 28, 28);

    private static FeatureExtractor open(String name, Shape shape) {
        return Extractors.open(name, shape, ScriptExtractor.Options.DEFAULTS, Device.cpu());
    }

    private static NDList extract(String name, SampleSet set) {
        NDManager manager = Torch.newManager(); // freed with the process
        try (FeatureExtractor extractor = open(name, set.getSampleShape())) {
            return extractor.extract(set.getImages().toArray(manager, 0, set.size()));
        }
    }

    private static double accuracy(String name, SampleSet set) {
        int[] found = Features.of(extract(name, set).get(1)).argMax();
        return LabelAccuracy.of(set.getLabels(), found);
    }

    private static SampleSet digits(DatasetOptions options, int count) throws IOException {
        return SampleSet.of(Digits.open(options), count, 7);
    }

    @Test
    void should_tell_digits_apart() throws IOException {
        assertThat(accuracy("digits", digits(TEST, 10_000))).isGreaterThanOrEqualTo(0.992);
    }

    /**
     * The 200 first test pictures of Fashion-MNIST (Xiao et al. 2017, MIT licence). All 10,000 were
     * counted when the classifier was trained; see docs/evaluation.md.
     */
    @Test
    void should_tell_clothes_apart() throws IOException {
        byte[] pixels = resource("fashion-images-idx3-ubyte.gz");
        byte[] classes = resource("fashion-labels-idx1-ubyte.gz");
        int[] labels = new int[classes.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = classes[i];
        }
        SampleSet set = SampleSet.of(Images.of(pixels, 1, 28, 28), labels);
        assertThat(set.size()).isEqualTo(200);
        assertThat(accuracy("fashion", set)).isGreaterThanOrEqualTo(0.88);
    }

    /** The file says of itself what the documentation says of it. */
    @Test
    void should_have_been_counted_when_they_were_trained() throws IOException {
        assertThat(testAccuracy("digits-v1.safetensors")).isEqualTo("0.9929");
        assertThat(Double.parseDouble(testAccuracy("fashion-v1.safetensors")))
                .isGreaterThanOrEqualTo(0.91);
    }

    private static String testAccuracy(String file) throws IOException {
        try (InputStream in = ClassifierExtractor.class.getResourceAsStream(file)) {
            return Safetensors.read(in, file).getMetadata().get(TrainClassifier.ACCURACY);
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = ClassifierExtractorTest.class.getResourceAsStream(name)) {
            return IdxFile.read(new GZIPInputStream(in)).getData();
        }
    }

    @Test
    void should_see_a_padded_digit_as_the_digit_that_it_is() throws IOException {
        float[] small = extract("digits", digits(TEST, 50)).head().toFloatArray();
        DatasetOptions padded = TEST.withSize(32);
        assertThat(extract("digits", digits(padded, 50)).head().toFloatArray()).isEqualTo(small);
        DatasetOptions odd = TEST.withSize(29);
        assertThat(extract("digits", digits(odd, 50)).head().toFloatArray()).isEqualTo(small);
    }

    @Test
    void should_see_a_grey_digit_in_three_equal_channels() throws IOException {
        float[] grey = extract("digits", digits(TEST, 20)).head().toFloatArray();
        float[] three = extract("digits", digits(TEST.withChannels(3), 20)).head().toFloatArray();
        for (int i = 0; i < grey.length; i++) {
            assertThat(three[i]).isCloseTo(grey[i], within(1e-3f));
        }
    }

    @Test
    void should_name_enlarged_digits_another_protocol_and_still_tell_them() throws IOException {
        try (FeatureExtractor extractor = open("digits", new Shape(1, 64, 64))) {
            assertThat(extractor.getName()).isEqualTo("digits-v1-x2");
        }
        assertThat(accuracy("digits", digits(TEST.withSize(64), 500))).isGreaterThan(0.95);
    }

    @Test
    void should_tell_the_thousand_classes_of_stacked_digits() throws IOException {
        SampleSet set = SampleSet.of(StackedDigits.open(TEST), 300, 3);
        NDList seen = extract("stacked", set);
        assertThat(seen.get(0).getShape()).isEqualTo(new Shape(300, 384));
        assertThat(seen.get(1).getShape()).isEqualTo(new Shape(300, 1000));
        assertThat(LabelAccuracy.of(set.getLabels(), Features.of(seen.get(1)).argMax()))
                .isGreaterThan(0.95);
    }

    @Test
    void should_know_the_data_sets_it_was_made_for() {
        assertThat(Extractors.forDataset("digits").map(ExtractorProvider::getName))
                .contains("digits");
        assertThat(Extractors.forDataset("mnist").map(ExtractorProvider::getName))
                .contains("digits");
        assertThat(Extractors.forDataset("stacked-mnist").map(ExtractorProvider::getName))
                .contains("stacked");
        assertThat(Extractors.forDataset("fashion-mnist").map(ExtractorProvider::getName))
                .contains("fashion");
        assertThat(Extractors.forDataset("grid")).isEmpty();
    }

    @Test
    void should_refuse_pictures_that_it_cannot_look_at() {
        assertThatThrownBy(() -> open("digits", new Shape(1, 20, 20)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("square pictures of 28 pixels or more");
        assertThatThrownBy(() -> open("stacked", GREY))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("in 3 channels");
        assertThatThrownBy(() -> open("digit", GREY))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("did you mean 'digits'?");
    }

    /**
     * The traps that were seen: noise and black pictures must come out worst, blurred digits worse
     * than sharp ones, and two random halves of the test digits alike.
     */
    @Test
    void should_order_noise_blur_and_real() throws IOException {
        SampleSet all = digits(TEST, 3000);
        SampleSet real = part(all, 0, 1500);
        SampleSet other = part(all, 1500, 3000);
        double[] same = fidAndCoverage(real, other);
        double[] blurred = fidAndCoverage(real, blur(other));
        double[] noise = fidAndCoverage(real, noise(1500));
        double[] black =
                fidAndCoverage(
                        real, SampleSet.of(Images.of(new byte[1500 * 784], 1, 28, 28), null));
        assertThat(same[0]).isLessThan(blurred[0] / 3);
        assertThat(blurred[0]).isLessThan(noise[0] / 2);
        assertThat(blurred[0]).isLessThan(black[0] / 2);
        assertThat(same[1]).isGreaterThan(0.9);
        assertThat(blurred[1]).isBetween(0.02, same[1] - 0.1);
        assertThat(noise[1]).isLessThan(0.02);
        assertThat(black[1]).isLessThan(0.02);
    }

    private static double[] fidAndCoverage(SampleSet real, SampleSet fake) {
        try (FeatureExtractor extractor = open("digits", GREY)) {
            Evaluator evaluator =
                    Evaluator.builder()
                            .setReal(real)
                            .optExtractor(extractor)
                            .optMeasures(List.of(Measures.find("fid"), Measures.find("coverage")))
                            .build();
            List<Score> scores = evaluator.evaluate(fake, 1500, 0);
            return new double[] {scores.get(0).value(), scores.get(1).value()};
        }
    }

    private static SampleSet part(SampleSet set, int from, int to) {
        int[] chosen = IntStream.range(from, to).toArray();
        return SampleSet.of(set.getImages().select(chosen), null);
    }

    /** Means of 3 x 3 pixels. */
    private static SampleSet blur(SampleSet set) {
        try (NDManager manager = Torch.newManager()) {
            NDArray sharp = set.getImages().toArray(manager, 0, set.size());
            NDArray sum = manager.zeros(new Shape(set.size(), 1, 26, 26));
            for (int y = 0; y < 3; y++) {
                for (int x = 0; x < 3; x++) {
                    String cut = "%d:%d, %d:%d".formatted(y, y + 26, x, x + 26);
                    sum = sum.add(sharp.get(":, :, " + cut));
                }
            }
            NDArray blurred = manager.full(sharp.getShape(), -1f);
            blurred.set(new NDIndex(":, :, 1:27, 1:27"), sum.div(9));
            return SampleSet.of(Images.builder(1, 28, 28).add(blurred).build(), null);
        }
    }

    private static SampleSet noise(int count) {
        byte[] values = new byte[count * 784];
        new Random(1).nextBytes(values);
        return SampleSet.of(Images.of(values, 1, 28, 28), null);
    }

    @Test
    void should_find_random_halves_alike_and_the_first_and_last_ones_not() throws IOException {
        SampleDataset digits = Digits.open(TEST);
        SampleSet inOrder = SampleSet.of(digits, 10_000, 0);
        double ends = fidAndCoverage(part(inOrder, 0, 1500), part(inOrder, 8500, 10_000))[0];
        SampleSet drawn = inOrder.draw(3000, 5);
        double halves = fidAndCoverage(part(drawn, 0, 1500), part(drawn, 1500, 3000))[0];
        assertThat(ends).isGreaterThan(2 * halves);
    }
}
