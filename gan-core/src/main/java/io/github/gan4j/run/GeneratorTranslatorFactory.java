package io.github.gan4j.run;

import ai.djl.Model;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.modality.cv.util.NDImageUtils;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.Batchifier;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import ai.djl.translate.TranslatorFactory;
import ai.djl.util.Pair;
import io.github.gan4j.Direction;
import io.github.gan4j.torch.Operators;
import java.io.Serializable;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * Translates for an exported generator: {@code NDList} to {@code NDList}, batches of latents (or of
 * pictures) to batches of samples in [-1, 1]; {@code float[]} to {@code Image}, one latent to one
 * picture; or, of a generator that translates, {@code Image} to {@code Image}. A picture of another
 * size is cropped to its central square and scaled to the size that the generator was trained on.
 *
 * <p>The generator of a conditional game is given the class as well: in an {@code NDList}, labels,
 * int64 {@code (N)}, after the latents; in a {@code float[]}, the label as one more number at the
 * end.
 */
public final class GeneratorTranslatorFactory implements TranslatorFactory, Serializable {

    private static final long serialVersionUID = 1L;

    /** Constructs a factory; DJL does so by name. */
    public GeneratorTranslatorFactory() {}

    @Override
    public Set<Pair<Type, Type>> getSupportedTypes() {
        return Set.of(
                new Pair<>(NDList.class, NDList.class),
                new Pair<>(float[].class, Image.class),
                new Pair<>(Image.class, Image.class));
    }

    @Override
    @SuppressWarnings("unchecked")
    public <I, O> Translator<I, O> newInstance(
            Class<I> input, Class<O> output, Model model, Map<String, ?> arguments) {
        if (input == NDList.class && output == NDList.class) {
            return (Translator<I, O>) new NoopTranslator();
        }
        if (input == float[].class && output == Image.class) {
            boolean conditional =
                    GeneratorExport.readDescription(model.getModelPath())
                            .buildGan()
                            .isConditional();
            return (Translator<I, O>) new LatentToImage(conditional);
        }
        if (input == Image.class && output == Image.class) {
            Path folder = model.getModelPath();
            return (Translator<I, O>) new ImageToImage(GeneratorExport.readDescription(folder));
        }
        throw new IllegalArgumentException(
                "A generator translates NDList to NDList, float[] to Image, or Image to Image.");
    }

    private static final class LatentToImage implements Translator<float[], Image> {

        private final boolean conditional;

        LatentToImage(boolean conditional) {
            this.conditional = conditional;
        }

        @Override
        public NDList processInput(TranslatorContext context, float[] latent) {
            NDManager manager = context.getNDManager();
            if (!conditional) {
                return new NDList(manager.create(latent));
            }
            int size = latent.length - 1;
            long label = (long) latent[size];
            return new NDList(manager.create(Arrays.copyOf(latent, size)), manager.create(label));
        }

        @Override
        public Image processOutput(TranslatorContext context, NDList list) {
            return toImage(list.get(0));
        }

        @Override
        public Batchifier getBatchifier() {
            return Batchifier.STACK;
        }
    }

    private static Image toImage(NDArray values) {
        NDArray sample = values.add(1).mul(127.5f).round().clip(0, 255);
        if (sample.getShape().get(0) == 1) {
            sample = sample.repeat(0, 3); // DJL knows no grey images
        }
        return ImageFactory.getInstance().fromNDArray(sample.toType(DataType.UINT8, false));
    }

    private static final class ImageToImage implements Translator<Image, Image> {

        /** The weights of red, green and blue in grey (ITU-R BT.601). */
        private static final float[] LUMA = {0.299f, 0.587f, 0.114f};

        private final Shape shape;

        ImageToImage(GeneratorExport.Description description) {
            if (description.translation() == null) {
                throw new IllegalArgumentException(
                        "The generator takes latents; translate float[] to Image.");
            }
            shape =
                    description.translation().direction() == Direction.A_TO_B
                            ? new Shape(description.sampleShape())
                            : new Shape(description.translation().shapeB());
        }

        @Override
        public NDList processInput(TranslatorContext context, Image picture) {
            NDArray pixels = picture.toNDArray(context.getNDManager(), Image.Flag.COLOR);
            long side = Math.min(pixels.getShape().get(0), pixels.getShape().get(1));
            NDArray square = NDImageUtils.centerCrop(pixels, (int) side, (int) side);
            NDArray values = square.transpose(2, 0, 1).toType(DataType.FLOAT32, false);
            if (shape.get(0) == 1) {
                NDArray weights = context.getNDManager().create(LUMA, new Shape(3, 1, 1));
                values = values.mul(weights).sum(new int[] {0}, true);
            }
            NDArray scaled = Operators.resample(values.expandDims(0), shape.get(1), shape.get(2));
            return new NDList(scaled.squeeze(0).clip(0, 255).div(127.5f).sub(1));
        }

        @Override
        public Image processOutput(TranslatorContext context, NDList list) {
            return toImage(list.get(0));
        }

        @Override
        public Batchifier getBatchifier() {
            return Batchifier.STACK;
        }
    }
}
