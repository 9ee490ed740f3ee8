package io.github.gan4j.metric;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.nn.ResizeBilinear;
import io.github.gan4j.torch.ScriptModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Any TorchScript file as a feature extractor. Its {@code forward} takes pictures {@code (N, C, H,
 * W)} and returns features {@code (N, D)} or {@code (N, D, 1, 1)}, or a tuple of features and class
 * probabilities.
 *
 * <p>The file {@code inception-2015-12-05.pt} of StyleGAN2-ADA (Karras et al. 2020), by which FIDs
 * are comparable with those of papers, is known: it resizes for itself, takes colour pictures from
 * 0 to 255, and returns features if its flag {@code return_features} is set. That flag is set in
 * any file that has it.
 */
public final class ScriptExtractor implements FeatureExtractor {

    private static final String INCEPTION = "inception-2015-12-05";
    private static final String FEATURES_FLAG = "return_features";

    private final String name;
    private final String fingerprint;
    private final Options options;
    private final ScriptModule module;
    private final boolean[] flags;
    private final Block resize;

    /**
     * What the module takes.
     *
     * @param size the side that pictures are resized to, bilinearly and without smoothing; 0 for
     *     none, if the module takes any size
     * @param low what black becomes
     * @param high what white becomes
     * @param channels 1 or 3: grey pictures are repeated, colours averaged; 0 for what comes
     */
    public record Options(int size, double low, double high, int channels) {

        /** No resizing, -1 to 1, any channels. */
        public static final Options DEFAULTS = new Options(0, -1, 1, 0);

        /** What {@code inception-2015-12-05.pt} takes. */
        static final Options INCEPTION_2015 = new Options(0, 0, 255, 3);

        /**
         * Constructs options.
         *
         * @param size the side that pictures are resized to, 0 for none
         * @param low what black becomes
         * @param high what white becomes
         * @param channels 1, 3 or 0
         * @throws InvalidInputException if a number is out of range
         */
        public Options {
            if (size < 0 || !(low < high) || Double.isInfinite(high - low)) {
                throw new InvalidInputException(
                        ("An extractor takes a size above 0 and a range such as -1..1, not %d and"
                                        + " %s..%s.")
                                .formatted(size, low, high));
            }
            if (channels != 0 && channels != 1 && channels != 3) {
                throw new InvalidInputException(
                        "An extractor takes 1 or 3 channels, not " + channels + ".");
            }
        }
    }

    /**
     * Loads a file.
     *
     * @param file what {@code torch.jit.save} wrote
     * @param given what it takes; ignored if they are the defaults and the file is known
     * @param device where it computes
     * @throws InvalidInputException if it is no TorchScript file
     */
    public ScriptExtractor(Path file, Options given, Device device) {
        String fileName = file.getFileName().toString();
        String stem = fileName.replaceFirst("\\.[^.]*$", "");
        boolean known = stem.equals(INCEPTION) && given.equals(Options.DEFAULTS);
        options = known ? Options.INCEPTION_2015 : given;
        name = name(stem, options, known);
        module = new ScriptModule(file, device);
        fingerprint = sha256(file) + " " + options;
        flags = module.hasParameter(FEATURES_FLAG) ? new boolean[] {true} : new boolean[0];
        resize = options.size() == 0 ? null : ResizeBilinear.to(options.size(), options.size());
    }

    /** What makes numbers differ is part of the name. */
    private static String name(String stem, Options options, boolean known) {
        String text = stem.replaceAll("[^A-Za-z0-9._-]+", "_").replaceAll("^[-._]+|[-._]+$", "");
        text = text.replaceAll("([-._])[-._]+", "$1");
        if (known || options.equals(Options.DEFAULTS)) {
            return text.isEmpty() ? "script" : text;
        }
        String size = options.size() == 0 ? "" : "-" + options.size() + "px";
        String range =
                options.low() == -1 && options.high() == 1
                        ? ""
                        : "-range" + number(options.low()) + "to" + number(options.high());
        String channels =
                switch (options.channels()) {
                    case 1 -> "-grey";
                    case 3 -> "-colour";
                    default -> "";
                };
        return text + size + range + channels;
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.3f", Math.abs(value));
        text = text.replaceFirst("\\.?0+$", "");
        return (value < 0 ? "m" : "") + text;
    }

    private static String sha256(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new InvalidInputException("'" + file + "' cannot be read.", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getFingerprint() {
        return fingerprint;
    }

    @Override
    public NDList extract(NDArray images) {
        NDArray x = images.toDevice(module.getDevice(), false);
        long channels = x.getShape().get(1);
        if (options.channels() == 3 && channels == 1) {
            x = x.repeat(1, 3);
        } else if (options.channels() == 1 && channels == 3) {
            x = x.mean(new int[] {1}, true);
        }
        if (resize != null) {
            ParameterStore none = new ParameterStore(x.getManager(), false);
            x = resize.forward(none, new NDList(x), false).head();
        }
        double scale = (options.high() - options.low()) / 2;
        x = x.mul(scale).add(options.low() + scale);
        NDList outputs = module.forward(x, flags);
        NDArray features = outputs.get(0);
        Shape shape = features.getShape();
        if (shape.dimension() < 2 || shape.get(0) != images.getShape().get(0)) {
            throw new InvalidInputException(
                    "The extractor %s returns %s for %d pictures, and not a row for each."
                            .formatted(name, shape, images.getShape().get(0)));
        }
        NDList result =
                new NDList(features.reshape(shape.get(0), -1).toType(DataType.FLOAT32, false));
        if (outputs.size() > 1) {
            result.add(outputs.get(1).toType(DataType.FLOAT32, false));
        }
        return result;
    }

    @Override
    public void close() {
        module.close();
    }
}
