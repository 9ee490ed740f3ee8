package io.github.gan4j.models.pix2pix;

import ai.djl.ndarray.types.Shape;
import io.github.gan4j.Direction;
import io.github.gan4j.Discriminator;
import io.github.gan4j.Domains;
import io.github.gan4j.Gan;
import io.github.gan4j.Generator;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.models.GanVariant;
import io.github.gan4j.models.translation.TranslationBuilder;
import io.github.gan4j.translation.ImagePool;
import io.github.gan4j.translation.TranslationInputs;
import java.util.Map;

/**
 * pix2pix (Isola et al. 2017): a U-Net that translates, a discriminator that sees both the picture
 * and its translation, and the distance to the truth, which needs pairs.
 */
public final class Pix2Pix extends GanVariant<Pix2Pix.Builder> {

    private static final String NAME = "pix2pix";

    /** Constructs the variant. */
    public Pix2Pix() {
        super(
                NAME,
                "Isola et al. 2017: translates pictures, learnt from pairs; 32 to 256 px",
                TranslationBuilder.DEFAULT_STEPS,
                Builder::new);
    }

    @Override
    public Domains getDomains() {
        return Domains.PAIRED;
    }

    @Override
    public String getDefaultDataset() {
        return "sketch";
    }

    @Override
    public int getDefaultBatchSize() {
        return 4;
    }

    /**
     * Starts to describe the game, with the defaults of the paper for 256 pixels.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Describes the game; its fields are the settings. */
    public static final class Builder extends TranslationBuilder<Builder> {

        private double l1Weight = 100;
        private String direction = Direction.A_TO_B.toString();

        private Builder() {
            // Isola et al. halve the discriminator's objective (section 3.3).
            optGenerator("unet").optNorm("batch").optDropout(0.5).optDiscriminatorWeight(0.5);
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected String getVariant() {
            return NAME;
        }

        /**
         * Sets the weight of the mean absolute distance to the truth (equation 3).
         *
         * @param weight 100 unless set
         * @return this builder
         */
        public Builder optL1Weight(double weight) {
            this.l1Weight = weight;
            return this;
        }

        /**
         * Sets which way to translate.
         *
         * @param way {@code AtoB} unless set, or {@code BtoA}
         * @return this builder
         */
        public Builder optDirection(String way) {
            this.direction = way;
            return this;
        }

        /**
         * {@inheritDoc}
         *
         * @throws InvalidInputException if a setting is out of range, if the networks cannot have
         *     the size of the samples, or if these are no pairs
         */
        @Override
        public Gan build(SampleSpec samples) {
            requirePictures(samples);
            if (samples.domains() != Domains.PAIRED) {
                throw new InvalidInputException(
                        "The variant pix2pix learns from pairs, and the data set has none; use"
                                + " sketch or a folder of pairs, or train cyclegan.");
            }
            Direction way = Direction.parse(direction);
            boolean forth = way == Direction.A_TO_B;
            Shape from = forth ? samples.shape() : samples.shapeB();
            Shape to = forth ? samples.shapeB() : samples.shape();
            TranslationInputs inputs =
                    new TranslationInputs(way, generator(from, to), new ImagePool(0), true);
            Discriminator judge = discriminator(to, from);
            Map<Direction, Generator> translators = Map.of(way, inputs.generator());
            return Gan.ofTranslation(
                    getStrategy(),
                    translators,
                    critics(Map.of("discriminator", judge), judging(judge, inputs, "")),
                    artists(
                            translators,
                            adversarial(judge, inputs)
                                    .addTerm(
                                            "l1",
                                            l1Weight,
                                            round ->
                                                    inputs.fake(round)
                                                            .sub(inputs.real(round))
                                                            .abs()
                                                            .mean())
                                    .build()));
        }
    }
}
