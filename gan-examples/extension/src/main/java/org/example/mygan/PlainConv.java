package org.example.mygan;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.models.GanBuilder;
import io.github.gan4j.models.GanVariant;

/** A variant whose networks are made of DJL's own blocks. */
public final class PlainConv extends GanVariant<PlainConv.Settings> {

    /** Constructs the variant. */
    public PlainConv() {
        super(
                "plain-conv",
                "mine: a perceptron against a small convolutional network",
                2000,
                Settings::new);
    }

    /** The fields are the settings; those of GanBuilder are the latents, the loss and so on. */
    public static final class Settings extends GanBuilder<Settings> {

        private int units = 256;
        private int filters = 32;

        @Override
        protected Block generator(SampleSpec samples) {
            Shape picture = new Shape(-1).addAll(samples.shape());
            return new SequentialBlock()
                    .add(Linear.builder().setUnits(units).build())
                    .add(Activation.reluBlock())
                    .add(LayerNorm.builder().build())
                    .add(Linear.builder().setUnits(samples.shape().size()).build())
                    .add(Activation.tanhBlock())
                    .add(LambdaBlock.singleton(x -> x.reshape(picture)));
        }

        @Override
        protected Block discriminator(SampleSpec samples) {
            return new SequentialBlock()
                    .add(conv(filters))
                    .add(Activation.leakyReluBlock(0.2f))
                    .add(conv(2 * filters))
                    .add(Activation.leakyReluBlock(0.2f))
                    .add(Blocks.batchFlattenBlock())
                    .add(Linear.builder().setUnits(1).build());
        }

        private static Block conv(int filters) {
            return Conv2d.builder()
                    .setFilters(filters)
                    .setKernelShape(new Shape(4, 4))
                    .optStride(new Shape(2, 2))
                    .optPadding(new Shape(1, 1))
                    .build();
        }

        /** The score of a sample depends on that sample alone. */
        @Override
        protected boolean isSampleWise() {
            return true;
        }

        @Override
        protected Settings self() {
            return this;
        }
    }
}
