package io.github.gan4j.dirac;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Blocks;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;
import io.github.gan4j.Discriminator;
import io.github.gan4j.Gan;
import io.github.gan4j.GanTrainer;
import io.github.gan4j.Generator;
import io.github.gan4j.ListedDataset;
import io.github.gan4j.Loss;
import io.github.gan4j.Penalty;
import io.github.gan4j.TrainingStrategy;
import io.github.gan4j.optim.Sgd;
import java.util.Map;

/** The Dirac-GAN as a real game: images of one pixel, networks of one weight each. */
final class DiracGame implements AutoCloseable {

    private static final Shape PIXEL = new Shape(1, 1, 1);

    private final GanTrainer trainer;
    private final NDArray theta;
    private final NDArray psi;

    /**
     * Builds the game.
     *
     * @param manager owns the data
     * @param rate the learning rate of both players
     * @param data where the data are
     * @param loss the loss
     * @param penalty the penalty, or {@code null}
     * @param strategy the strategy
     */
    DiracGame(
            NDManager manager,
            double rate,
            float data,
            Loss loss,
            Penalty penalty,
            TrainingStrategy strategy) {
        Gan.Builder game =
                Gan.builder()
                        .setGenerator(Generator.of(new Point(), new Shape(1)))
                        .setDiscriminator(Discriminator.of(line(), PIXEL))
                        .optLoss(loss)
                        .optStrategy(strategy)
                        .optGeneratorOptimizer(Sgd.builder().optLearningRate(rate).build())
                        .optDiscriminatorOptimizer(Sgd.builder().optLearningRate(rate).build());
        if (penalty != null) {
            game.addPenalty(penalty);
        }
        NDArray samples = manager.full(new Shape(4).addAll(PIXEL), data);
        trainer =
                GanTrainer.builder()
                        .setGan(game.build())
                        .setDataset(new ListedDataset(samples))
                        .optBatchSize(4)
                        .build();
        theta = weight("weights/generator/");
        psi = weight("weights/discriminator/");
    }

    private static SequentialBlock line() {
        return new SequentialBlock()
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(1).optBias(false).build());
    }

    private NDArray weight(String prefix) {
        return trainer.getArrays().entrySet().stream()
                .filter(e -> e.getKey().startsWith(prefix))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }

    void place(double newTheta, double newPsi) {
        theta.set(new float[] {(float) newTheta});
        psi.set(new float[] {(float) newPsi});
    }

    void play(int steps) {
        trainer.train(trainer.getStep() + steps);
    }

    double getTheta() {
        return theta.toFloatArray()[0];
    }

    double getPsi() {
        return psi.toFloatArray()[0];
    }

    @Override
    public void close() {
        trainer.close();
    }

    /** A generator that always makes the same point. */
    private static final class Point extends AbstractBlock {

        private final Parameter place;

        Point() {
            place =
                    addParameter(
                            Parameter.builder()
                                    .setName("theta")
                                    .setType(Parameter.Type.OTHER)
                                    .optShape(new Shape(1))
                                    .optInitializer(Initializer.ONES)
                                    .build());
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore store,
                NDList inputs,
                boolean training,
                PairList<String, Object> params) {
            NDArray z = inputs.head();
            NDArray point = z.zerosLike().add(store.getValue(place, z.getDevice(), training));
            return new NDList(point.reshape(-1, 1, 1, 1));
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputs) {
            return new Shape[] {new Shape(inputs[0].get(0)).addAll(PIXEL)};
        }
    }
}
