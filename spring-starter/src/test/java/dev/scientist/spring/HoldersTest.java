package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.ExperimentOptions.Start;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

@Tag("promise-10")
@DisplayName("Promise 10: what Spring keeps by thread is put back, whatever a candidate leaves there")
class HoldersTest {

    private static final String RESOURCE = "a resource";

    static class Forms {

        final Queue<String> seen = new ConcurrentLinkedQueue<>();

        @ParallelRun(method = "untidy")
        public String fill() {
            return state();
        }

        public String untidy() {
            seen.add(state());
            LocaleContextHolder.setLocale(Locale.forLanguageTag("pt-BR"));
            RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(new MockHttpServletRequest()), true);
            TransactionSynchronizationManager.initSynchronization();
            TransactionSynchronizationManager.setActualTransactionActive(true);
            TransactionSynchronizationManager.setCurrentTransactionReadOnly(true);
            TransactionSynchronizationManager.setCurrentTransactionName("left");
            TransactionSynchronizationManager.setCurrentTransactionIsolationLevel(1);
            TransactionSynchronizationManager.unbindResourceIfPossible(RESOURCE);
            TransactionSynchronizationManager.bindResource(RESOURCE, "left");
            TransactionSynchronizationManager.bindResource("another", "left");
            return "untidy";
        }
    }

    // It has one worker, so that the next candidate would see what another one has left behind.
    private final ApplicationContextRunner application =
            Laboratory.application().withPropertyValues(Laboratory.MOST + "=1").withBean(Forms.class);

    @BeforeEach
    void plainLocale() {
        LocaleContextHolder.setDefaultLocale(Locale.ROOT);
    }

    @AfterEach
    void tidy() {
        LocaleContextHolder.setDefaultLocale(null);
        RequestContextHolder.resetRequestAttributes();
        TransactionSynchronizationManager.unbindResourceIfPossible(RESOURCE);
    }

    private static String state() {
        return LocaleContextHolder.getLocale().toLanguageTag()
                + " " + (RequestContextHolder.getRequestAttributes() != null)
                + " " + TransactionSynchronizationManager.isSynchronizationActive()
                + " " + TransactionSynchronizationManager.isActualTransactionActive()
                + " " + TransactionSynchronizationManager.isCurrentTransactionReadOnly()
                + " " + TransactionSynchronizationManager.getCurrentTransactionName()
                + " " + TransactionSynchronizationManager.getCurrentTransactionIsolationLevel()
                + " " + TransactionSynchronizationManager.getResourceMap();
    }

    @ParameterizedTest
    @EnumSource
    void whatACandidateLeavesIsGoneForTheNext(Start start) {
        application.withPropertyValues(Laboratory.START + "=" + start).run(context -> {
            Forms forms = context.getBean(Forms.class);
            String before = state();

            for (int i = 0; i < 5; i++) {
                forms.fill();
                Laboratory.settle(context);
            }

            assertThat(Laboratory.target(forms).seen).hasSize(5).containsOnly(before);
            assertThat(state()).isEqualTo(before);
        });
    }

    @ParameterizedTest
    @EnumSource
    void whatTheCallerHasIsStillThere(Start start) {
        application.withPropertyValues(Laboratory.START + "=" + start).run(context -> {
            ServletRequestAttributes request = new ServletRequestAttributes(new MockHttpServletRequest());
            RequestContextHolder.setRequestAttributes(request);
            TransactionSynchronizationManager.bindResource(RESOURCE, "the caller's");

            context.getBean(Forms.class).fill();
            Laboratory.settle(context);

            assertThat(RequestContextHolder.getRequestAttributes()).isSameAs(request);
            assertThat(TransactionSynchronizationManager.getResourceMap()).hasSize(1);
            assertThat(TransactionSynchronizationManager.getResource(RESOURCE)).isEqualTo("the caller's");
        });
    }
}
