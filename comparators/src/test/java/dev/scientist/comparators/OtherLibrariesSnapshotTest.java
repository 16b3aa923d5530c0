package dev.scientist.comparators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scientist.Difference;
import dev.scientist.SnapshotFormat;
import dev.scientist.SnapshotFormat.Comparison;
import dev.scientist.UncomparableException;
import io.ebean.bean.BeanCollection;
import io.ebean.bean.BeanCollectionLoader;
import io.ebean.bean.EntityBean;
import io.ebean.bean.EntityBeanIntercept;
import io.ebean.bean.InterceptReadWrite;
import io.ebean.common.BeanList;
import java.util.ArrayList;
import java.util.List;
import java.util.Vector;
import org.eclipse.persistence.indirection.IndirectList;
import org.eclipse.persistence.indirection.ValueHolder;
import org.eclipse.persistence.indirection.ValueHolderInterface;
import org.eclipse.persistence.internal.weaving.PersistenceWeaved;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.data.mongodb.core.convert.LazyLoadingProxy;

@Tag("promise-1")
@DisplayName("A snapshot loads nothing of libraries other than Hibernate")
class OtherLibrariesSnapshotTest {

    private static final String FORMATS = "dev.scientist.comparators.HibernateSnapshotTest#formats";

    /** What loads through a session of the caller's, if anybody asks. */
    record Holder<T>(boolean isInstantiated) implements ValueHolderInterface<T> {
        @Override
        public T getValue() {
            throw new AssertionError("was loaded");
        }

        @Override
        public void setValue(T value) {
            throw new AssertionError("was changed");
        }

        @Override
        @SuppressWarnings("MethodDoesntCallSuperMethod") // a record has no other state
        public Object clone() {
            return this;
        }
    }

    /** As EclipseLink's weaver leaves an entity: beside an attribute, what holds its value. */
    public static class Woven implements PersistenceWeaved {
        public String name = "a";
        public Object customer;
        protected ValueHolderInterface<?> _persistence_customer_vh;

        Woven(Object customer, ValueHolderInterface<?> holder) {
            this.customer = customer;
            this._persistence_customer_vh = holder;
        }
    }

    /** As Ebean's enhancer leaves an entity. */
    @SuppressWarnings("serial") // never serialized
    public static class Bean implements EntityBean {
        public String name = "a";
        public String note;
        protected EntityBeanIntercept _ebean_intercept = new InterceptReadWrite(this);

        @Override
        public String[] _ebean_getPropertyNames() {
            return new String[] {"name", "note"};
        }

        @Override
        public EntityBeanIntercept _ebean_getIntercept() {
            return _ebean_intercept;
        }

        @Override
        public void _ebean_setEmbeddedLoaded() {
            // It has none.
        }

        public String getNote() {
            throw new AssertionError("was loaded");
        }
    }

    /** What fills a collection of a bean. */
    private static final class Loader implements BeanCollectionLoader {
        @Override
        public String name() {
            return "db";
        }

        @Override
        public void loadMany(BeanCollection<?> collection, boolean onlyIds) {
            throw new AssertionError("was loaded");
        }
    }

    /** As Spring Data leaves a reference to a document. */
    public static class Lazy implements LazyLoadingProxy {
        @Override
        public Object getTarget() {
            throw new AssertionError("was loaded");
        }
    }

    /** An answer with anything in it. */
    record Answer(String name, Object part) {}

    @SuppressWarnings("JdkObsolete") // the library asks for it
    @ParameterizedTest
    @MethodSource(FORMATS)
    void collectionsOfEclipseLinkAreComparedOnceTheyAreLoaded(SnapshotFormat format) {
        IndirectList<Object> lazy = new IndirectList<>();
        lazy.setValueHolder(new Holder<>(false));
        IndirectList<Object> loaded = new IndirectList<>();
        loaded.setValueHolder(new ValueHolder<>(new Vector<>(List.of("x"))));

        assertNotLoaded(format, lazy, List.of("y"));
        assertDiffers(format, loaded, List.of("y"), "/part/0");
    }

    @ParameterizedTest
    @MethodSource(FORMATS)
    void wovenAttributesAreComparedWhereTheFieldHasTheirValue(SnapshotFormat format) {
        ValueHolder<Object> made = new ValueHolder<>("x");
        made.setIsNewlyWeavedValueHolder(true);
        ValueHolder<Object> read = new ValueHolder<>("x");
        read.setIsCoordinatedWithProperty(true);
        ValueHolder<Object> notYetInTheField = new ValueHolder<>("x");

        assertNotLoaded(format, new Woven(null, new Holder<>(false)), new Woven("y", null));
        assertNotLoaded(format, new Woven(null, notYetInTheField), new Woven("y", null));
        assertDiffers(format, new Woven("x", made), new Woven("y", null), "/part/customer");
        assertDiffers(format, new Woven("x", read), new Woven("y", null), "/part/customer");
    }

    @ParameterizedTest
    @MethodSource(FORMATS)
    void beansOfEbeanAreComparedWhereTheyAreLoaded(SnapshotFormat format) {
        Bean partial = new Bean();
        partial._ebean_intercept.setPropertyLoaded("name", true);
        partial._ebean_intercept.setLoaded();
        Bean full = new Bean();
        full.note = "x";
        full._ebean_intercept.setLoadedPropertyAll();
        full._ebean_intercept.setLoaded();
        Bean made = new Bean();
        Bean without = new Bean();
        without._ebean_intercept = null;

        assertNotLoaded(format, partial, full);
        assertDiffers(format, full, made, "/part/note");
        assertDiffers(format, full, without, "/part/note");
    }

    @ParameterizedTest
    @MethodSource(FORMATS)
    void collectionsOfEbeanAreComparedOnceTheyAreLoaded(SnapshotFormat format) {
        assertNotLoaded(format, new BeanList<>(new Loader(), new Bean(), "notes"), List.of("y"));
        assertDiffers(format, new BeanList<>(new ArrayList<>()), List.of("y"), "/part/0");
    }

    @ParameterizedTest
    @MethodSource(FORMATS)
    void referencesOfSpringDataAreNeverLoaded(SnapshotFormat format) {
        Lazy lazy = new Lazy();

        assertNotLoaded(format, lazy, List.of("y"));
        assertThatThrownBy(() -> format.write(lazy))
                .isInstanceOf(UncomparableException.class)
                .hasMessageContaining("is not loaded");
    }

    private static void assertNotLoaded(SnapshotFormat format, Object part, Object other) {
        Comparison found = format.compare(format.write(new Answer("a", part)), format.write(new Answer("a", other)));

        assertThat(found.differences()).isEmpty();
        assertThat(found.notLoaded()).isEqualTo(1);
    }

    private static void assertDiffers(SnapshotFormat format, Object part, Object other, String path) {
        Comparison found = format.compare(format.write(new Answer("a", part)), format.write(new Answer("a", other)));

        assertThat(found.differences()).extracting(Difference::path).containsExactly(path);
        assertThat(found.notLoaded()).isZero();
    }
}
