package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Effects;
import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.Scientist;
import dev.scientist.Verdict;
import dev.scientist.reactor.ReactiveExperiment;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** Proves for an experiment in code, in which the annotation's advice has no part, what promise 10 says. */
@Tag("promise-10")
@DisplayName("Promise 10: a reactive transaction never reaches a candidate")
class ReactiveTransactionTest {

    private final ConnectionFactory database =
            ConnectionFactories.get("r2dbc:h2:mem:///" + UUID.randomUUID() + "?options=DB_CLOSE_DELAY=-1");
    private final DatabaseClient client = DatabaseClient.create(database);
    private final TransactionalOperator transaction =
            TransactionalOperator.create(new R2dbcTransactionManager(database));

    @AutoClose
    private final Scientist scientist = Scientist.builder().logging(false).build();

    private final Experiment<Long> experiment = scientist.experiment(
            "inserts",
            options -> options.start(Start.SAME_THREAD)
                    .candidateTimeout(Duration.ofMinutes(5))
                    .effects(Effects.ALLOWED));

    @BeforeEach
    void createTable() {
        client.sql("create table rows_of (side varchar(20))").then().block();
    }

    private Mono<Long> insert(String side) {
        return client.sql("insert into rows_of values (:side)")
                .bind("side", side)
                .fetch()
                .rowsUpdated();
    }

    private List<String> rows() {
        return client.sql("select side from rows_of")
                .map(row -> row.get(0, String.class))
                .all()
                .collectList()
                .block();
    }

    @Test
    void aRollbackOfTheCallersIsNoneOfTheCandidates() {
        String ended = ReactiveExperiment.of(experiment)
                .mono(() -> insert("primary"), () -> insert("candidate"))
                .then(Mono.<String>error(new IllegalStateException("the caller fails")))
                .as(transaction::transactional)
                .onErrorReturn("rolled back")
                .block();

        assertThat(ended).isEqualTo("rolled back");
        assertThat(rows()).containsExactly("candidate");
    }

    @Test
    void aCandidateThatFailsInATransactionOfItsOwnRollsNothingOfTheCallersBack() {
        Mono<Long> failing = insert("candidate")
                .then(Mono.<Long>error(new IllegalStateException("the candidate fails")))
                .as(transaction::transactional);

        Long inserted = ReactiveExperiment.of(experiment)
                .mono(() -> insert("primary"), () -> failing)
                .as(transaction::transactional)
                .block();

        assertThat(inserted).isEqualTo(1);
        assertThat(rows()).containsExactly("primary");
        assertThat(experiment.tally().count(Verdict.CANDIDATE_FAILED)).isEqualTo(1);
    }
}
