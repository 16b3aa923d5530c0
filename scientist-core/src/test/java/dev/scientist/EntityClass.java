package dev.scientist;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A class that JPA maps, which counts how often its objects are read. */
final class EntityClass {

    private final Class<?> type;

    EntityClass(Path folder) {
        String reads = "READS.incrementAndGet();";
        ClassLoader loader = new CompiledClasses(folder)
                .with(
                        "jakarta.persistence.Entity",
                        "@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)"
                                + " public @interface Entity {}")
                .with(
                        "shop.Order",
                        "@jakarta.persistence.Entity public class Order {"
                                + " public static final java.util.concurrent.atomic.AtomicInteger READS ="
                                + " new java.util.concurrent.atomic.AtomicInteger();"
                                + " public boolean equals(Object other) { " + reads + " return true; }"
                                + " public int hashCode() { " + reads + " return 1; }"
                                + " public String toString() { " + reads + " return \"order\"; }"
                                + " public String getId() { " + reads + " return \"id\"; } }")
                .load();
        try {
            type = loader.loadClass("shop.Order");
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    Object newObject() {
        try {
            return type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How often a method of an object of this class was called. */
    int reads() {
        try {
            return ((AtomicInteger) type.getField("READS").get(null)).get();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads a property of an object, as a comparator would. */
    static Object idOf(Object order) {
        try {
            Method getter = order.getClass().getMethod("getId");
            return getter.invoke(order);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
