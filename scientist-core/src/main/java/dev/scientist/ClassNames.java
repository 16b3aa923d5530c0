package dev.scientist;

import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names classes for people, and for counts by class name. */
final class ClassNames {

    // Compilers, the virtual machine and proxy libraries append to the name of a generated class two dollar signs, a
    // word for its kind, and numbers that differ from start to start. Some libraries append one dollar sign only. A
    // hidden class has its address behind a slash.
    private static final Pattern GENERATED =
            Pattern.compile("(.+?(?:\\$\\$[A-Za-z]*|\\$(?:ByteBuddy|MockitoMock|HibernateProxy)(?=\\$)|(?=/0x))).*");
    private static final String METHOD_HANDLE_PROXY = "jdk.MHProxy"; // a hidden class, whose package has a number

    private ClassNames() {}

    /** Returns the name of a class without the parts that differ from one start of an application to the next. */
    static String lasting(Class<?> type) {
        String name = shown(type);
        Matcher generated = GENERATED.matcher(name);
        return generated.matches() ? generated.group(1) : name;
    }

    /**
     * Returns the name of a class. The name of a proxy class differs from process to process, so a proxy is named by
     * its first interface that belongs to the application, because libraries add interfaces of their own; if there is
     * none, by its first interface.
     */
    static String shown(Class<?> type) {
        Class<?>[] interfaces = isProxy(type) ? type.getInterfaces() : new Class<?>[0];
        return Arrays.stream(interfaces)
                .filter(face -> !isOfLibrary(face))
                .findFirst()
                .or(() -> Arrays.stream(interfaces).findFirst())
                .orElse(type)
                .getTypeName();
    }

    private static boolean isProxy(Class<?> type) {
        return Proxy.isProxyClass(type) || (type.isHidden() && type.getName().startsWith(METHOD_HANDLE_PROXY));
    }

    private static boolean isOfLibrary(Class<?> face) {
        return SharedNames.isOfJdk(face)
                || face.getName().startsWith("org.springframework.")
                || face.getName().startsWith("org.hibernate.");
    }
}
