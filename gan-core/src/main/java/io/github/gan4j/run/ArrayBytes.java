package io.github.gan4j.run;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.torch.GradMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;

/**
 * The bytes of arrays, without a copy in Java. They are little-endian, as is every machine that the
 * engine runs on.
 */
final class ArrayBytes {

    private ArrayBytes() {}

    /**
     * Lends the bytes of an array: its own memory where it lies on the CPU, so they must not be
     * changed or kept.
     */
    static void lend(NDArray array, Consumer consumer) throws IOException {
        if (array.size() == 0) {
            return;
        }
        // The scope frees the copy of an array that is not contiguous or not on the CPU.
        try (GradMode recording = GradMode.off();
                NDScope scope = new NDScope()) {
            NDArray local = array.toDevice(Device.cpu(), false);
            consumer.accept(local.toByteBuffer(true).order(ByteOrder.LITTLE_ENDIAN));
        }
    }

    /** Makes an array whose bytes a consumer puts into the buffer that it gets. */
    static NDArray create(NDManager manager, Shape shape, DataType type, Consumer filler)
            throws IOException {
        try (GradMode recording = GradMode.off();
                NDManager local = manager.newSubManager(Device.cpu())) {
            NDArray array = local.create(shape, type);
            if (array.size() > 0) {
                filler.accept(array.toByteBuffer(true).order(ByteOrder.LITTLE_ENDIAN));
            }
            NDArray result = array.toDevice(manager.getDevice(), false);
            result.attach(manager);
            return result;
        }
    }

    static void write(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Takes bytes. */
    @FunctionalInterface
    interface Consumer {
        void accept(ByteBuffer bytes) throws IOException;
    }
}
