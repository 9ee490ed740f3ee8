package io.github.gan4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DevicesTest {

    @Test
    void should_read_and_write_the_cpu() {
        assertThat(Devices.parse("cpu")).isEqualTo(Device.cpu());
        assertThat(Devices.format(Device.cpu())).isEqualTo("cpu");
        assertThat(Devices.format(Device.gpu(2))).isEqualTo("gpu:2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cuda", "gpu:", "gpu:x", "GPU", "", "gpu:-1"})
    void should_refuse_a_name_that_is_none(String name) {
        assertThatThrownBy(() -> Devices.parse(name))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("There is no device '" + name + "'; use cpu, gpu, or gpu:N.");
    }

    @Test
    void should_refuse_a_gpu_that_is_not_there() {
        assertThatThrownBy(() -> Devices.parse("gpu:99"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("Device gpu:99 is not there: the engine sees ");
    }
}
