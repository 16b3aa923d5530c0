package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Type;
import java.util.List;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.modifier.Ownership;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.implementation.FixedValue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;

@DisplayName("An interface is a projection where a repository answers with it, and nowhere else")
class ProjectionsTest {

    /** A projection. */
    public interface Receipt {
        String total();
    }

    /** An interface that only the application implements. */
    public interface Slip {
        String text();
    }

    /** A holder such as libraries have. */
    public interface Option<T> {
        T get();
    }

    record Purchase(String id) {}

    interface Answers {
        List<Receipt> receipts();

        Option<Receipt> receipt();

        Slip slip();

        List<Slip> slips();

        Option<Purchase> purchase();

        Option<?> something();
    }

    private static Type type(String method) {
        try {
            return Answers.class.getDeclaredMethod(method).getGenericReturnType();
        } catch (NoSuchMethodException missing) {
            throw new AssertionError(missing);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"receipts", "receipt"})
    void whatARepositoryAnswersWithIsKnownAlsoInAHolder(String answer) {
        assertThat(isProjection(answer)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"slip", "slips", "purchase", "something"})
    void whatItsOwnMethodsMakeAndWhatHoldsAnythingIsNone(String answer) {
        assertThat(isProjection(answer)).isFalse();
    }

    private static boolean isProjection(String answer) {
        DeclaredSharing declared = new DeclaredSharing(DeclaredSharing.Part.of(type(answer)), List.of());
        return new Projections(repositories()).in(declared).answer().isProjection();
    }

    /** A bean factory with a repository, in a class loader that has Spring Data, of which only a name is needed. */
    private static DefaultListableBeanFactory repositories() {
        ByteBuddy buddy = new ByteBuddy();
        DynamicType.Unloaded<?> data = buddy.makeInterface()
                .name("org.springframework.data.repository.Repository")
                .make();
        Class<?> repository = data.load(ProjectionsTest.class.getClassLoader()).getLoaded();
        Class<?> purchases = buddy.makeInterface(repository)
                .name("dev.scientist.spring.Purchases")
                .defineMethod("findAll", type("receipts"), Visibility.PUBLIC)
                .withoutCode()
                .defineMethod("findOne", type("receipt"), Visibility.PUBLIC)
                .withoutCode()
                .defineMethod("findPurchase", type("purchase"), Visibility.PUBLIC)
                .withoutCode()
                .defineMethod("slip", type("slip"), Visibility.PUBLIC)
                .intercept(FixedValue.nullValue())
                .defineMethod("slips", type("slips"), Visibility.PUBLIC, Ownership.STATIC)
                .intercept(FixedValue.nullValue())
                .make()
                .load(repository.getClassLoader())
                .getLoaded();
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.setBeanClassLoader(repository.getClassLoader());
        beans.registerBeanDefinition("purchases", new RootBeanDefinition(purchases));
        return beans;
    }
}
