package io.github.gan4j;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.github.gan4j.torch.Operators;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Arrays that outlive the step in which they were made: running means, a pool of past images.
 * Checkpoints hold them, so a resumed training remembers what the one before it did.
 */
public final class Memory {

    private final NDManager manager;
    private final Map<String, NDArray> arrays;
    private final String prefix;
    private final boolean readOnly;

    /**
     * Makes an empty memory.
     *
     * @param manager the manager that owns what is remembered
     */
    public Memory(NDManager manager) {
        this(manager, new ConcurrentSkipListMap<>(), "", false);
    }

    private Memory(
            NDManager manager, Map<String, NDArray> arrays, String prefix, boolean readOnly) {
        this.manager = manager;
        this.arrays = arrays;
        this.prefix = prefix;
        this.readOnly = readOnly;
    }

    /**
     * Returns a part of this memory with names of its own.
     *
     * @param owner whose part, for instance the name of a penalty
     * @return the part
     */
    public Memory of(String owner) {
        return new Memory(manager, arrays, prefix + owner + "/", readOnly);
    }

    /**
     * Returns a view of this memory that {@link #put} does not change, for what is only imagined.
     *
     * @return the same arrays
     */
    public Memory readOnly() {
        return new Memory(manager, arrays, prefix, true);
    }

    /**
     * Recalls an array.
     *
     * @param name the name
     * @return the array, or {@code null} if there is none; it is good until the name is put again
     */
    public NDArray get(String name) {
        return arrays.get(prefix + name);
    }

    /**
     * Remembers the values of an array under a name, in place of what was there. In an imagined
     * round this does nothing.
     *
     * @param name the name
     * @param value the array, of which a copy is kept, without the graph that led to it
     */
    public void put(String name, NDArray value) {
        if (readOnly) {
            return;
        }
        NDArray copy = Operators.clone(manager, new NDList(value)).singletonOrThrow();
        NDScope.unregister(copy);
        NDArray old = arrays.put(prefix + name, copy);
        if (old != null) {
            old.close();
        }
    }

    /** Returns all that is remembered, in the order of the names. */
    Map<String, NDArray> getArrays() {
        return Collections.unmodifiableMap(arrays);
    }

    /** Forgets everything, of whatever owner. */
    public void clear() {
        arrays.values().forEach(NDArray::close);
        arrays.clear();
    }
}
