package dev.scientist.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("promise-12")
@DisplayName("Promise 12: only what is clearly a read passes")
class SqlEffectsTest {

    private static final Set<SqlDialect> STANDARD = Set.of(SqlDialect.STANDARD);
    private static final Set<SqlDialect> MYSQL = Set.of(SqlDialect.MYSQL);

    /** Texts that may stand between words without changing a statement, in the standard and in MySQL. */
    private static final List<String> BLANKS = List.of(
            " ",
            "\n",
            "\t \r\n",
            " /* delete */ ",
            " -- insert into t; it's \n",
            "/**/",
            " /* ; \" ' ` $$ */ ",
            "\u00a0",
            " /*+ parallel(4) */ ");

    /** Texts that are a value or a quoted name, in the standard and in MySQL. */
    private static final List<String> QUOTED = List.of(
            "'update t set a = 1'",
            "'it''s; delete from t'",
            "'-- '",
            "'/* '",
            "''",
            "\"update\"",
            "\"a\"\"; drop table t\"",
            "`delete`",
            "'#'",
            "?",
            "42",
            "1.5e-3");

    private static final List<String> READS =
            List.of("select @ from @ where a = @", "with x as ( select @ ) select @ from x", "values ( @ , @ )");

    private static final List<String> WRITES = List.of(
            "insert into t values ( @ )",
            "update t set a = @ where b = @",
            "delete from t where a = @",
            "with x as ( delete from t where a = @ returning a ) select a from x",
            "select @ from t for update",
            "select @ into x from t",
            "select @ ; delete from t where a = @",
            "select nextval ( @ )",
            "merge into t using s on ( a = @ ) when matched then delete");

    static IntStream seeds() {
        return IntStream.range(0, 300);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "SELECT a FROM t WHERE b = ? ORDER BY a DESC LIMIT 1",
                "  ( select 1 ) union all ( select 2 ) ; ",
                "select * from t;;",
                "with recursive r(n) as (values (1) union select n + 1 from r) select * from r",
                "values (1, 'a')",
                "table t",
                "show server_version",
                "describe t",
                "explain analyze select 1",
                "explain (analyze, buffers) select 1",
                "explain plan for select 1",
                "select t.update, x.delete, y.into from t, x, y",
                "select insert('abc', 1, 2, 'x'), truncate(1.5, 0), replace(a, 'b', 'c') from t",
                "select * from a inner merge join b on a.id = b.id",
                "select substring(a from 1 for 3) from t",
                "select a from t where b like ? escape '\\'",
                "select a from t where b like ? escape '\\' and c like ? escape '\\'",
                "select 'for update', \"insert\" from t -- delete from t",
                "select 1 /* ; drop table t */",
                "select /*+ index(t) */ a from t",
                "select a from t for read only",
                "select a from t order by updated, deleted, inserted, intop, forupdate",
                "select extract(year from d), cast(a as varchar) from t fetch first 3 rows only",
                "select a->>'b', a #>> '{c,d}' from t",
                "select $1, $2 from t",
                "SET TRANSACTION READ ONLY",
                "select listagg(x, ',' on overflow truncate) within group (order by x) from t",
                "show create table orders",
                "select a from t where lock in (1, 2)",
                "select \"nextval\", \"dblink\", set_config, lo_a from t",
                "select open, close from t where execute = 1 and t.commit > 2",
                "select case when a then open else close end as set from t",
                "select make_interval(days := 10)",
                "select last_insert_id()",
                "select dbms_lob.substr(a, 10, 1), utl_raw.cast_to_varchar2(b) from t",
                "select a from t use index (i)",
                "select convert(a, char character set utf8) from t",
                "select array['a', 'b'], a[1] from t"
            })
    void aReadPasses(String sql) {
        boolean passes = ShadowDataSource.isRead(sql);

        assertThat(passes).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ; ",
                "insert into t values (1)",
                "update t set a = 1",
                "delete from t",
                "merge into t using s on (a = b) when matched then delete",
                "replace into t values (1)",
                "truncate table t",
                "create table t (a int)",
                "drop table t",
                "alter table t add b int",
                "grant select on t to u",
                "call f()",
                "{call f()}",
                "{? = call f()}",
                "? = call f()",
                "exec f",
                "execute p",
                "begin",
                "commit",
                "set search_path to x",
                "set transaction read write",
                "set transaction read only; delete from t",
                "lock table t",
                "lock tables t write",
                "vacuum",
                "analyze t",
                "refresh materialized view v",
                "copy t from stdin",
                "copy (select 1) to program 'rm'",
                "do $$ begin delete from t; end $$",
                "pragma journal_mode = wal",
                "declare c cursor for select 1",
                "handler t open",
                "load data infile 'x' into table t",
                "select a from t for update",
                "select a from t for no key update skip locked",
                "select a from t for share",
                "select a from t for key share of t",
                "select a from t FOR/**/UPDATE",
                "select a from t limit 1for update",
                "select a from t lock in share mode",
                "select a from t with (updlock)",
                "select a into x from t",
                "select a from t into outfile '/tmp/x'",
                "select 1; delete from t",
                "select 1; select 2",
                "select ';' ; select 2",
                "with x as (delete from t returning *) select * from x",
                "with x as (select 1) insert into t select * from x",
                "with x as (select 1) update t set a = 1",
                "with x(a) as (select 1) create table t as select * from x",
                "select * from final table (insert into t values (1))",
                "select * from old table (delete from t)",
                "explain insert into t values (1)",
                "explain analyze delete from t",
                "explain analyze execute p",
                "explain plan set statement_id = 'x' for select 1",
                "explain create table t as select 1",
                "select nextval('s')",
                "select s.nextval from dual",
                "values next value for s",
                "select pg_catalog.setval('s', 1)",
                "select pg_advisory_lock(1)",
                "select pg_try_advisory_xact_lock(1)",
                "select get_lock('a', 1)",
                "select * from \"dblink\"('x', 'y') as t(a int)",
                "select \"dblink_exec\"('x')",
                "select dblink_send_query('x', 'y')",
                "select pg_catalog.\"pg_advisory_lock\"(1)",
                "select \"nextval\" ('s')",
                "select \"NEXTVAL\"/* */('s')",
                "select s.\"NEXTVAL\" from dual",
                "select `nextval`(s)",
                "select [nextval]('s')",
                "select [dbo].[dblink]('s')",
                "select U&\"\\006eextval\"('s')",
                "select \"CSVWRITE\"('/tmp/x', 'select 1')",
                "select \"FILE_WRITE\"('x', '/tmp/x')",
                "select query_to_xml('delete from t', true, true, '')",
                "select query_to_xml_and_xmlschema('delete from t', true, true, '')",
                "select table_to_xml('t', true, true, '')",
                "select cursor_to_xml('c', 1, true, true, '')",
                "select pg_stat_reset()",
                "select pg_stat_reset_shared('io')",
                "select pg_logical_emit_message(false, 'a', 'b')",
                "select lo_unlink(1)",
                "select set_config('a.b', 'c', false)",
                "select pg_reload_conf()",
                "select pg_switch_wal()",
                "select pg_replication_origin_create('a')",
                "select pg_file_write('a', 'b', false)",
                "select pg_terminate_backend(1)",
                "select pg_cancel_backend(1)",
                "select abort_session(1)",
                "select cancel_session(1)",
                "select set(@x, 1)",
                "select @y := 8",
                "select @a.b:=8",
                "select last_insert_id(5)",
                "select load_file('/etc/passwd')",
                "select sys_exec('ls')",
                "select 1 exec dbo.x",
                "select a from t execute x",
                "select 1 commit",
                "select f(1) rollback",
                "select a from [t] use other",
                "select a from t where b = ? set identity_insert t on",
                "select * from openquery(s, 'delete from t')",
                "select * from openrowset('a', 'b', 'c')",
                "select a from t with (tablockx)",
                "select a from t with (holdlock)",
                "select a from t with (xlock, rowlock)",
                "select a from t with rs use and keep exclusive locks",
                "select dbms_lock.request(1) from dual",
                "select sys.utl_http.request('x') from dual",
                "select \"DBMS_LOCK\".request(1) from dual",
                "-- select\ndelete from t",
                "/* select */ delete from t",
                "/* /* select */ */ delete from t",
                "select 'open",
                "select \"open",
                "select /* open"
            })
    void whatIsNotClearlyAReadIsRefused(String sql) {
        boolean passes = ShadowDataSource.isRead(sql);

        assertThat(passes).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select $$ delete from t; $$",
                "select $a$ insert $$ into $a$",
                "select E'it\\'s; delete from t'",
                "select a$b, c from t where d = E'\\\\'",
                "select 'C:\\', a from t",
                "select 1 --x; delete\n + 2",
                "select /* a /* ; delete */ */ 1",
                "select a # b from t"
            })
    void aReadOfTheStandardPassesThere(String sql) {
        String effect = SqlEffects.of(sql, STANDARD);

        assertThat(effect).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 'it\\'s; delete from t'",
                "select 1 # delete from t",
                "select \"a\\\"; delete from t\"",
                "select 1--1",
                "select /*!50000 a, */ b from t"
            })
    void aReadOfMySqlPassesThere(String sql) {
        String effect = SqlEffects.of(sql, MYSQL);

        assertThat(effect).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 'a\\'; delete from t; -- '",
                "select 1 --1; delete from t",
                "select 1 # '\n; delete from t -- '",
                "select 1 /*! into outfile 'x' */",
                "select 1 /*M!100 into outfile 'x' */",
                "select $$; delete from t; -- $$",
                "select /* /* */ 1; delete from t /* */",
                "select 1 /* /* */, s.nextval /* */ /* */ from dual",
                "select q'[']' from dual; delete from t -- '",
                "select nq'(')' , s.nextval from dual -- '",
                "select q'!'!' , s.nextval from dual -- '",
                "select [a'b] from t; delete from t -- '",
                "select [a]]'b] from t exec x -- '"
            })
    void whatOneKindOfDatabaseWouldExecuteIsNoReadWhereTheKindIsUnknown(String sql) {
        boolean passes = ShadowDataSource.isRead(sql);

        assertThat(passes).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select q'[it's; delete from t]' from dual",
                "select nq'{it's}', q'!a'b!' from dual",
                "select 1 /* /* */ from dual",
                "select a commit from t"
            })
    void aReadOfOraclePassesThere(String sql) {
        String effect = SqlEffects.of(sql, Set.of(SqlDialect.ORACLE));

        assertThat(effect).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"select [it's; delete from t] from [a]]b]", "select a from t /* /* exec */ */"})
    void aReadOfSqlServerPassesThere(String sql) {
        String effect = SqlEffects.of(sql, Set.of(SqlDialect.SQL_SERVER));

        assertThat(effect).isNull();
    }

    @Test
    void theProductSaysHowTextsAreRead() {
        List<Set<SqlDialect>> known =
                List.of(SqlDialect.of("PostgreSQL"), SqlDialect.of("H2"), SqlDialect.of("DB2/LINUXX8664"));
        List<Set<SqlDialect>> mysql = List.of(SqlDialect.of("MySQL"), SqlDialect.of("MariaDB"));

        Set<SqlDialect> unknown = SqlDialect.of("Databasaurus");
        Set<SqlDialect> oracle = SqlDialect.of("Oracle");
        Set<SqlDialect> sqlServer = SqlDialect.of("Microsoft SQL Server");

        assertThat(known).containsOnly(STANDARD);
        assertThat(mysql).containsOnly(MYSQL);
        assertThat(unknown).isEqualTo(SqlDialect.ANY);
        assertThat(oracle).containsExactly(SqlDialect.ORACLE);
        assertThat(sqlServer).containsExactly(SqlDialect.SQL_SERVER);
    }

    @Test
    void theRefusalNamesTheWordAndNoValue() {
        String effect = SqlEffects.of("with x as (delete from t where name = 'ann') select 1", STANDARD);

        assertThat(effect).isEqualTo("DELETE");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void commentsCaseAndQuotesNeverMakeAReadOfAWriteNorAWriteOfARead(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String read = dressed(READS.get(random.nextInt(READS.size())), random);
        String write = dressed(WRITES.get(random.nextInt(WRITES.size())), random);

        boolean readPasses = ShadowDataSource.isRead(read);
        boolean writePasses = ShadowDataSource.isRead(write);

        assertThat(readPasses).as(read).isTrue();
        assertThat(writePasses).as(write).isFalse();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyTextIsReadToItsEnd(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String parts = "'\"`$-/*#;\\ \nabE.0(selct";
        StringBuilder text = new StringBuilder("select ");
        random.ints(random.nextInt(200), 0, parts.length()).forEach(i -> text.append(parts.charAt(i)));

        boolean passesAlone = ShadowDataSource.isRead(text.toString());
        boolean passesWithMore = ShadowDataSource.isRead(text + "\n;\n delete from t");

        assertThat(passesAlone && passesWithMore).as(text.toString()).isFalse();
    }

    /** The same statement, written differently. */
    private static String dressed(String statement, SplittableRandom random) {
        StringBuilder text = new StringBuilder(blank(random));
        for (String word : statement.split(" ", -1)) {
            String dressed = word.equals("@") ? QUOTED.get(random.nextInt(QUOTED.size())) : word;
            boolean isUpper = random.nextBoolean() && !word.equals("@");
            text.append(isUpper ? dressed.toUpperCase(Locale.ROOT) : dressed).append(blank(random));
        }
        return text.append(random.nextBoolean() ? ";" : "").toString();
    }

    private static String blank(SplittableRandom random) {
        return BLANKS.get(random.nextInt(BLANKS.size()));
    }
}
