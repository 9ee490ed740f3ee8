package io.github.gan4j.run;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import io.github.gan4j.Generator;
import io.github.gan4j.torch.Torch;
import org.junit.jupiter.api.Test;

class NetworkSummaryTest {

    @Test
    void should_describe_each_layer() {
        try (NDManager manager = Torch.newManager()) {
            Block block =
                    new SequentialBlock()
                            .add(Linear.builder().setUnits(1200).build())
                            .add(BatchNorm.builder().build());
            block.initialize(manager, DataType.FLOAT32, new Shape(1, 3));
            assertThat(NetworkSummary.countParameters(block)).isEqualTo(3 * 1200 + 1200 + 2 * 1200);
            assertThat(NetworkSummary.of("maker", Generator.of(block, new Shape(3))).lines())
                    .extracting(line -> line.replaceAll(" +", " "))
                    .containsExactly(
                            "maker input (3)",
                            " Linear (1200) 4,800",
                            " BatchNorm (1200) 2,400",
                            " parameters 7,200");
        }
    }

    @Test
    void should_describe_a_block_that_is_no_sequence() {
        try (NDManager manager = Torch.newManager()) {
            Block block = Linear.builder().setUnits(2).build();
            block.initialize(manager, DataType.FLOAT32, new Shape(1, 3));
            assertThat(NetworkSummary.of("maker", Generator.of(block, new Shape(3))).lines())
                    .extracting(line -> line.replaceAll(" +", " "))
                    .containsExactly("maker input (3)", " Linear (2) 8", " parameters 8");
        }
    }
}
