package org.example.mygan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainFromJavaTest {

    @Test
    void should_train_with_everything_at_once(@TempDir Path pictures) throws IOException {
        Map<String, Float> values = TrainFromJava.train(5, pictures);

        // The penalty's turn is every fourth update, so the fifth has it.
        assertEquals(
                Set.of(
                        "discriminator/loss",
                        "discriminator/jensen-shannon",
                        "discriminator/D(real)",
                        "discriminator/D(fake)",
                        "generator/loss"),
                values.keySet());
        assertTrue(values.values().stream().allMatch(Float::isFinite));
        assertTrue(pictures.resolve("step-000000.png").toFile().length() > 0);
    }
}
