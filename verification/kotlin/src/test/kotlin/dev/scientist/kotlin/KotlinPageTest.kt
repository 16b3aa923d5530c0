package dev.scientist.kotlin

import dev.scientist.Experiment
import dev.scientist.ExperimentOptions.Start
import dev.scientist.Scientist
import dev.scientist.Verdict
import dev.scientist.comparators.ObjectComparator.objects
import dev.scientist.testing.RecordingPublisher
import java.io.IOException
import java.util.concurrent.CompletableFuture
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.future.await
import kotlinx.coroutines.future.future
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.catchThrowable
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test

/** The code of docs/kotlin.md, compiled by the Kotlin compiler and run. */
class KotlinPageTest {

    data class Request(val customer: String, val net: Int)

    data class Quote(val gross: Int, val currency: String = "EUR")

    data class VendorPrice(val cents: Int)

    class Ledger {
        fun quote(request: Request): Quote = Quote(request.net * 119)

        fun find(customer: String): Quote? = if (customer == "c-1") Quote(119) else null
    }

    class SlowLedger {
        suspend fun quote(request: Request): Quote = Quote(request.net * 119)
    }

    private val recording = RecordingPublisher()
    private val scientist: Scientist = Scientist.builder()
        .publisher(recording)
        .logging(false)
        .defaults { it.start(Start.SAME_THREAD) }
        .build()
    private val request = Request("c-1", 1)
    private val ledger = Ledger()
    private val rewrite = Ledger()

    @AfterEach
    fun close() = scientist.close()

    private fun verdicts(): List<Verdict> = recording.takeTrials().map { it.candidates()[0].verdict() }

    // tag::kotlin-quick-start[]
    class Quotes(scientist: Scientist, private val ledger: Ledger, private val rewrite: Ledger) {
        private val quotes: Experiment<Quote> = scientist.experiment("pricing.quote") { it.sampleRate(1.0) }

        fun quote(request: Request): Quote =
            quotes.runUnchecked({ ledger.quote(request) }, { rewrite.quote(request) })
    }
    // end::kotlin-quick-start[]

    @Test
    fun theQuickStartNeedsNoTypeArguments() {
        val quotes = Quotes(scientist, ledger, rewrite)

        val quote = quotes.quote(request)

        assertThat(quote).isEqualTo(Quote(119))
        assertThat(verdicts()).containsExactly(Verdict.MATCHED)
    }

    @Test
    fun aNullOfEitherSideIsInTheType() {
        val quotes: Experiment<Quote> = scientist.experiment("quotes")

        // tag::kotlin-null[]
        val found: Quote? = quotes.runUnchecked({ ledger.find("c-1") }, { rewrite.find("c-1") })
        val none: Quote? = quotes.runUnchecked({ ledger.find("c-2") }, { rewrite.find("c-2") })
        // end::kotlin-null[]

        assertThat(found).isEqualTo(Quote(119))
        assertThat(none).isNull()
        assertThat(verdicts()).containsExactly(Verdict.MATCHED, Verdict.MATCHED)
    }

    @Test
    fun whatTheOtherMethodsThrowIsSaid() {
        val quotes: Experiment<Quote> =
            scientist.experiment("quotes") { it.candidates("rewrite", "vendor") }
        val copied: Experiment<Quote> =
            scientist.experiment("copied") { it.argumentCopier(Request::class.java) { old -> old.copy() } }

        // tag::kotlin-type-arguments[]
        val described: Quote? = quotes.call()
            .key(request.customer)
            .attribute("net", request.net)
            .candidate("rewrite") { rewrite.quote(request) }
            .candidate("vendor", { VendorPrice(119) }, { Quote(it.cents) })
            .run<RuntimeException> { ledger.quote(request) }
        val onACopy: Quote? =
            copied.run<Request, RuntimeException>(request, { ledger.quote(it) }, { rewrite.quote(it) })
        // end::kotlin-type-arguments[]

        assertThat(listOf(described, onACopy)).containsOnly(Quote(119))
        assertThat(verdicts()).containsOnly(Verdict.MATCHED).hasSize(2)
    }

    @Test
    fun futuresNameTheirType() {
        val quotes: Experiment<Quote> = scientist.experiment("quotes")
        fun later(ledger: Ledger) = CompletableFuture.completedFuture(ledger.quote(request))

        // tag::kotlin-futures[]
        val quote = quotes.runAsync<CompletableFuture<Quote>, RuntimeException>({ later(ledger) }, { later(rewrite) })
        // end::kotlin-futures[]

        assertThat(quote!!.join()).isEqualTo(Quote(119))
        assertThat(verdicts()).containsExactly(Verdict.MATCHED)
    }

    @Test
    fun suspendingSidesAreFutures() {
        val scope = CoroutineScope(Dispatchers.Default)
        val slow = SlowLedger()
        val rewritten = SlowLedger()

        // tag::kotlin-suspend[]
        val quotes: Experiment<Quote> = scientist.experiment("slow.quote") { it.ownedFutures(true) }

        suspend fun quote(request: Request): Quote =
            quotes.runAsync<CompletableFuture<Quote>, RuntimeException>(
                { scope.future { slow.quote(request) } },
                { scope.future { rewritten.quote(request) } },
            )!!.await()
        // end::kotlin-suspend[]
        val quote = runBlocking { quote(request) }
        scientist.close()

        assertThat(quote).isEqualTo(Quote(119))
        assertThat(verdicts()).containsExactly(Verdict.MATCHED)
    }

    @Test
    fun anyExceptionOfThePrimaryComesOutAsItIs() {
        val quotes: Experiment<Quote> = scientist.experiment("quotes")
        val checked = IOException("no ledger")

        val thrown = catchThrowable { quotes.runUnchecked({ throw checked }, { rewrite.quote(request) }) }

        assertThat(thrown).isSameAs(checked)
        assertThat(verdicts()).containsExactly(Verdict.PRIMARY_FAILED)
    }

    @Test
    fun objectsSeesIntoDataClasses() {
        val quotes: Experiment<Quote> = scientist.experiment("quotes") { it.comparator(objects()) }

        quotes.runUnchecked({ Quote(1) }, { Quote(2) })

        val differences = recording.takeTrials().single().candidates()[0].differences()
        assertThat(differences.map { it.path() }).containsExactly("/gross")
    }
}
