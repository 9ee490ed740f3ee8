package org.example.mygan;

import ai.djl.ndarray.types.Shape;
import io.github.gan4j.Discriminator;
import io.github.gan4j.Gan;
import io.github.gan4j.Generator;
import io.github.gan4j.SampleSpec;
import io.github.gan4j.contract.DiscriminatorContract;
import io.github.gan4j.contract.GeneratorContract;
import org.junit.jupiter.api.Nested;

class PlainConvTest {

    private static final Shape PICTURE = new Shape(1, 16, 16);

    private static Gan build() {
        SampleSpec samples = new SampleSpec(PICTURE, 0);
        PlainConv variant = new PlainConv();
        return variant.build(variant.newSettings(samples), samples);
    }

    @Nested
    class OfTheGenerator extends GeneratorContract {

        @Override
        protected Generator newGenerator() {
            return build().getGenerator();
        }

        @Override
        protected Shape getSampleShape() {
            return PICTURE;
        }
    }

    @Nested
    class OfTheDiscriminator extends DiscriminatorContract {

        @Override
        protected Discriminator newDiscriminator() {
            return build().getDiscriminator();
        }
    }
}
