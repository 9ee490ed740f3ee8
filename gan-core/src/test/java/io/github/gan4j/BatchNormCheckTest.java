package io.github.gan4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import io.github.gan4j.nn.BatchNorm;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchNormCheckTest {

    private final NDManager manager = TestSupport.newManager();

    @AfterEach
    void close() {
        manager.close();
    }

    private void train(Gan gan, int batchSize, long... sample) {
        try (GanTrainer trainer =
                TinyGames.trainer(gan, TinyGames.data(manager, 8, sample))
                        .optBatchSize(batchSize)
                        .build()) {
            trainer.train(1);
            assertThat(trainer.getStep()).isEqualTo(1);
        }
    }

    private static SequentialBlock normalised(Block norm) {
        return new SequentialBlock()
                .add(TinyGames.linear(4))
                .add(new SequentialBlock().add(norm))
                .add(TinyGames.linear(1));
    }

    @Test
    void should_refuse_batches_of_one_whose_values_are_normalised_over_the_batch() {
        for (Block norm :
                List.of(BatchNorm.builder().build(), ai.djl.nn.norm.BatchNorm.builder().build())) {
            Gan gan =
                    TinyGames.game()
                            .setDiscriminator(Discriminator.of(normalised(norm), new Shape(3)))
                            .build();
            assertThatThrownBy(() -> train(gan, 1, 3))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage(
                            "The batch size is 1, but the discriminator normalises each value over"
                                    + " the batch; choose at least 2, or networks without batch"
                                    + " norm.");
        }
    }

    /** What the refused trainer has initialised is freed, and must not be taken for weights. */
    @Test
    void should_let_another_trainer_take_what_was_refused() {
        Gan gan =
                TinyGames.game()
                        .setDiscriminator(
                                Discriminator.of(
                                        normalised(BatchNorm.builder().build()), new Shape(3)))
                        .build();
        assertThatThrownBy(() -> train(gan, 1, 3)).isInstanceOf(InvalidInputException.class);

        train(gan, 2, 3);
    }

    @Test
    void should_count_a_pack_as_one() {
        Discriminator packed =
                new PackedDiscriminator(normalised(BatchNorm.builder().build()), 2, new Shape(3));
        assertThatThrownBy(() -> train(TinyGames.game().setDiscriminator(packed).build(), 2, 3))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("choose at least 4");
    }

    /** The last maps are of one pixel, but no batch norm sees these. */
    @Test
    void should_take_batches_of_one_where_pixels_are_normalised_over() {
        train(TinyGames.imageGame(1).build(), 1, 1, 8, 8);
    }

    @Test
    void should_take_batches_of_one_without_batch_norm() {
        train(TinyGames.game().build(), 1, 3);
    }
}
