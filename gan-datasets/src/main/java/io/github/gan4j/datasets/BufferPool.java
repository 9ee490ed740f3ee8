package io.github.gan4j.datasets;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * Direct buffers for use again. Direct memory is given back only when the garbage collector gets
 * round to it, which, with a small heap, is long after native memory has run out; so a data set
 * makes a few and keeps them.
 */
final class BufferPool {

    /** What two interleaved readers, each two batches ahead, need. */
    private static final int MAX_KEPT = 4;

    private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>();

    /** Returns a buffer of exactly the capacity, in native byte order, its content unspecified. */
    synchronized ByteBuffer take(int capacity) {
        for (Iterator<ByteBuffer> buffers = free.iterator(); buffers.hasNext(); ) {
            ByteBuffer buffer = buffers.next();
            if (buffer.capacity() == capacity) {
                buffers.remove();
                return buffer;
            }
        }
        return ByteBuffer.allocateDirect(capacity).order(ByteOrder.nativeOrder());
    }

    /** Takes back a buffer that nobody will touch any more; the one unused longest may go. */
    synchronized void give(ByteBuffer buffer) {
        if (free.size() == MAX_KEPT) {
            free.removeLast();
        }
        free.addFirst(buffer);
    }

    synchronized int size() {
        return free.size();
    }
}
