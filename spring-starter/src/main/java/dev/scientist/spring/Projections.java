package dev.scientist.spring;

import dev.scientist.Sharing;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Knows the application's interfaces for which Spring Data creates the answers of repositories: proxies
 * that read an entity or a row when they are asked. Only the methods of the repositories tell that an
 * interface is such a projection.
 *
 * <p>Threads: any. Invariant: what is known comes from the declarations of repositories, whose beans are never created
 * for it. Consequence: it may be asked while proxies are created. Two things are not recognised: a class that a caller
 * names, as in {@code findBy(Class<T>)}, and an interface with type parameters, which is taken for a holder.
 */
final class Projections {

    private static final String REPOSITORY = "org.springframework.data.repository.Repository";
    private static final String SPRING = "org.springframework.";

    private final ConfigurableListableBeanFactory beans;
    private volatile @Nullable Set<Class<?>> known;

    Projections(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    /**
     * The declared types of a method, with the answers and arguments that are or hold a
     * projection marked as sharing a session.
     */
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
            if (type != null) {
                madeBy(type, repository).forEach(method -> found.addAll(facesIn(method.getGenericReturnType())));
            }
        }
        return found;
    }

    /** The methods whose answers Spring Data creates, which are those without a body. */
    private static Stream<Method> madeBy(Class<?> type, Class<?> repository) {
        return ClassUtils.getAllInterfacesForClassAsSet(type).stream()
                .filter(repository::isAssignableFrom)
                .flatMap(face -> Arrays.stream(face.getMethods()))
                .filter(method -> Modifier.isAbstract(method.getModifiers()));
    }

    /**
     * The application's interfaces that a type mentions; for a holder, such as an {@code Option<View>}, what it holds.
     */
    private static Set<Class<?>> facesIn(Type type) {
        AnswerClasses classes = new AnswerClasses();
        classes.add(type);
        Set<Class<?>> faces = new HashSet<>(classes.all());
        faces.removeIf(each -> !each.isInterface()
                || each.getTypeParameters().length > 0
                || each.getName().startsWith(SPRING));
        return faces;
    }
}
