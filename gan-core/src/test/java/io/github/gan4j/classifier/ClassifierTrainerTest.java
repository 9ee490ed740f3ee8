package io.github.gan4j.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.torch.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ClassifierTrainerTest {

    private static final Shape SAMPLE = new Shape(2, 6, 5);

    /** Class 0 is bright above, class 1 below; each picture has a grain of its own. */
    private record Halves(int count, List<Integer> drawn) implements LabelledPictures {

        Halves(int count) {
            this(count, new ArrayList<>());
        }

        @Override
        public Shape getSampleShape() {
            return SAMPLE;
        }

        @Override
        public int getCount() {
            return count;
        }

        @Override
        public int getLabel(int index) {
            return index % 2;
        }

        @Override
        public void copy(int index, float[] target, int to) {
            for (int i = 0; i < SAMPLE.size(); i++) {
                boolean above = i % 30 < 15;
                float grain = (float) Math.sin(index * 31 + i * 7) / 4;
                target[to + i] = (above == (index % 2 == 0) ? 0.5f : -0.5f) + grain;
            }
        }

        @Override
        public void draw(int index, RandomGenerator chance, float[] target, int to) {
            drawn.add(index);
            copy(index, target, to);
        }
    }

    private static double train(LabelledPictures pictures, long updates, List<Double> losses) {
        try (NDManager manager = Torch.newManager()) {
            Torch.seed(5);
            SmallClassifier classifier = new SmallClassifier(manager, SAMPLE, 2);
            new ClassifierTrainer(manager, classifier, pictures, 3)
                    .train(updates, 3e-3, (epoch, loss) -> losses.add(loss));
            return ClassifierTrainer.accuracy(manager, classifier, new Halves(100));
        }
    }

    @Test
    void should_learn_what_pictures_show() {
        List<Double> losses = new ArrayList<>();
        double accuracy = train(new Halves(64), 30, losses);
        assertThat(accuracy).isGreaterThan(0.95);
        assertThat(losses).hasSize(30);
        assertThat(losses.get(29)).isLessThan(losses.get(0) / 4);
    }

    @Test
    void should_show_each_picture_once_in_an_epoch_in_an_order_of_its_own() {
        Halves pictures = new Halves(256);
        train(pictures, 4, new ArrayList<>());
        List<Integer> first = pictures.drawn().subList(0, 256);
        List<Integer> second = pictures.drawn().subList(256, 512);
        assertThat(first).doesNotHaveDuplicates().hasSize(256).isNotEqualTo(second);
        assertThat(second).doesNotHaveDuplicates();
    }

    @Test
    void should_give_the_same_weights_again() {
        assertThat(weights(3)).isEqualTo(weights(3)).isNotEqualTo(weights(4));
    }

    private static float[] weights(long seed) {
        try (NDManager manager = Torch.newManager()) {
            Torch.seed(5);
            SmallClassifier classifier = new SmallClassifier(manager, SAMPLE, 2);
            // Two batches: the seed orders the pictures.
            new ClassifierTrainer(manager, classifier, new Halves(256), seed)
                    .train(2, 3e-3, (epoch, loss) -> {});
            return classifier.getTrainable().head().toFloatArray();
        }
    }

    @Test
    void should_refuse_a_single_picture() {
        assertThatThrownBy(() -> train(new Halves(1), 1, new ArrayList<>()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("A classifier is trained on 2 pictures or more, not 1.");
    }
}
