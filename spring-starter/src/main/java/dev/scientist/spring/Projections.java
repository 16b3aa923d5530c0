package dev.scientist.spring;

import dev.scientist.Sharing;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * The interfaces of the application of which Spring Data makes what its repositories answer with: proxies that read an entity or
 * a row when they are asked. Nothing but the methods of the repositories tells that an interface is one.
 *
 * <p>Threads: any. Invariant: what is known is what repositories declare, whose beans are never made for it. Consequence: it may
 * be asked while proxies are made. What a caller names as a class, as {@code findBy(Class<T>)} does, is not seen.
 */
final class Projections {

    private static final String REPOSITORY = "org.springframework.data.repository.Repository";
    private static final String SPRING = "org.springframework.";

    private final ConfigurableListableBeanFactory beans;
    private volatile @Nullable Set<Class<?>> known;

    Projections(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    /** What a method declares, in which answers and arguments that are, or hold, a projection share a session. */
    DeclaredSharing in(DeclaredSharing declared) {
        return new DeclaredSharing(
                in(declared.answer()),
                declared.arguments().stream().map(this::in).toList());
    }

    private DeclaredSharing.Part in(DeclaredSharing.Part part) {
        boolean isOne = !part.sharing().isAnything() && isProjection(part.type());
        return isOne ? new DeclaredSharing.Part(part.type(), Sharing.SESSION, true) : part;
    }

    private boolean isProjection(Type type) {
        Set<Class<?>> faces = facesIn(type);
        return !faces.isEmpty() && known().stream().anyMatch(faces::contains);
    }

    private Set<Class<?>> known() {
        Set<Class<?>> found = known;
        if (found == null) {
            found = find();
            known = found;
        }
        return found;
    }

    private Set<Class<?>> find() {
        Set<Class<?>> found = new HashSet<>();
        ClassLoader loader = beans.getBeanClassLoader();
        if (!ClassUtils.isPresent(REPOSITORY, loader)) {
            return found;
        }
        Class<?> repository = ClassUtils.resolveClassName(REPOSITORY, loader);
        for (String name : beans.getBeanNamesForType(repository, true, false)) {
            Class<?> type = beans.getType(name, false);
            for (Method method : type == null ? new Method[0] : type.getMethods()) {
                found.addAll(facesIn(method.getGenericReturnType()));
            }
        }
        return found;
    }

    /** The application's interfaces that a type mentions. */
    private static Set<Class<?>> facesIn(Type type) {
        AnswerClasses classes = new AnswerClasses();
        classes.add(type);
        Set<Class<?>> faces = new HashSet<>(classes.all());
        faces.removeIf(each -> !each.isInterface() || each.getName().startsWith(SPRING));
        return faces;
    }
}
