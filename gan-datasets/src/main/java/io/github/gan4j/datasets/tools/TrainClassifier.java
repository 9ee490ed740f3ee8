package io.github.gan4j.datasets.tools;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Seeds;
import io.github.gan4j.classifier.ClassifierTrainer;
import io.github.gan4j.classifier.LabelledPictures;
import io.github.gan4j.classifier.SmallClassifier;
import io.github.gan4j.datasets.IdxFile;
import io.github.gan4j.run.Safetensors;
import io.github.gan4j.torch.Torch;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

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
    private static final int MOST_SHIFT = 2;
    private static final double RATE = 3e-3;
    private static final long SEED = 1998;
    private static final int SIDE = 28;
    private static final int PIXELS = SIDE * SIDE;

    private final Pictures training;
    private final Pictures test;

    /** The share of test pictures that were told right after the last epoch. */
    private double accuracy;

    private TrainClassifier(Path folder, boolean clothes) throws IOException {
        training = Pictures.read(folder, "train", clothes);
        test = Pictures.read(folder, "t10k", clothes);
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
            SmallClassifier classifier =
                    new SmallClassifier(manager, training.getSampleShape(), CLASSES);
            ClassifierTrainer trainer = new ClassifierTrainer(manager, classifier, training, SEED);
            double rate = RATE;
            for (int cycle : cycles) {
                trainer.train(
                        (long) cycle * trainer.getUpdatesPerEpoch(),
                        rate,
                        (epoch, loss) -> report(epoch, loss, manager, classifier));
                rate /= 2;
            }
            Safetensors.write(
                    file,
                    classifier.getArrays(),
                    new TreeMap<>(Map.of(ACCURACY, "%.4f".formatted(accuracy), "epochs", epochs)));
            return accuracy;
        }
    }

    private void report(long epoch, double loss, NDManager manager, SmallClassifier classifier) {
        accuracy = ClassifierTrainer.accuracy(manager, classifier, test);
        System.out.printf(
                "epoch %d: loss %.4f, test accuracy %.2f %%%n", epoch, loss, accuracy * 100);
    }

    /** Labelled pictures, as bytes, which training alters by chance. */
    private record Pictures(byte[] pixels, byte[] labels, boolean clothes)
            implements LabelledPictures {

        static Pictures read(Path folder, String part, boolean clothes) throws IOException {
            return new Pictures(
                    data(folder.resolve(part + "-images-idx3-ubyte")),
                    data(folder.resolve(part + "-labels-idx1-ubyte")),
                    clothes);
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

        @Override
        public Shape getSampleShape() {
            return new Shape(1, SIDE, SIDE);
        }

        @Override
        public int getCount() {
            return labels.length;
        }

        @Override
        public int getLabel(int index) {
            return labels[index];
        }

        @Override
        public void copy(int index, float[] target, int to) {
            copy(index, 0, 0, false, target, to);
        }

        @Override
        public void draw(int index, RandomGenerator chance, float[] target, int to) {
            int dx = clothes ? 0 : chance.nextInt(-MOST_SHIFT, MOST_SHIFT + 1);
            int dy = clothes ? 0 : chance.nextInt(-MOST_SHIFT, MOST_SHIFT + 1);
            boolean mirrored = chance.nextBoolean() && clothes;
            copy(index, dx, dy, mirrored, target, to);
        }

        /** Writes a picture, shifted over a black background. */
        private void copy(int index, int dx, int dy, boolean mirrored, float[] target, int to) {
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
