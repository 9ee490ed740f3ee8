package io.github.gan4j.bench;

import ai.djl.ndarray.types.Shape;
import io.github.gan4j.data.DatasetOptions;
import io.github.gan4j.data.TranslationDataset;
import io.github.gan4j.datasets.IdxFile;
import io.github.gan4j.datasets.ImageDataset;
import io.github.gan4j.datasets.PictureArchive;
import io.github.gan4j.datasets.TranslationDatasets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Random pictures, held in the heap as bytes and read ahead like those of any data set. */
final class SyntheticImages extends ImageDataset {

    private final byte[][] pixels;
    private final int classes;

    SyntheticImages(int count, Shape shape, List<String> classNames) {
        super("random images", shape, classNames);
        classes = classNames.size();
        Random random = new Random(0);
        pixels = new byte[count][Math.toIntExact(shape.size())];
        for (byte[] picture : pixels) {
            random.nextBytes(picture);
        }
    }

    /** Makes as many pictures of two domains each. */
    static TranslationDataset ofDomains(int count, Shape shape, boolean paired) {
        List<String> names = IntStream.range(0, count).mapToObj(Integer::toString).toList();
        Random random = new Random(0);
        Map<String, PictureArchive.Part> parts = new LinkedHashMap<>();
        for (String part : List.of("trainA", "trainB")) {
            byte[] all = new byte[Math.toIntExact(count * shape.size())];
            random.nextBytes(all);
            int[] axes =
                    LongStream.concat(LongStream.of(count), LongStream.of(shape.getShape()))
                            .mapToInt(Math::toIntExact)
                            .toArray();
            parts.put(part, new PictureArchive.Part(names, new IdxFile(all, axes)));
        }
        DatasetOptions options = DatasetOptions.defaults().withChannels((int) shape.get(0));
        try {
            return TranslationDatasets.of(
                    "random images", new PictureArchive(parts), paired, options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected void read(long index, float[] target) {
        byte[] picture = pixels[(int) index];
        normalise(picture, 0, target, 0, picture.length);
    }

    @Override
    protected long label(long index) {
        return index % classes;
    }

    @Override
    protected long availableSize() {
        return pixels.length;
    }
}
