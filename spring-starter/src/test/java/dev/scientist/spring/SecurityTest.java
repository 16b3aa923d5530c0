package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scientist.ExperimentOptions.Start;
import dev.scientist.Verdict;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.aop.Advisor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authorization.method.AuthorizationManagerBeforeMethodInterceptor;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.core.context.SecurityContextImpl;
import reactor.core.publisher.Mono;

@Tag("promise-2")
@DisplayName("Promise 2: a candidate has its caller's identity, and changes nobody's")
class SecurityTest {

    /**
     * Does what {@code @EnableMethodSecurity} does, which would also import Spring Security's configuration of the web.
     */
    @Configuration(proxyBeanMethods = false)
    static class MethodSecurity {

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static Advisor preAuthorize(ObjectProvider<SecurityContextHolderStrategy> strategies) {
            AuthorizationManagerBeforeMethodInterceptor advisor =
                    AuthorizationManagerBeforeMethodInterceptor.preAuthorize();
            strategies.ifUnique(advisor::setSecurityContextHolderStrategy);
            return advisor;
        }
    }

    static class Accounts {

        final Queue<String> seen = new ConcurrentLinkedQueue<>();

        @ParallelRun(method = "changing")
        public String owner() {
            return user();
        }

        public String changing() {
            seen.add(user());
            SecurityContextHolder.getContext().setAuthentication(signedIn("root", "ROLE_ADMIN"));
            return "root";
        }

        @ParallelRun(method = "replacing", name = "replaced")
        public String replaced() {
            return user();
        }

        public String replacing() {
            seen.add(user());
            SecurityContextHolder.setContext(new SecurityContextImpl(signedIn("root", "ROLE_ADMIN")));
            return "root";
        }

        @ParallelRun(candidate = "newAccounts", name = "authorized")
        @PreAuthorize("hasRole('CLERK')")
        public String authorized() {
            return "for clerks";
        }

        @ParallelRun(method = "changingMono")
        public Mono<String> mono() {
            return ReactiveSecurityContextHolder.getContext().map(SecurityTest::userOf);
        }

        public Mono<String> changingMono() {
            return ReactiveSecurityContextHolder.getContext()
                    .doOnNext(context -> {
                        seen.add(userOf(context));
                        context.setAuthentication(signedIn("root", "ROLE_ADMIN"));
                    })
                    .then(ReactiveSecurityContextHolder.getContext())
                    .map(SecurityTest::userOf)
                    .doOnNext(seen::add);
        }
    }

    static class NewAccounts {

        @PreAuthorize("hasRole('CLERK')")
        public String authorized() {
            return "for clerks";
        }
    }

    static class Vault {

        @PreAuthorize("hasRole('ADMIN')")
        public String open() {
            return "open";
        }
    }

    // It has one worker, so that the next candidate would see what another one has left behind.
    private final ApplicationContextRunner application = Laboratory.application(MethodSecurity.class)
            .withPropertyValues(Laboratory.MOST + "=1")
            .withBean(Accounts.class)
            .withBean("newAccounts", NewAccounts.class)
            .withBean(Vault.class);

    @AfterEach
    void signOut() {
        SecurityContextHolder.clearContext();
        SecurityContextHolder.setStrategyName(SecurityContextHolder.MODE_THREADLOCAL);
    }

    private static Authentication signedIn(String user, String role) {
        return new TestingAuthenticationToken(user, "password", role);
    }

    private static SecurityContext ann() {
        SecurityContext context = new SecurityContextImpl(signedIn("ann", "ROLE_CLERK"));
        SecurityContextHolder.setContext(context);
        return context;
    }

    private static String user() {
        return userOf(SecurityContextHolder.getContext());
    }

    private static String userOf(SecurityContext context) {
        return context.getAuthentication() == null
                ? "nobody"
                : context.getAuthentication().getName();
    }

    @ParameterizedTest
    @EnumSource
    void whomeverACandidateSignsInTheCallerStaysWhoItIs(Start start) {
        application.withPropertyValues(Laboratory.START + "=" + start).run(context -> {
            Accounts accounts = context.getBean(Accounts.class);
            SecurityContext callers = ann();

            List<String> owners = List.of(accounts.owner(), accounts.replaced());
            Laboratory.settle(context);

            assertThat(owners).containsOnly("ann");
            assertThat(SecurityContextHolder.getContext()).isSameAs(callers);
            assertThat(user()).isEqualTo("ann");
            assertThatThrownBy(context.getBean(Vault.class)::open).isInstanceOf(AccessDeniedException.class);
            assertThat(Laboratory.target(accounts).seen).startsWith("ann");
        });
    }

    @ParameterizedTest
    @EnumSource
    void nothingOfItIsLeftForTheNextCandidate(Start start) {
        application.withPropertyValues(Laboratory.START + "=" + start).run(context -> {
            Accounts accounts = context.getBean(Accounts.class);
            for (int i = 0; i < 5; i++) {
                ann();
                accounts.replaced();
                SecurityContextHolder.clearContext();
                Laboratory.settle(context);
                accounts.owner();
                Laboratory.settle(context);
            }

            assertThat(Laboratory.target(accounts).seen)
                    .containsExactly(
                            "ann", "nobody", "ann", "nobody", "ann", "nobody", "ann", "nobody", "ann", "nobody");
            assertThat(user()).isEqualTo("nobody");
        });
    }

    @ParameterizedTest
    @EnumSource
    @Tag("promise-10")
    void aCandidateThatAsksWhoCallsGetsItsCaller(Start start) {
        application.withPropertyValues(Laboratory.START + "=" + start).run(context -> {
            ann();

            context.getBean(Accounts.class).authorized();
            Laboratory.settle(context);

            assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED);
        });
    }

    @ParameterizedTest
    @EnumSource
    void inAReactorContextToo(Start start) {
        application.withPropertyValues(Laboratory.START + "=" + start).run(context -> {
            Accounts accounts = context.getBean(Accounts.class);
            SecurityContext callers = new SecurityContextImpl(signedIn("ann", "ROLE_CLERK"));

            String owner = accounts.mono()
                    .contextWrite(ReactiveSecurityContextHolder.withSecurityContext(Mono.just(callers)))
                    .block();
            Laboratory.settle(context);

            assertThat(owner).isEqualTo("ann");
            assertThat(userOf(callers)).isEqualTo("ann");
            assertThat(Laboratory.target(accounts).seen).containsExactly("ann", "root");
        });
    }

    @Test
    void aContextThatIsStillToBeLoadedIsLoadedOnceAndOnTheCallersThread() {
        application.withPropertyValues(Laboratory.START + "=AFTER_PRIMARY").run(context -> {
            Accounts accounts = context.getBean(Accounts.class);
            Queue<Thread> loading = new ConcurrentLinkedQueue<>();
            SecurityContextHolder.setDeferredContext(() -> {
                loading.add(Thread.currentThread());
                return new SecurityContextImpl(signedIn("ann", "ROLE_CLERK"));
            });

            accounts.replaced();
            Laboratory.settle(context);

            assertThat(loading).isNotEmpty().containsOnly(Thread.currentThread());
            assertThat(Laboratory.target(accounts).seen).containsExactly("ann");
        });
    }

    @Test
    void theApplicationsOwnStrategyIsUsed() {
        application
                .withBean(SecurityContextHolderStrategy.class, OwnStrategy::new)
                .withPropertyValues(Laboratory.START + "=AFTER_PRIMARY")
                .run(context -> {
                    SecurityContextHolderStrategy own = context.getBean(SecurityContextHolderStrategy.class);
                    Accounts accounts = context.getBean(Accounts.class);
                    own.setContext(new SecurityContextImpl(signedIn("ann", "ROLE_CLERK")));

                    accounts.authorized();
                    Laboratory.settle(context);

                    assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED);
                });
    }

    @Test
    void whereAllThreadsHaveOneContextItIsLeftAlone() {
        SecurityContextHolder.setStrategyName(SecurityContextHolder.MODE_GLOBAL);
        application.withPropertyValues(Laboratory.START + "=AFTER_PRIMARY").run(context -> {
            SecurityContext everybodys = ann();

            context.getBean(Accounts.class).authorized();
            Laboratory.settle(context);

            assertThat(SecurityContextHolder.getContext()).isSameAs(everybodys);
            assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED);
        });
    }

    /** A strategy without support for deferred contexts. */
    private static final class OwnStrategy implements SecurityContextHolderStrategy {
        private static final ThreadLocal<SecurityContext> CONTEXTS = ThreadLocal.withInitial(SecurityContextImpl::new);

        @Override
        public void clearContext() {
            CONTEXTS.remove();
        }

        @Override
        public SecurityContext getContext() {
            return CONTEXTS.get();
        }

        @Override
        public void setContext(SecurityContext context) {
            CONTEXTS.set(context);
        }

        @Override
        public SecurityContext createEmptyContext() {
            return new SecurityContextImpl();
        }
    }
}
