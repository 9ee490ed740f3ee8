package io.github.gan4j.translation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Memory;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * A pool of past generated images, which a discriminator is shown in place of some of the latest,
 * so that it does not forget what it knew (Shrivastava et al. 2017, section 2.3; Zhu et al. 2017,
 * section 4).
 *
 * <p>The first images fill the pool and are shown as they are. From then on each image is, with a
 * probability of one half, exchanged for one of the pool, drawn at random. The images are kept in
 * the {@link Memory} of the game, so that checkpoints hold them.
 *
 * @param size the number of images, 0 for no pool; 50 in the papers
 */
public record ImagePool(int size) {

    /**
     * Constructs a pool.
     *
     * @param size the number of images, 0 for no pool
     */
    public ImagePool {
        if (size < 0) {
            throw new InvalidInputException(
                    "The pool of past images has size " + size + "; it must be 0 (none) or more.");
        }
    }

    /**
     * Takes the latest images in, and gives images to show. To be called once a round, see {@link
     * io.github.gan4j.Round#detached}.
     *
     * @param memory where the pool is kept, a part of the game's memory that is its own
     * @param chance decides which images are exchanged
     * @param latest the latest generated images {@code (N, ...)}, constants
     * @return images {@code (N, ...)}, some of them past ones, attached to the manager of the
     *     latest
     */
    public NDArray exchange(Memory memory, RandomGenerator chance, NDArray latest) {
        if (size == 0) {
            return latest;
        }
        NDList shown = new NDList();
        for (long i = 0; i < latest.getShape().get(0); i++) {
            shown.add(exchangeOne(memory, chance, latest.get(i)));
        }
        return NDArrays.stack(shown);
    }

    private NDArray exchangeOne(Memory memory, RandomGenerator chance, NDArray image) {
        int held = 0;
        while (held < size && memory.get(name(held)) != null) {
            held++;
        }
        if (held < size) {
            memory.put(name(held), image);
            return image;
        }
        if (chance.nextBoolean()) {
            return image;
        }
        String chosen = name(chance.nextInt(size));
        // A copy: what is remembered is freed when the name is put again.
        NDArray past = memory.get(chosen).toType(image.getDataType(), true);
        past.attach(image.getManager());
        memory.put(chosen, image);
        return past;
    }

    private static String name(int index) {
        return String.format(Locale.ROOT, "%03d", index);
    }
}
