package io.github.gan4j.models.cyclegan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.Direction;
import io.github.gan4j.Discriminator;
import io.github.gan4j.Domains;
import io.github.gan4j.Gan;
import io.github.gan4j.Generator;
import io.github.gan4j.GeneratorObjective;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Objective;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.loss.LeastSquaresLoss;
import io.github.gan4j.models.GanVariant;
import io.github.gan4j.models.translation.TranslationBuilder;
import io.github.gan4j.translation.ImagePool;
import io.github.gan4j.translation.TranslationInputs;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * CycleGAN (Zhu et al. 2017): two generators, there and back, and two discriminators. What is
 * translated there and back must be what it was, so no pairs are needed.
 */
public final class CycleGan extends GanVariant<CycleGan.Builder> {

    private static final String NAME = "cyclegan";

    /** Constructs the variant. */
    public CycleGan() {
        super(
                NAME,
                "Zhu et al. 2017: translates between two domains without pairs; 32 to 256 px",
                TranslationBuilder.DEFAULT_STEPS,
                Builder::new);
    }

    @Override
    public Domains getDomains() {
        return Domains.UNPAIRED;
    }

    @Override
    public String getDefaultDataset() {
        return "emoji";
    }

    @Override
    public int getDefaultBatchSize() {
        return 1;
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

        private double cycleWeight = 10;
        private double identityWeight = 0.5;
        private int pool = 50;

        private Builder() {
            // Zhu et al. leave out the half that Mao et al. put before the generator's loss.
            optLoss(new LeastSquaresLoss()).optAdversarialWeight(2);
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
         * {@inheritDoc} The generator has 9 blocks above 128 pixels and 6 below; there is no
         * identity term between pictures of different shapes.
         */
        @Override
        public Builder optDefaultsFor(SampleSpec samples) {
            super.optDefaultsFor(samples);
            if (samples.shape().get(1) <= 128) {
                optBlocks(6);
            }
            if (!samples.shape().equals(samples.shapeB())) {
                optIdentityWeight(0);
            }
            return this;
        }

        /**
         * Sets the weight of the way there and back.
         *
         * @param weight 10 unless set
         * @return this builder
         */
        public Builder optCycleWeight(double weight) {
            this.cycleWeight = weight;
            return this;
        }

        /**
         * Sets how much a generator must leave pictures alone that are in its target domain already
         * (section 5.2).
         *
         * @param weight a share of the weight of the cycle, 0.5 unless set; 0 for not at all
         * @return this builder
         */
        public Builder optIdentityWeight(double weight) {
            this.identityWeight = weight;
            return this;
        }

        /**
         * Sets the number of past translations from which discriminators are shown some.
         *
         * @param size 50 unless set; 0 for none
         * @return this builder
         */
        public Builder optPool(int size) {
            this.pool = size;
            return this;
        }

        @Override
        public Gan build(SampleSpec samples) {
            requirePictures(samples);
            Shape a = samples.shape();
            Shape b = samples.shapeB();
            if (identityWeight != 0 && !a.equals(b)) {
                throw new InvalidInputException(
                        "Pictures of %s cannot pass for pictures of %s; set identityWeight=0."
                                .formatted(a, b));
            }
            ImagePool past = new ImagePool(pool);
            boolean joint = identityWeight != 0 && isSampleWise();
            TranslationInputs there =
                    new TranslationInputs(Direction.A_TO_B, generator(a, b), past, false, joint);
            TranslationInputs back =
                    new TranslationInputs(Direction.B_TO_A, generator(b, a), past, false, joint);
            Discriminator ofA = discriminator(a);
            Discriminator ofB = discriminator(b);
            Map<Direction, Generator> translators = new EnumMap<>(Direction.class);
            List.of(there, back).forEach(way -> translators.put(way.direction(), way.generator()));
            Map<String, Discriminator> judges = new LinkedHashMap<>();
            judges.put("discriminator A", ofA);
            judges.put("discriminator B", ofB);
            return Gan.ofTranslation(
                    getStrategy(),
                    translators,
                    critics(
                            judges,
                            together(List.of(judging(ofA, back, "_A"), judging(ofB, there, "_B")))),
                    artists(
                            translators,
                            together(List.of(wish(ofB, there, back), wish(ofA, back, there)))));
        }

        /**
         * What one generator wants: that its translations fool the discriminator and lead back
         * (equations 1 and 2), and that it leaves alone what is in its target domain already.
         */
        private Objective wish(
                Discriminator judge, TranslationInputs there, TranslationInputs back) {
            GeneratorObjective.Builder wish =
                    adversarial(judge, there)
                            .addTerm(
                                    "cycle",
                                    cycleWeight,
                                    round ->
                                            distance(
                                                    back.translate(round, there.fake(round)),
                                                    there.source(round)));
            if (identityWeight != 0) {
                wish.addTerm(
                        "identity",
                        identityWeight * cycleWeight,
                        round -> distance(there.identity(round), there.real(round)));
            }
            return wish.build();
        }

        private static NDArray distance(NDArray one, NDArray other) {
            return one.sub(other).abs().mean();
        }
    }
}
