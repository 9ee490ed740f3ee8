package io.github.gan4j.translation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.gan4j.Direction;
import io.github.gan4j.DiscriminatorInputs;
import io.github.gan4j.Generator;
import io.github.gan4j.Round;

/**
 * What a discriminator is shown of a translation: pictures of the target domain, and translations
 * to it, in its own turn some past ones among them.
 *
 * @param direction which way the generator translates
 * @param generator the generator
 * @param pool past translations
 * @param conditional whether the discriminator also sees the picture that was translated, which
 *     needs pairs (Isola et al. 2017, equation 1). A pool then holds no pictures: it would part
 *     them from their conditions
 * @param joint whether {@link #identity} comes out of the same pass as {@link #fake}, in a batch of
 *     twice the size. That is quicker, and changes nothing if each layer of the generator treats
 *     each picture by itself, as instance norm does and batch norm does not
 */
public record TranslationInputs(
        Direction direction,
        Generator generator,
        ImagePool pool,
        boolean conditional,
        boolean joint)
        implements DiscriminatorInputs {

    /**
     * Constructs inputs.
     *
     * @param direction which way the generator translates
     * @param generator the generator
     * @param pool past translations
     * @param conditional whether the discriminator also sees the picture that was translated
     * @param joint whether {@link #identity} comes out of the same pass as {@link #fake}
     */
    public TranslationInputs {
        if (conditional && pool.size() > 0) {
            throw new IllegalArgumentException(
                    "A pool would part translations from their conditions; leave one of them out.");
        }
    }

    /**
     * Constructs inputs of a generator that translates pictures of its source domain only.
     *
     * @param direction which way the generator translates
     * @param generator the generator
     * @param pool past translations
     * @param conditional whether the discriminator also sees the picture that was translated
     */
    public TranslationInputs(
            Direction direction, Generator generator, ImagePool pool, boolean conditional) {
        this(direction, generator, pool, conditional, false);
    }

    /**
     * Returns the pictures to be translated.
     *
     * @param round the round
     * @return pictures of the source domain {@code (N, C, H, W)}
     */
    public NDArray source(Round round) {
        return round.getData(direction.getSource());
    }

    /**
     * Translates pictures in training mode.
     *
     * @param round the round
     * @param pictures pictures {@code (N, C, H, W)}
     * @return translations {@code (N, C, H, W)}
     */
    public NDArray translate(Round round, NDArray pictures) {
        return generator.samples(
                round.forward(generator, generator.inputs(pictures, new NDList())));
    }

    @Override
    public NDArray real(Round round) {
        return round.getData(direction.getTarget());
    }

    @Override
    public NDArray fake(Round round) {
        return round.generated(direction.toString(), () -> latest(round, joint));
    }

    /**
     * Returns what the generator makes of pictures that are in its target domain already (Zhu et
     * al. 2017, section 5.2), in the generator's turn.
     *
     * @param round the round
     * @return pictures {@code (N, C, H, W)}
     */
    public NDArray identity(Round round) {
        return joint ? both(round).split(2).get(1) : translate(round, real(round));
    }

    private NDArray latest(Round round, boolean first) {
        return first ? both(round).split(2).get(0) : translate(round, source(round));
    }

    private NDArray both(Round round) {
        return round.generated(
                direction + " and identity",
                () -> translate(round, source(round).concat(real(round))));
    }

    @Override
    public NDArray detachedFake(Round round) {
        // Where the generator does not move in this round, nobody asks for the identity.
        NDArray latest =
                round.detached(
                        direction.toString(), () -> latest(round, joint && round.isShared()));
        if (pool.size() == 0) {
            return latest;
        }
        return round.detached(
                "shown " + direction,
                () ->
                        pool.exchange(
                                round.getMemory().of("pool").of("" + direction),
                                round.getChance("pool " + direction),
                                latest));
    }

    @Override
    public NDList conditions(Round round) {
        return conditional ? new NDList(source(round)) : new NDList();
    }
}
