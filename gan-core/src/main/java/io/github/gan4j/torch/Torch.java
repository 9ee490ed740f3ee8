package io.github.gan4j.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;

/** The engine as a whole: its start, its random generator and its threads. */
public final class Torch {

    /** The name under which DJL knows the engine. */
    public static final String ENGINE_NAME = "PyTorch";

    private Torch() {}

    /**
     * Loads the native library, unless it is loaded. The first start on a machine unpacks it, which
     * takes some seconds.
     *
     * @return the engine
     */
    public static Engine startEngine() {
        return Engine.getEngine(ENGINE_NAME);
    }

    /**
     * Makes a manager that nobody owns.
     *
     * @param device where its arrays lie; DJL's own default would be a GPU wherever there is one
     * @return a manager, to be closed
     */
    public static NDManager newManager(Device device) {
        return NDManager.newBaseManager(device, ENGINE_NAME);
    }

    /**
     * Makes a manager that nobody owns, for arrays on the CPU.
     *
     * @return a manager, to be closed
     */
    public static NDManager newManager() {
        return newManager(Device.cpu());
    }

    /**
     * Seeds the engine's random generators, on all devices.
     *
     * @param seed all 64 bits count
     */
    public static void seed(long seed) {
        startEngine();
        JniUtils.setSeed(seed);
    }

    /**
     * Returns the number of threads that one operator may use.
     *
     * @return the number of threads
     */
    public static int getThreads() {
        startEngine();
        return JniUtils.getNumThreads();
    }

    /**
     * Sets the number of threads that one operator may use. Results are the same bytes only for the
     * same number of threads.
     *
     * @param threads at least 1
     */
    public static void setThreads(int threads) {
        startEngine();
        JniUtils.setNumThreads(threads);
    }
}
