package dev.scientist.kotlin

import dev.scientist.Verdict
import dev.scientist.spring.ParallelRun
import dev.scientist.testing.RecordingPublisher
import java.io.IOException
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.catchThrowable
import org.junit.jupiter.api.Test
import org.springframework.boot.autoconfigure.EnableAutoConfiguration
import org.springframework.boot.test.context.runner.ApplicationContextRunner
import org.springframework.stereotype.Service

/** The annotation on classes that are written in Kotlin. */
class KotlinSpringTest {

    data class Request(val customer: String, val net: Int)

    data class Quote(val gross: Int)

    // tag::kotlin-annotation[]
    @Service
    open class PricingService {

        @ParallelRun(
            candidate = "rewrittenPricing",
            key = "#request.customer",
            attributes = ["net = #request.net"],
        )
        open fun quote(request: Request): Quote = Quote(request.net * 119)
    }
    // end::kotlin-annotation[]

    open class RewrittenPricing {
        open fun quote(request: Request): Quote = Quote(request.net * 119)
    }

    open class Failing {
        @ParallelRun(method = "newer")
        open fun quote(): String = throw UNDECLARED

        open fun newer(): String = "quote"
    }

    open class Suspending {
        @ParallelRun(method = "newer")
        open suspend fun quote(): String = "quote"

        open suspend fun newer(): String = "quote"
    }

    @EnableAutoConfiguration
    open class Application

    private val application = ApplicationContextRunner()
        .withUserConfiguration(Application::class.java)
        .withPropertyValues("scientist.defaults.start=same-thread")
        .withBean(RecordingPublisher::class.java)

    @Test
    fun parametersAreVariables() {
        application
            .withBean(PricingService::class.java)
            .withBean("rewrittenPricing", RewrittenPricing::class.java)
            .run { context ->
                val quote = context.getBean(PricingService::class.java).quote(Request("c-1", 1))

                val trial = context.getBean(RecordingPublisher::class.java).takeTrials().single()
                assertThat(quote).isEqualTo(Quote(119))
                assertThat(trial.candidates()[0].verdict()).isEqualTo(Verdict.MATCHED)
                assertThat(trial.attributes()).isEqualTo(mapOf("net" to 1))
            }
    }

    @Test
    fun exceptionsComeOutAsTheyAre() {
        application.withBean(Failing::class.java).run { context ->
            val thrown = catchThrowable { context.getBean(Failing::class.java).quote() }

            assertThat(thrown).isSameAs(UNDECLARED)
        }
    }

    @Test
    fun suspendingFunctionsAreRefusedAtStart() {
        application.withBean(Suspending::class.java).run { context ->
            val failure = context.startupFailure

            assertThat(failure)
                .hasMessageContaining("The method is a suspending function")
                .hasMessageContaining("Annotate a method that returns a Mono, a Flux or a CompletionStage.")
        }
    }

    companion object {
        private val UNDECLARED = IOException("undeclared")
    }
}
