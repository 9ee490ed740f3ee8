package io.github.gan4j;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.gan4j.torch.Operators;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What the objectives of both sides of a discriminator have in common. */
abstract class AdversarialObjective implements Objective {

    private static final String LOSS = "loss";

    final Discriminator discriminator;
    final DiscriminatorInputs inputs;
    final Loss loss;
    final List<Auxiliary> auxiliaries;
    private final float weight;

    AdversarialObjective(CommonBuilder<?> builder) {
        discriminator =
                Objects.requireNonNull(builder.discriminator, "An objective needs a discriminator");
        inputs = builder.inputs;
        loss = Objects.requireNonNull(builder.loss, "An objective needs a loss.");
        weight = builder.weight;
        auxiliaries = List.copyOf(builder.auxiliaries);
        if (!auxiliaries.isEmpty() && discriminator.getPacking() > 1) {
            throw new InvalidInputException(
                    "The auxiliary %s tells something of each sample, but the discriminator judges packs of %d; set packing=1."
                            .formatted(auxiliaries.get(0).getName(), discriminator.getPacking()));
        }
    }

    @Override
    public List<Component> getComponents() {
        List<Component> components = new ArrayList<>(List.of(loss));
        components.addAll(auxiliaries);
        return components;
    }

    final NDList judge(Round round, NDArray samples) {
        return round.forward(
                discriminator, discriminator.inputs(samples, inputs.conditions(round)));
    }

    final Terms addLoss(Terms terms, NDArray value) {
        return terms.add(LOSS, scale(value, weight));
    }

    static NDArray scale(NDArray value, float factor) {
        return factor == 1 ? value : Operators.scale(value, factor);
    }

    /**
     * Describes what both have in common.
     *
     * @param <B> the builder itself
     */
    abstract static class CommonBuilder<B extends CommonBuilder<B>> {

        private final List<Auxiliary> auxiliaries = new ArrayList<>();
        private Discriminator discriminator;
        private DiscriminatorInputs inputs = DiscriminatorInputs.DEFAULT;
        private Loss loss;
        private float weight = 1;

        abstract B self();

        /**
         * Sets the discriminator that samples are scored by.
         *
         * @param discriminator the discriminator
         * @return this builder
         */
        public B setDiscriminator(Discriminator discriminator) {
            this.discriminator = discriminator;
            return self();
        }

        /**
         * Sets the loss.
         *
         * @param loss the loss
         * @return this builder
         */
        public B setLoss(Loss loss) {
            this.loss = loss;
            return self();
        }

        /**
         * Sets what the discriminator is shown.
         *
         * @param inputs {@link DiscriminatorInputs#DEFAULT} unless set
         * @return this builder
         */
        public B optInputs(DiscriminatorInputs inputs) {
            this.inputs = inputs;
            return self();
        }

        /**
         * Sets the weight of the loss, but not of the other terms.
         *
         * @param weight 1 unless set
         * @return this builder
         */
        public B optWeight(double weight) {
            this.weight = (float) weight;
            return self();
        }

        /**
         * Adds tasks that both players share.
         *
         * @param more the tasks
         * @return this builder
         */
        public B addAuxiliaries(List<? extends Auxiliary> more) {
            auxiliaries.addAll(more);
            return self();
        }
    }
}
