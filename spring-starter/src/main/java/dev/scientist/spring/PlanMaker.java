package dev.scientist.spring;

import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions;
import dev.scientist.Scientist;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.KotlinDetector;
import org.springframework.core.ResolvableType;

/**
 * Makes the plan of an annotated method: finds the candidate, parses the expressions, declares the experiment. Other
 * beans are looked up only when they are needed, so that the creation of proxies creates none of them.
 *
 * <p>Threads: any, but one at a time for each method. Invariant: the name of an experiment belongs to the first method
 * that took it. Consequence: a second class with that name is refused, whichever thread it comes on.
 */
final class PlanMaker {

    private static final String PUBLISHER = "org.reactivestreams.Publisher";

    private final ConfigurableListableBeanFactory beans;
    private final Candidates candidates;
    private final SharedCaches caches;
    private final Projections projections;
    private final DescriptionCheck descriptions;
    private final Map<String, Place> owners = new ConcurrentHashMap<>();
    private final Map<String, Experiment<Object>> experiments = new ConcurrentHashMap<>();

    PlanMaker(ConfigurableListableBeanFactory beans, Candidates candidates) {
        this.beans = beans;
        this.candidates = candidates;
        this.caches = new SharedCaches(beans);
        this.projections = new Projections(beans);
        this.descriptions = new DescriptionCheck(beans);
    }

    /**
     * Makes the plan of one method.
     *
     * @throws WrongWiringException if the annotation asks for something that is impossible
     */
    Plan make(Place place) {
        String absence = candidates.absence(place);
        if (absence != null) {
            beans.getBean(AbsentCandidates.class).add(place, absence);
            return Plan.PRIMARY_ONLY;
        }
        String bean = candidates.beanOf(place);
        Answer answer = answer(place);
        Method method = candidates.methodOf(place, bean);
        Class<?> known = bean == null ? place.wiring().type() : candidates.typeOf(bean);
        Class<?> type = known == null ? method.getDeclaringClass() : known;
        caches.check(place, method, type);
        AsyncCheck.check(place, method, type);
        CandidateCall candidate = new CandidateCall(beans, bean, method);
        CallDescription description = Expressions.of(place);
        DeclaredSharing declared = projections.in(SharingCheck.declared(place, answer));
        Experiment<Object> experiment = experiment(place, customizer(place));
        descriptions.check(place, description, experiment.options());
        checkSharing(place, declared);
        EqualsCheck.check(experiment.name(), declared.answer(), experiment.options());
        beans.getBeanProvider(AnnotatedCandidates.class)
                .ifAvailable(all -> all.remember(
                        experiment.name(),
                        new ExperimentDetails.Candidate(bean == null ? place.bean() : bean, Signature.of(method))));
        CandidateObservation observation = observation();
        boolean isOfPrimarysBean = bean == null;
        if (answer == Answer.MONO || answer == Answer.FLUX) {
            return new ReactivePlan(
                    experiment, new CandidateSide(candidate, isOfPrimarysBean), description, observation, security());
        }
        Candidate observed = observation == null ? candidate : observation.around(candidate, experiment.name(), answer);
        CandidateSide side = new CandidateSide(observed, isOfPrimarysBean);
        return answer == Answer.ASYNC
                ? new AsyncPlan(experiment, side, description)
                : new ValuePlan(experiment, side, description);
    }

    /** Logs the findings about the methods whose plans have been made so far. */
    void report() {
        descriptions.report();
    }

    private void checkSharing(Place place, DeclaredSharing declared) {
        Protection.OfAll protections =
                beans.getBeanProvider(Protection.OfAll.class).getIfAvailable();
        beans.getBean(SharingCheck.class)
                .check(
                        place,
                        declared,
                        protections == null
                                ? null
                                : protections.of(place.wiring().name()));
    }

    /** The observation of candidates; null if the application observes nothing. */
    private @Nullable CandidateObservation observation() {
        CandidateObservation observation =
                beans.getBeanProvider(CandidateObservation.class).getIfAvailable();
        return observation != null && observation.isActive() ? observation : null;
    }

    /** The carrier of the security context; null if the application has no Spring Security. */
    private @Nullable SecurityCarrier security() {
        return beans.getBeanProvider(SecurityCarrier.class).getIfAvailable();
    }

    private static Answer answer(Place place) {
        Method method = place.wiring().method();
        if (KotlinDetector.isSuspendingFunction(method)) {
            throw place.wrong(
                    "The method is a suspending function, whose continuation would be resumed by both sides.",
                    "Annotate a method that returns a Mono, a Flux or a CompletionStage.");
        }
        Class<?> type = ResolvableType.forMethodReturnType(
                        method, place.wiring().type())
                .resolve(method.getReturnType());
        Answer answer = Answer.of(type);
        boolean isConsumed =
                Future.class.isAssignableFrom(type) || BaseStream.class.isAssignableFrom(type) || isPublisher(type);
        if (answer == Answer.VALUE && isConsumed) {
            throw place.wrong(
                    "The method returns a " + type.getSimpleName()
                            + ", which can be consumed only once, or not be followed.",
                    "Return a CompletionStage, a Mono, a Flux, or a collection.");
        }
        return answer;
    }

    /** Whether a type is a Publisher. It is found by name, because Reactor, which brings the type, is optional. */
    private static boolean isPublisher(Class<?> type) {
        return type.getName().equals(PUBLISHER)
                || Arrays.stream(type.getInterfaces()).anyMatch(PlanMaker::isPublisher)
                || (type.getSuperclass() != null && isPublisher(type.getSuperclass()));
    }

    @SuppressWarnings(
            "unchecked") // only its declaration tells the type that it customizes; a wrong one fails in the experiment
    private @Nullable ExperimentCustomizer<Object> customizer(Place place) {
        String name = place.wiring().options();
        if (name.isEmpty()) {
            return null;
        }
        if (!beans.containsBean(name)) {
            throw place.wrong(
                    "There is no bean \"" + name + "\", which the annotation names as its options.",
                    Place.remedy(
                            name,
                            List.of(beans.getBeanNamesForType(ExperimentCustomizer.class, true, false)),
                            "Set options to the name of an ExperimentCustomizer bean, or declare one of that name."));
        }
        if (!beans.isTypeMatch(name, ExperimentCustomizer.class)) {
            Class<?> type = beans.getType(name);
            throw place.wrong(
                    "The bean \"" + name
                            + "\", which the annotation names as its options, is no ExperimentCustomizer but "
                            + (type == null ? "of an unknown type" : "a " + type.getName()) + ".",
                    "Set options to the name of a bean that implements dev.scientist.spring.ExperimentCustomizer.");
        }
        return beans.getBean(name, ExperimentCustomizer.class);
    }

    private Experiment<Object> experiment(Place place, @Nullable ExperimentCustomizer<Object> customizer) {
        String name = place.wiring().name();
        Place owner = owners.putIfAbsent(name, place);
        if (owner != null && !isSame(owner.wiring(), place.wiring())) {
            throw sameName(place, owner);
        }
        Experiment<Object> experiment = experiments.get(name);
        if (experiment == null) {
            experiment = declare(place, customizer);
            experiments.put(name, experiment);
        }
        if (experiment.candidates().size() != 1) {
            throw place.wrong(
                    "The experiment \"" + name + "\" has the candidates " + experiment.candidates()
                            + ", but an annotated method has one.",
                    "Name one candidate in its options, or run a dev.scientist.Experiment in code.");
        }
        return experiment;
    }

    private Experiment<Object> declare(Place place, @Nullable ExperimentCustomizer<Object> customizer) {
        Scientist scientist = beans.getBean(Scientist.class);
        beans.getBeanProvider(PropertyLayers.class)
                .ifAvailable(layers -> layers.declare(
                        place.wiring().name(),
                        place.wiring().method(),
                        place.wiring().type()));
        try {
            return scientist.experiment(place.wiring().name(), (ExperimentOptions.Builder<Object> options) -> {
                place.wiring().effects().forEach(options::effects);
                if (customizer != null) {
                    customizer.customize(options);
                }
            });
        } catch (IllegalArgumentException refused) {
            throw place.wrong(
                    "The experiment \"" + place.wiring().name() + "\" cannot be declared: " + refused.getMessage()
                            + ".",
                    "Correct its options, or give it another name with @ParallelRun(name = ...).",
                    refused);
        }
    }

    private static boolean isSame(Wiring one, Wiring other) {
        return one.type() == other.type() && one.method().equals(other.method());
    }

    private static WrongWiringException sameName(Place place, Place owner) {
        return place.wrong(
                "Its experiment is named \"" + place.wiring().name() + "\", and so is that of "
                        + Signature.of(owner.wiring().method()) + " of the bean \"" + owner.bean() + "\".",
                owner.wiring().annotated().equals(place.wiring().annotated())
                        ? "Both have it from " + Signature.of(place.wiring().annotated())
                                + ": annotate the method of each class instead, with a name each; or name as the candidate"
                                + " the bean that is the candidate."
                        : "Give one of them another name with @ParallelRun(name = ...).");
    }
}
