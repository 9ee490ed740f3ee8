package io.github.gan4j.datasets.tools;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Seeds;
import io.github.gan4j.data.EpochSampler;
import io.github.gan4j.datasets.IdxFile;
import io.github.gan4j.datasets.extractor.SmallClassifier;
import io.github.gan4j.optim.Adam;
import io.github.gan4j.optim.Updater;
import io.github.gan4j.run.Safetensors;
import io.github.gan4j.schedule.CosineSchedule;
import io.github.gan4j.torch.Autograd;
import io.github.gan4j.torch.GradMode;
import io.github.gan4j.torch.Torch;
import io.github.gan4j.torch.TorchFunction;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Trains the classifiers {@code digits} and {@code fashion}, whose features measures of sample
 * quality compare, from the idx files of MNIST and Fashion-MNIST.
 *
 * <p>AdamW with half a cosine, or several one after another, each from half the rate of the one
 * before (warm restarts, Loshchilov and Hutter 2017); digits are shifted by up to two pixels, and
 * clothes, which the data set has centred, mirrored. The weights after the last epoch are kept,
 * whatever the test pictures say of them. On one thread the same input gives the same bytes on the
 * same kind of processor.
 */
public final class TrainClassifier {

    /** The name of the metadata that holds the share of test pictures that are told right. */
    public static final String ACCURACY = "test accuracy";

    private static final int CLASSES = 10;
    private static final int BATCH = 128;
    private static final int MOST_SHIFT = 2;
    private static final double RATE = 3e-3;
    private static final double DECAY = 0.02;
    private static final long SEED = 1998;
    private static final int SIDE = SmallClassifier.SIDE;
    private static final int PIXELS = SIDE * SIDE;

    private static final TorchFunction CROSS_ENTROPY =
            TorchFunction.of(
                    "logits: Tensor, labels: Tensor",
                    "return torch.cross_entropy_loss(logits, labels, None, 1, -100, 0.0)");

    private final Pictures training;
    private final Pictures test;
    private final boolean clothes;

    private TrainClassifier(Path folder, boolean clothes) throws IOException {
        training = Pictures.read(folder, "train");
        test = Pictures.read(folder, "t10k");
        this.clothes = clothes;
    }

    /**
     * Runs the tool.
     *
     * @param args {@code digits} or {@code fashion}, the folder with {@code
     *     {train,t10k}-{images-idx3,labels-idx1}-ubyte}, the file to write, and the number of
     *     epochs; {@code 6+5} for 6, and 5 more after a restart
     * @throws IOException if reading or writing fails
     */
    public static void main(String[] args) throws IOException {
        boolean valid =
                args.length == 4
                        && args[0].matches("digits|fashion")
                        && args[3].matches("[1-9]\\d*(\\+[1-9]\\d*)*");
        if (!valid) {
            System.err.println(
                    "usage: TrainClassifier digits|fashion FOLDER_WITH_IDX_FILES"
                            + " OUTPUT.safetensors EPOCHS[+EPOCHS...]");
            System.exit(2);
        }
        Torch.setThreads(1);
        boolean clothes = args[0].equals("fashion");
        double accuracy =
                new TrainClassifier(Path.of(args[1]), clothes).train(args[3], Path.of(args[2]));
        System.out.printf("%.2f %% of the test pictures are told right.%n", accuracy * 100);
    }

    /**
     * Trains a classifier and writes its weights.
     *
     * @return the share of test pictures that are told right
     */
    private double train(String epochs, Path file) throws IOException {
        int[] cycles = Arrays.stream(epochs.split("\\+")).mapToInt(Integer::parseInt).toArray();
        try (NDManager manager = Torch.newManager()) {
            Torch.seed(Seeds.derive(SEED, Seeds.WEIGHTS));
            SmallClassifier classifier = new SmallClassifier(manager, CLASSES);
            int done = 0;
            double rate = RATE;
            double accuracy = 0;
            for (int cycle : cycles) {
                accuracy = cycle(manager, classifier, rate, done, cycle);
                done += cycle;
                rate /= 2;
            }
            Safetensors.write(
                    file,
                    classifier.getArrays(),
                    Map.of(ACCURACY, "%.4f".formatted(accuracy), "epochs", epochs));
            return accuracy;
        }
    }

    /** Trains along half a cosine. */
    private double cycle(
            NDManager manager, SmallClassifier classifier, double rate, int done, int epochs) {
        int batches = training.count() / BATCH;
        CosineSchedule schedule = new CosineSchedule((long) epochs * batches, 0);
        Updater updater =
                Adam.builder()
                        .optLearningRate(rate)
                        .optBeta1(0.9)
                        .optDecoupledWeightDecay(DECAY)
                        .build()
                        .newUpdater(classifier.getTrainable());
        double accuracy = 0;
        for (int epoch = 0; epoch < epochs; epoch++) {
            int[] order =
                    EpochSampler.permutation(
                            Seeds.derive(SEED, Seeds.EPOCH, done + epoch), training.count());
            double loss = 0;
            for (int i = 0; i < batches; i++) {
                float[] values = new float[BATCH * PIXELS];
                long[] labels = new long[BATCH];
                draw((long) (done + epoch) * batches + i, order, i, values, labels);
                long update = (long) epoch * batches + i;
                double factor = schedule.factor(update);
                loss += step(manager, classifier, updater, values, labels, update + 1, factor);
            }
            accuracy = accuracy(manager, classifier);
            System.out.printf(
                    "epoch %d of %d: loss %.4f, test accuracy %.2f %%%n",
                    done + epoch + 1, done + epochs, loss / batches, accuracy * 100);
        }
        return accuracy;
    }

    /** Draws a batch, altered by chance that is a function of its number. */
    private void draw(long number, int[] order, int batch, float[] values, long[] labels) {
        SplittableRandom random = new SplittableRandom(Seeds.derive(SEED, Seeds.STEP, number));
        for (int i = 0; i < BATCH; i++) {
            int index = order[batch * BATCH + i];
            labels[i] = training.labels()[index];
            int dx = clothes ? 0 : random.nextInt(-MOST_SHIFT, MOST_SHIFT + 1);
            int dy = clothes ? 0 : random.nextInt(-MOST_SHIFT, MOST_SHIFT + 1);
            boolean mirrored = random.nextBoolean() && clothes;
            training.copy(index, dx, dy, mirrored, values, i * PIXELS);
        }
    }

    private double step(
            NDManager parent,
            SmallClassifier classifier,
            Updater updater,
            float[] values,
            long[] labels,
            long update,
            double factor) {
        try (NDManager manager = parent.newSubManager();
                NDScope scope = new NDScope();
                GradMode recording = GradMode.on()) {
            NDArray images = manager.create(values, new Shape(BATCH, 1, SIDE, SIDE));
            NDArray logits = classifier.forward(images, true).get(1);
            NDArray loss = CROSS_ENTROPY.call(manager, logits, manager.create(labels));
            NDList gradients = Autograd.gradients(manager, loss, classifier.getTrainable());
            updater.update(gradients, update, factor);
            return loss.getFloat();
        }
    }

    private double accuracy(NDManager parent, SmallClassifier classifier) {
        int right = 0;
        for (int from = 0; from < test.count(); from += BATCH) {
            int count = Math.min(BATCH, test.count() - from);
            float[] values = new float[count * PIXELS];
            for (int i = 0; i < count; i++) {
                test.copy(from + i, 0, 0, false, values, i * PIXELS);
            }
            try (NDManager manager = parent.newSubManager();
                    NDScope scope = new NDScope();
                    GradMode recording = GradMode.off()) {
                NDArray images = manager.create(values, new Shape(count, 1, SIDE, SIDE));
                NDArray logits = classifier.forward(images, false).get(1);
                long[] found = logits.argMax(1).toLongArray();
                for (int i = 0; i < count; i++) {
                    right += found[i] == test.labels()[from + i] ? 1 : 0;
                }
            }
        }
        return (double) right / test.count();
    }

    /** Labelled pictures, as bytes. */
    private record Pictures(byte[] pixels, byte[] labels) {

        static Pictures read(Path folder, String part) throws IOException {
            return new Pictures(
                    data(folder.resolve(part + "-images-idx3-ubyte")),
                    data(folder.resolve(part + "-labels-idx1-ubyte")));
        }

        private static byte[] data(Path file) throws IOException {
            if (!Files.isRegularFile(file)) {
                throw new InvalidInputException(
                        "There is no file '%s': give the folder that holds the uncompressed idx files."
                                .formatted(file));
            }
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
                return IdxFile.read(in).getData();
            }
        }

        int count() {
            return labels.length;
        }

        /** Writes a picture, shifted over a black background, in [-1, 1]. */
        void copy(int index, int dx, int dy, boolean mirrored, float[] target, int to) {
            for (int y = 0; y < SIDE; y++) {
                for (int x = 0; x < SIDE; x++) {
                    int fromX = mirrored ? SIDE - 1 - x - dx : x - dx;
                    int fromY = y - dy;
                    boolean inside = fromX >= 0 && fromX < SIDE && fromY >= 0 && fromY < SIDE;
                    int value = inside ? pixels[index * PIXELS + fromY * SIDE + fromX] & 0xFF : 0;
                    target[to + y * SIDE + x] = value / 127.5f - 1;
                }
            }
        }
    }
}
