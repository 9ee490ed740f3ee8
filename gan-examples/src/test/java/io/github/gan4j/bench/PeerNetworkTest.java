package io.github.gan4j.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.github.gan4j.nn.Precision;
import org.junit.jupiter.api.Test;

class PeerNetworkTest {

    private static Workload on(Device device, Precision precision) {
        Workload work = Workload.of(BenchOptionsTest.parse("gan"));
        return new Workload(
                work.variant(),
                work.settings(),
                work.samples(),
                work.batchSize(),
                device,
                work.threads(),
                precision,
                work.images(),
                work.gan());
    }

    @Test
    void should_not_compare_with_a_script_that_draws_fewer_batches() {
        BenchOptions options =
                BenchOptionsTest.parse(
                        "wgan-gp --set strategy=alternating:critic=5,fresh=true".split(" "));
        assertThat(PeerNetwork.of(Workload.of(options)).reason())
                .isEqualTo("The PyTorch script draws no batch for the generator's turn.");
    }

    @Test
    void should_tell_the_script_the_device_and_the_precision() {
        assertThat(PeerNetwork.of(on(Device.gpu(1), Precision.BFLOAT16)).arguments("lean"))
                .containsSequence("--device", "cuda:1", "--precision", "bfloat16");
        assertThat(PeerNetwork.of(on(Device.cpu(), Precision.FLOAT32)).arguments())
                .containsSequence("--device", "cpu", "--precision", "float32");
    }
}
