package io.github.gan4j.run;

import ai.djl.Model;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.translate.Batchifier;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import ai.djl.translate.TranslatorFactory;
import ai.djl.util.Pair;
import java.io.Serializable;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Set;

/**
 * Translates for an exported generator: {@code NDList} to {@code NDList}, batches of latents to
 * batches of samples in [-1, 1]; or {@code float[]} to {@code Image}, one latent to one picture.
 */
public final class GeneratorTranslatorFactory implements TranslatorFactory, Serializable {

    private static final long serialVersionUID = 1L;

    /** Constructs a factory; DJL does so by name. */
    public GeneratorTranslatorFactory() {}

    @Override
    public Set<Pair<Type, Type>> getSupportedTypes() {
        return Set.of(
                new Pair<>(NDList.class, NDList.class), new Pair<>(float[].class, Image.class));
    }

    @Override
    @SuppressWarnings("unchecked")
    public <I, O> Translator<I, O> newInstance(
            Class<I> input, Class<O> output, Model model, Map<String, ?> arguments) {
        if (input == NDList.class && output == NDList.class) {
            return (Translator<I, O>) new NoopTranslator();
        }
        if (input == float[].class && output == Image.class) {
            return (Translator<I, O>) new LatentToImage();
        }
        throw new IllegalArgumentException(
                "A generator translates NDList to NDList, or float[] to Image.");
    }

    private static final class LatentToImage implements Translator<float[], Image> {

        @Override
        public NDList processInput(TranslatorContext context, float[] latent) {
            return new NDList(context.getNDManager().create(latent));
        }

        @Override
        public Image processOutput(TranslatorContext context, NDList list) {
            NDArray sample = list.get(0).add(1).mul(127.5f).round().clip(0, 255);
            if (sample.getShape().get(0) == 1) {
                sample = sample.repeat(0, 3); // DJL knows no grey images
            }
            return ImageFactory.getInstance().fromNDArray(sample.toType(DataType.UINT8, false));
        }

        @Override
        public Batchifier getBatchifier() {
            return Batchifier.STACK;
        }
    }
}
