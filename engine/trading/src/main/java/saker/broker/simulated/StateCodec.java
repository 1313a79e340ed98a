package saker.broker.simulated;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The broker's state as JSON: one line per image, nulls left out. */
final class StateCodec {
    private static final ObjectMapper MAPPER =
            JsonMapper.builder()
                    .visibility(PropertyAccessor.GETTER, JsonAutoDetect.Visibility.NONE)
                    .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
                    .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
                    .serializationInclusion(JsonInclude.Include.NON_NULL)
                    .addMixIn(Transaction.class, Kinds.class)
                    .build();

    private StateCodec() {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Transaction.Create.class, name = "create"),
        @JsonSubTypes.Type(value = Transaction.ClientConfigure.class, name = "configure"),
        @JsonSubTypes.Type(
                value = Transaction.ClientConfigureReject.class,
                name = "configureReject"),
        @JsonSubTypes.Type(value = Transaction.TransferFunds.class, name = "transfer"),
        @JsonSubTypes.Type(value = Transaction.OrderCreate.class, name = "order"),
        @JsonSubTypes.Type(value = Transaction.OrderReject.class, name = "orderReject"),
        @JsonSubTypes.Type(value = Transaction.OrderCancel.class, name = "cancel"),
        @JsonSubTypes.Type(value = Transaction.OrderCancelReject.class, name = "cancelReject"),
        @JsonSubTypes.Type(value = Transaction.OrderFill.class, name = "fill"),
        @JsonSubTypes.Type(value = Transaction.DailyFinancing.class, name = "financing"),
        @JsonSubTypes.Type(
                value = Transaction.OrderExtensionsModify.class,
                name = "orderExtensions"),
        @JsonSubTypes.Type(
                value = Transaction.OrderExtensionsModifyReject.class,
                name = "orderExtensionsReject"),
        @JsonSubTypes.Type(
                value = Transaction.TradeExtensionsModify.class,
                name = "tradeExtensions"),
        @JsonSubTypes.Type(
                value = Transaction.TradeExtensionsModifyReject.class,
                name = "tradeExtensionsReject")
    })
    private interface Kinds {}

    static byte[] encode(BrokerState.Image image) {
        try {
            return MAPPER.writeValueAsBytes(image);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @throws IllegalArgumentException if it is no state of a broker
     */
    static BrokerState.Image decode(byte[] bytes) {
        try {
            return MAPPER.readValue(bytes, BrokerState.Image.class);
        } catch (IOException e) {
            throw new IllegalArgumentException("not a broker's state: " + e.getMessage(), e);
        }
    }
}
