package dev.scientist.benchmarks.caller;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;

/** What is left on the heap. */
final class Heap {

    private Heap() {}

    /** How many bytes a collection leaves; what is created after it does not count, so others may go on meanwhile. */
    static long afterCollection() {
        System.gc();
        long sum = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage left = pool.getType() == MemoryType.HEAP ? pool.getCollectionUsage() : null;
            sum += left == null ? 0 : left.getUsed();
        }
        return sum;
    }
}
