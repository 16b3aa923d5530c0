package dev.scientist.comparators.protobuf;

import static dev.scientist.comparators.protobuf.ProtobufComparator.protobuf;
import static dev.scientist.comparators.protobuf.Schema.entry;
import static dev.scientist.comparators.protobuf.Schema.field;
import static dev.scientist.comparators.protobuf.Schema.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UnknownFieldSet;
import dev.scientist.Difference;
import dev.scientist.OverBudgetException;
import dev.scientist.comparators.Rule;
import dev.scientist.comparators.RuleSet;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProtobufComparatorTest {

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of("f_double", 0.1, 0.25, "0.1"),
                Arguments.of("f_float", 0.1f, Float.NaN, "0.1"),
                Arguments.of("f_int64", -1L, 2L, "-1"),
                Arguments.of("f_uint64", -1L, 2L, "18446744073709551615"),
                Arguments.of("f_fixed64", -1L, 2L, "18446744073709551615"),
                Arguments.of("f_uint32", -1, 2, "4294967295"),
                Arguments.of("f_fixed32", -1, 2, "4294967295"),
                Arguments.of("f_int32", -1, 2, "-1"),
                Arguments.of("f_sint32", -1, 2, "-1"),
                Arguments.of("f_sint64", -1L, 2L, "-1"),
                Arguments.of("f_sfixed32", -1, 2, "-1"),
                Arguments.of("f_sfixed64", -1L, 2L, "-1"),
                Arguments.of("f_bool", true, false, "true"),
                Arguments.of("f_string", "a", "b", "a"),
                Arguments.of("f_bytes", ByteString.copyFromUtf8("a"), ByteString.EMPTY, "YQ=="));
    }

    @ParameterizedTest
    @MethodSource("values")
    void everyTypeOfValueIsComparedAndShown(String field, Object primary, Object candidate, String shown) {
        List<Difference> differences = protobuf().compare(order(field, primary), order(field, candidate));

        assertThat(differences).extracting(Difference::path).containsExactly("/" + field);
        assertThat(differences.get(0).primary()).hasToString(shown);
        assertThat(protobuf().compare(order(field, primary), order(field, primary)))
                .isEmpty();
    }

    @Test
    void notANumberIsItself() {
        Message primary = order("f_double", Double.NaN);

        assertThat(protobuf().rules(Rule.at("/status").ignored()).compare(primary, order("f_double", Double.NaN)))
                .isEmpty();
        assertThat(protobuf().compare(primary, order("f_double", Double.POSITIVE_INFINITY)))
                .hasToString("[changed at /f_double [java.lang.String]]");
    }

    @Test
    void aFieldThatKnowsWhetherItIsSetIsMissingWhereItIsNot() {
        assertThat(protobuf().compare(order("note", ""), order()))
                .hasToString("[missing at /note [java.lang.String -> null]]");
        assertThat(protobuf().compare(order(), order("parent", order())))
                .extracting(Difference::toString)
                .containsExactly("unexpected at /parent [null -> java.util.LinkedHashMap]");
        assertThat(protobuf().compare(order("card", "a"), order("cash", 0)))
                .extracting(Difference::path)
                .containsExactlyInAnyOrder("/card", "/cash");
    }

    @Test
    void aFieldThatDoesNotKnowItIsItsValue() {
        assertThat(protobuf().compare(order("f_int32", 0), order())).isEmpty();
        assertThat(protobuf().compare(order("f_int32", 7), order()))
                .hasToString("[changed at /f_int32 [java.math.BigDecimal]]");
        assertThat(protobuf().compare(order("tags", List.of("a")), order()))
                .hasToString("[missing at /tags/0 [java.lang.String -> null]]");
    }

    @Test
    void anEnumIsItsNameOrElseItsNumber() {
        Message open = order("status", field("status").getEnumType().findValueByNumber(0));
        Message paid = order("status", field("status").getEnumType().findValueByNumber(1));
        Message unknown = order("status", field("status").getEnumType().findValueByNumberCreatingIfUnknown(9));

        assertThat(protobuf().compare(open, paid))
                .extracting(Difference::primary, Difference::candidate)
                .containsExactly(tuple("OPEN", "PAID"));
        assertThat(protobuf().compare(paid, unknown))
                .extracting(Difference::candidate)
                .containsExactly(BigDecimal.valueOf(9));
        assertThat(protobuf().compare(order(), open)).isEmpty();
    }

    @Test
    void mapsAreComparedByKeyAndRepeatedFieldsInOrder() {
        Message primary = order("stock", List.of(entry(1, order("f_int32", 1)), entry(-2, order("f_int32", 2))));
        Message candidate = order("stock", List.of(entry(-2, order("f_int32", 3)), entry(1, order("f_int32", 1))));

        assertThat(protobuf().compare(primary, candidate))
                .hasToString("[changed at /stock/-2/f_int32 [java.math.BigDecimal]]");
        assertThat(protobuf()
                        .compare(
                                order("tags", List.of("a", "b", "c", "d")),
                                order("tags", List.of("a", "x", "b", "c", "d"))))
                .hasToString("[unexpected at /tags/1 [null -> java.lang.String]]");
        assertThat(protobuf().compare(order("tags", List.of("a", "b")), order("tags", List.of("b", "a"))))
                .hasToString("[reordered at /tags [java.util.ArrayList]]");
    }

    @Test
    void messagesInMessagesAreCompared() {
        Message primary = order("lines", List.of(order("parent", order("f_string", "a"))));
        Message candidate = order("lines", List.of(order("parent", order("f_string", "b"))));

        assertThat(protobuf().compare(primary, candidate))
                .hasToString("[changed at /lines/0/parent/f_string [java.lang.String]]");
    }

    @Test
    void unknownFieldsAreReported() {
        Message primary =
                withUnknown(UnknownFieldSet.Field.newBuilder().addVarint(-1).build());
        Message candidate = withUnknown(UnknownFieldSet.Field.newBuilder()
                .addFixed32(7)
                .addFixed64(8)
                .addLengthDelimited(ByteString.copyFromUtf8("a"))
                .addGroup(UnknownFieldSet.newBuilder()
                        .addField(
                                5,
                                UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                        .build())
                .build());

        assertThat(protobuf().compare(primary, order()))
                .singleElement()
                .satisfies(difference -> assertThat(difference.path()).isEqualTo("/#99"))
                .extracting(Difference::primary)
                .isEqualTo(Map.of("varint", List.of(new BigDecimal("18446744073709551615"))));
        assertThat(protobuf().compare(order(), candidate))
                .extracting(Difference::candidate)
                .containsExactly(Map.of(
                        "fixed32", List.of(BigDecimal.valueOf(7)),
                        "fixed64", List.of(BigDecimal.valueOf(8)),
                        "bytes", List.of("YQ=="),
                        "group", List.of(Map.of("#5", Map.of("varint", List.of(BigDecimal.ONE))))));
    }

    @Test
    void theSameNumberOfAnotherWireTypeIsAnotherValue() {
        Message varint =
                withUnknown(UnknownFieldSet.Field.newBuilder().addVarint(5).build());
        Message fixed =
                withUnknown(UnknownFieldSet.Field.newBuilder().addFixed32(5).build());

        assertThat(protobuf().compare(varint, fixed))
                .extracting(Difference::path)
                .containsExactlyInAnyOrder("/#99/varint", "/#99/fixed32");
    }

    @Test
    void wrappersAndPackedMessagesAreMessagesLikeOthers() {
        assertThat(protobuf().compare(StringValue.of("a"), StringValue.of("b")))
                .hasToString("[changed at /value [java.lang.String]]");
        assertThat(protobuf().compare(Any.pack(StringValue.of("a")), Any.pack(StringValue.of("b"))))
                .extracting(Difference::path)
                .containsExactly("/value");
    }

    @Test
    void whatMadeAMessageDoesNotMatterButItsTypeDoes() throws InvalidProtocolBufferException {
        FieldDescriptorProto generated =
                FieldDescriptorProto.newBuilder().setName("a").setNumber(1).build();
        DynamicMessage dynamic =
                DynamicMessage.parseFrom(FieldDescriptorProto.getDescriptor(), generated.toByteString());

        assertThat(protobuf().compare(generated, dynamic)).isEmpty();
        assertThat(protobuf()
                        .compare(
                                generated,
                                dynamic.toBuilder()
                                        .setField(
                                                FieldDescriptorProto.getDescriptor()
                                                        .findFieldByName("number"),
                                                2)
                                        .build()))
                .hasToString("[changed at /number [java.math.BigDecimal]]");
        assertThat(protobuf().compare(order(), DynamicMessage.getDefaultInstance(Schema.OLD_ORDER)))
                .hasToString("[type_changed at (whole answer) [java.lang.String]]");
    }

    @Test
    void rulesHoldAndCount() {
        RuleSet rules = RuleSet.of(
                Rule.at("/f_double").within("0.5"),
                Rule.at("/lines").byKey("/f_string"),
                Rule.at("/**/note").ignored());
        ProtobufComparator comparator = protobuf().rules(rules);
        Message one = order("f_string", "1");
        Message two = order("f_string", "2");

        assertThat(comparator.compare(order("f_double", 1.0), order("f_double", 1.5)))
                .isEmpty();
        assertThat(comparator.compare(order("lines", List.of(one, two)), order("lines", List.of(two, one))))
                .isEmpty();
        assertThat(comparator.compare(order("parent", order("note", "x")), order("parent", order())))
                .isEmpty();
        assertThat(comparator.rules().rules()).extracting(rules::hidden).containsExactly(1L, 1L, 1L);
        assertThat(protobuf().ignoring("/note").compare(order("note", "x"), order()))
                .isEmpty();
    }

    @Test
    @Tag("case-45")
    void overALimitItGivesUp() {
        DynamicMessage deep = order();
        for (int i = 0; i < 300; i++) {
            deep = order("parent", deep);
        }
        Message tooDeep = deep;

        assertThatThrownBy(() -> protobuf().compare(tooDeep, order()))
                .isInstanceOf(OverBudgetException.class)
                .hasMessage("a message is nested deeper than 250 levels");
        assertThat(protobuf().maxDifferences(1).compare(order("card", "a"), order("cash", 1)))
                .hasSize(1);
    }

    /** Differences, none, or uncompared: never anything else. */
    @Test
    void anythingThatCanBeParsedIsAnAnswerOrUncompared() {
        Random random = new Random(13);
        byte[] seed = DynamicMessage.newBuilder(Schema.ORDER)
                .setField(field("f_string"), "text")
                .setField(field("f_double"), 1.5)
                .addRepeatedField(field("lines"), order("note", "x"))
                .addRepeatedField(field("stock"), entry(1, order("f_bytes", ByteString.copyFromUtf8("a"))))
                .build()
                .toByteArray();

        int compared = 0;
        for (int i = 0; i < 20_000; i++) {
            Message primary = parsed(mutated(seed, random));
            Message candidate = parsed(mutated(seed, random));
            compared += primary != null && candidate != null ? 1 : 0;
            assertThat(failure(primary, candidate)).isNull();
        }
        assertThat(compared).isGreaterThan(1_000);
    }

    private static @Nullable Throwable failure(@Nullable Message primary, @Nullable Message candidate) {
        if (primary == null || candidate == null) {
            return null;
        }
        try {
            boolean isWrong = protobuf().compare(primary, candidate).isEmpty()
                    && !primary.equals(candidate)
                    && !new MessageTree().plain(primary).equals(new MessageTree().plain(candidate));
            return isWrong ? new IllegalStateException("unseen: " + primary + " and " + candidate) : null;
        } catch (OverBudgetException uncompared) {
            return null;
        } catch (Throwable anythingElse) {
            return anythingElse;
        }
    }

    private static @Nullable Message parsed(byte[] bytes) {
        try {
            return DynamicMessage.parseFrom(Schema.ORDER, bytes);
        } catch (InvalidProtocolBufferException invalid) {
            return null;
        }
    }

    private static byte[] mutated(byte[] seed, Random random) {
        byte[] bytes = seed.clone();
        for (int i = random.nextInt(3); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static Message withUnknown(UnknownFieldSet.Field field) {
        return DynamicMessage.newBuilder(Schema.ORDER)
                .setUnknownFields(
                        UnknownFieldSet.newBuilder().addField(99, field).build())
                .build();
    }

    @Test
    void aTimestampIsAMoment() {
        Timestamp primary = Timestamp.newBuilder().setSeconds(10).build();
        Timestamp candidate =
                Timestamp.newBuilder().setSeconds(11).setNanos(500_000_000).build();
        ProtobufComparator comparator = protobuf().rules(Rule.at("").withinTime(Duration.ofSeconds(2)));

        assertThat(comparator.compare(primary, candidate)).isEmpty();
        assertThat(comparator.compare(primary, dynamic(candidate))).isEmpty();
        assertThat(comparator.compare(
                        primary, Timestamp.newBuilder().setSeconds(13).build()))
                .extracting(Difference::path, Difference::primary, Difference::candidate)
                .containsExactly(tuple("", "1970-01-01T00:00:10Z", "1970-01-01T00:00:13Z"));
    }

    @Test
    void aTimestampThatIsNoMomentIsItsFields() {
        Timestamp moment = Timestamp.newBuilder().setSeconds(10).build();
        Timestamp tooLate = moment.toBuilder().setSeconds(Long.MAX_VALUE).build();
        Timestamp more = moment.toBuilder()
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                99,
                                UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                        .build())
                .build();

        assertThat(protobuf().compare(moment, tooLate))
                .extracting(Difference::kind)
                .containsExactly(Difference.Kind.TYPE_CHANGED);
        assertThat(protobuf().compare(tooLate, tooLate.toBuilder().setNanos(-1).build()))
                .extracting(Difference::path)
                .containsExactly("/nanos");
        assertThat(protobuf().compare(moment, more)).hasSize(1);
    }

    @Test
    void aPathAsItIsReportedNamesThatPlace() {
        Message primary = order("tags", List.of("a", "b"));
        Message candidate = order("tags", List.of("x", "y"));

        List<Difference> differences = protobuf()
                .ignoring(protobuf().compare(primary, candidate).get(1).path())
                .compare(primary, candidate);

        assertThat(differences).extracting(Difference::path).containsExactly("/tags/0");
    }

    private static Message dynamic(Message message) {
        return DynamicMessage.newBuilder(message).build();
    }
}
