package dev.scientist.comparators.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import java.util.Locale;

/** A schema of proto3 with one field of each kind, without a compiler. */
final class Schema {

    static final Descriptor ORDER = file().findMessageTypeByName("Order");
    static final Descriptor OLD_ORDER = file().findMessageTypeByName("OldOrder");

    private Schema() {}

    /** A field named after its type for each type of a value, and some more. */
    private static FileDescriptor file() {
        DescriptorProto.Builder order = DescriptorProto.newBuilder()
                .setName("Order")
                .addOneofDecl(OneofDescriptorProto.newBuilder().setName("payment"))
                .addOneofDecl(OneofDescriptorProto.newBuilder().setName("_note"));
        int number = 1;
        for (FieldDescriptorProto.Type type : FieldDescriptorProto.Type.values()) {
            if (type != FieldDescriptorProto.Type.TYPE_GROUP
                    && type != FieldDescriptorProto.Type.TYPE_MESSAGE
                    && type != FieldDescriptorProto.Type.TYPE_ENUM) {
                String name = type.name().substring("TYPE_".length()).toLowerCase(Locale.ROOT);
                order.addField(field("f_" + name, number++, type, FieldDescriptorProto.Label.LABEL_OPTIONAL));
            }
        }
        order.addField(field(
                                "status",
                                20,
                                FieldDescriptorProto.Type.TYPE_ENUM,
                                FieldDescriptorProto.Label.LABEL_OPTIONAL)
                        .setTypeName(".shop.Status"))
                .addField(field(
                                "parent",
                                21,
                                FieldDescriptorProto.Type.TYPE_MESSAGE,
                                FieldDescriptorProto.Label.LABEL_OPTIONAL)
                        .setTypeName(".shop.Order"))
                .addField(field(
                                "lines",
                                22,
                                FieldDescriptorProto.Type.TYPE_MESSAGE,
                                FieldDescriptorProto.Label.LABEL_REPEATED)
                        .setTypeName(".shop.Order"))
                .addField(field(
                        "tags", 23, FieldDescriptorProto.Type.TYPE_STRING, FieldDescriptorProto.Label.LABEL_REPEATED))
                .addField(field(
                                "stock",
                                24,
                                FieldDescriptorProto.Type.TYPE_MESSAGE,
                                FieldDescriptorProto.Label.LABEL_REPEATED)
                        .setTypeName(".shop.Order.StockEntry"))
                .addField(field(
                                "card",
                                25,
                                FieldDescriptorProto.Type.TYPE_STRING,
                                FieldDescriptorProto.Label.LABEL_OPTIONAL)
                        .setOneofIndex(0))
                .addField(field(
                                "cash",
                                26,
                                FieldDescriptorProto.Type.TYPE_INT32,
                                FieldDescriptorProto.Label.LABEL_OPTIONAL)
                        .setOneofIndex(0))
                .addField(field(
                                "note",
                                27,
                                FieldDescriptorProto.Type.TYPE_STRING,
                                FieldDescriptorProto.Label.LABEL_OPTIONAL)
                        .setOneofIndex(1)
                        .setProto3Optional(true))
                .addNestedType(DescriptorProto.newBuilder()
                        .setName("StockEntry")
                        .setOptions(MessageOptions.newBuilder().setMapEntry(true))
                        .addField(field(
                                "key",
                                1,
                                FieldDescriptorProto.Type.TYPE_INT32,
                                FieldDescriptorProto.Label.LABEL_OPTIONAL))
                        .addField(field(
                                        "value",
                                        2,
                                        FieldDescriptorProto.Type.TYPE_MESSAGE,
                                        FieldDescriptorProto.Label.LABEL_OPTIONAL)
                                .setTypeName(".shop.Order")));
        FileDescriptorProto file = FileDescriptorProto.newBuilder()
                .setName("shop.proto")
                .setPackage("shop")
                .setSyntax("proto3")
                .addEnumType(EnumDescriptorProto.newBuilder()
                        .setName("Status")
                        .addValue(EnumValueDescriptorProto.newBuilder()
                                .setName("OPEN")
                                .setNumber(0))
                        .addValue(EnumValueDescriptorProto.newBuilder()
                                .setName("PAID")
                                .setNumber(1)))
                .addMessageType(order)
                .addMessageType(DescriptorProto.newBuilder()
                        .setName("OldOrder")
                        .addField(field(
                                "card",
                                25,
                                FieldDescriptorProto.Type.TYPE_STRING,
                                FieldDescriptorProto.Label.LABEL_OPTIONAL)))
                .build();
        try {
            return FileDescriptor.buildFrom(file, new FileDescriptor[0]);
        } catch (DescriptorValidationException invalid) {
            throw new AssertionError(invalid);
        }
    }

    private static FieldDescriptorProto.Builder field(
            String name, int number, FieldDescriptorProto.Type type, FieldDescriptorProto.Label label) {
        return FieldDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .setType(type)
                .setLabel(label);
    }

    static FieldDescriptor field(String name) {
        return ORDER.findFieldByName(name);
    }

    /** An order with one field. */
    static DynamicMessage order(String field, Object value) {
        return DynamicMessage.newBuilder(ORDER).setField(field(field), value).build();
    }

    static DynamicMessage order() {
        return DynamicMessage.getDefaultInstance(ORDER);
    }

    /** An entry of the map {@code stock}. */
    static DynamicMessage entry(int key, DynamicMessage value) {
        Descriptor type = field("stock").getMessageType();
        return DynamicMessage.newBuilder(type)
                .setField(type.findFieldByNumber(1), key)
                .setField(type.findFieldByNumber(2), value)
                .build();
    }
}
