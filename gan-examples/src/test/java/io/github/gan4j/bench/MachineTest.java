package io.github.gan4j.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {

    @TempDir private Path driver;

    private void addGpu(String bus, String information) throws IOException {
        Path folder = Files.createDirectory(driver.resolve(bus));
        Files.writeString(folder.resolve("information"), information);
    }

    @Test
    void should_name_gpus_in_the_order_of_the_driver() throws IOException {
        addGpu("0000:3b:00.0", "Model: \t\t NVIDIA A100\nIRQ:   \t\t 18\n");
        addGpu("0000:19:00.0", "Model: \t\t NVIDIA H100 80GB HBM3\nIRQ:   \t\t 17\n");
        assertThat(Machine.gpuModel(driver, 0)).isEqualTo("NVIDIA H100 80GB HBM3");
        assertThat(Machine.gpuModel(driver, 1)).isEqualTo("NVIDIA A100");
    }

    @Test
    void should_call_a_gpu_that_nobody_knows_a_gpu() {
        assertThat(Machine.gpuModel(driver, 99)).isEqualTo("GPU");
        assertThat(Machine.gpuModel(driver.resolve("none"), 99)).isEqualTo("GPU");
    }

    @Test
    void should_name_the_cpu_where_it_computes() {
        Machine machine = Machine.describe(Device.cpu());
        assertThat(machine.gpu()).isNull();
        assertThat(machine.processor()).isEqualTo(machine.cpu()).isNotBlank();
        assertThat(machine.describeHardware()).startsWith(machine.cpu() + ", " + machine.cores());
    }
}
