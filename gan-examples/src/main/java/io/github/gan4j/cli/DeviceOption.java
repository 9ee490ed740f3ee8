package io.github.gan4j.cli;

import ai.djl.Device;
import io.github.gan4j.Devices;
import picocli.CommandLine.Option;

/** Where a command computes that trains nothing. */
final class DeviceOption {

    @Option(
            names = "--device",
            paramLabel = "cpu|gpu[:N]",
            defaultValue = "cpu",
            description = "Where to compute (default: cpu).")
    private String name;

    /** Finds the device, or says that it is not there. */
    Device find() {
        return Devices.parse(name);
    }
}
