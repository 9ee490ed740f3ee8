package io.github.gan4j;

import ai.djl.Device;
import io.github.gan4j.torch.Torch;

/** Finds devices by name. */
public final class Devices {

    private Devices() {}

    /**
     * Reads the name of a device.
     *
     * @param name {@code cpu}, {@code gpu} or {@code gpu:N}
     * @return the device
     * @throws InvalidInputException if it is no such name, or the GPU is not there
     */
    public static Device parse(String name) {
        if ("cpu".equals(name)) {
            return Device.cpu();
        }
        if (!name.matches("gpu(:\\d{1,3})?")) {
            throw new InvalidInputException(
                    "There is no device '" + name + "'; use cpu, gpu, or gpu:N.");
        }
        int index = name.indexOf(':');
        return require(Device.gpu(index < 0 ? 0 : Integer.parseInt(name.substring(index + 1))));
    }

    static Device require(Device device) {
        if (device.isGpu()) {
            int count = Torch.startEngine().getGpuCount();
            if (device.getDeviceId() >= count) {
                String seen = count == 0 ? "no GPU" : count + " GPU" + (count == 1 ? "" : "s");
                throw new InvalidInputException(
                        "Device gpu:"
                                + device.getDeviceId()
                                + " is not there: the engine sees "
                                + seen
                                + ". Use --device cpu, or run with the GPU profile (docs/gpu.md).");
            }
        }
        return device;
    }

    /**
     * Returns the name of a device, as {@link #parse} reads it.
     *
     * @param device the device
     * @return for instance {@code gpu:0}
     */
    public static String format(Device device) {
        return device.isGpu() ? "gpu:" + device.getDeviceId() : "cpu";
    }
}
