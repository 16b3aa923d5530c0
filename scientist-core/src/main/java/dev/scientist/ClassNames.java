package dev.scientist;

import java.lang.reflect.Proxy;
import java.util.Arrays;

/** How classes are named for people, and in what is counted by name. */
final class ClassNames {

    private ClassNames() {}

    /**
     * The name of a class. Of a proxy, whose own name is made up anew in each process, it is the first interface of the
     * application, because a library puts its own beside that one; or else its first.
     */
    static String shown(Class<?> type) {
        Class<?>[] interfaces = Proxy.isProxyClass(type) ? type.getInterfaces() : new Class<?>[0];
        return Arrays.stream(interfaces)
                .filter(face -> !isOfLibrary(face))
                .findFirst()
                .or(() -> Arrays.stream(interfaces).findFirst())
                .orElse(type)
                .getTypeName();
    }

    private static boolean isOfLibrary(Class<?> face) {
        return SharedNames.isOfJdk(face)
                || face.getName().startsWith("org.springframework.")
                || face.getName().startsWith("org.hibernate.");
    }
}
