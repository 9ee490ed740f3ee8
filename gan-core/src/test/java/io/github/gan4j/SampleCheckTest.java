package io.github.gan4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SampleCheckTest {

    private final NDManager manager = TestSupport.newManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void should_refuse_samples_of_another_shape() {
        Gan gan = TinyGames.imageGame(3).build();
        try (GanTrainer trainer =
                TinyGames.trainer(gan, TinyGames.data(manager, 8, 1, 8, 8)).build()) {
            assertThatThrownBy(() -> trainer.train(1))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage(
                            "The data set gives samples of shape (1, 8, 8), but the discriminator"
                                    + " takes (3, 8, 8); give both the same image size and number"
                                    + " of channels.");
            assertThat(trainer.getStep()).isZero();
        }
    }

    @Test
    void should_not_speak_of_images_to_points() {
        Gan gan = TinyGames.imageGame(3).build();
        try (GanTrainer trainer = TinyGames.trainer(gan, TinyGames.data(manager, 8, 2)).build()) {
            assertThatThrownBy(() -> trainer.train(1))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage(
                            "The data set gives samples of shape (2), but the discriminator takes"
                                    + " (3, 8, 8); build the discriminator for the samples of the"
                                    + " data set.");
        }
    }

    @Test
    void should_refuse_data_without_labels_in_a_conditional_game() {
        Gan gan = TinyGames.conditionalGame().build();
        try (GanTrainer trainer = TinyGames.trainer(gan, TinyGames.data(manager, 8, 3)).build()) {
            assertThatThrownBy(() -> trainer.train(1))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage(
                            "The game is conditional, but the data set has no labels; use a"
                                    + " labelled data set, for instance a folder with a sub-folder"
                                    + " for each class.");
        }
    }

    @Test
    void should_ignore_labels_in_a_game_without_conditions() {
        Gan gan = TinyGames.game().build();
        try (GanTrainer trainer =
                TinyGames.trainer(gan, TinyGames.labelledData(manager, 8, 3)).build()) {
            trainer.train(1);
            assertThat(trainer.getStep()).isEqualTo(1);
        }
    }
}
