package saker.broker.oanda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What an answer says besides its subject: the transactions it made, each with its own bytes, and
 * the newest transaction of the account.
 *
 * @param transactions in the order of their ids
 * @param lastTransactionId 0 if not given
 */
record AnswerBody(JsonNode json, List<Transaction> transactions, long lastTransactionId) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonFactory FACTORY = MAPPER.getFactory();

    /**
     * @throws IOException if the body is no JSON object, or a transaction in it is none
     */
    static AnswerBody read(byte[] body) throws IOException {
        JsonNode json = tree(body);
        List<Transaction> transactions = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(body)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME) {
                    readMember(parser, body, transactions);
                }
            }
        }
        transactions.sort(Comparator.comparingLong(Transaction::id));
        return new AnswerBody(json, transactions, Transaction.idOf(json, "lastTransactionID"));
    }

    /**
     * @throws IOException if it is no JSON object
     */
    static JsonNode tree(byte[] body) throws IOException {
        JsonNode json = MAPPER.readTree(body);
        if (json == null || !json.isObject()) {
            throw new IOException("no JSON object: length=" + body.length);
        }
        return json;
    }

    /** Ids of all transactions the request made. */
    List<Long> relatedIds() {
        List<Long> ids = new ArrayList<>();
        json.path("relatedTransactionIDs").forEach(id -> ids.add(Transaction.toId(id.asText())));
        transactions.forEach(transaction -> ids.add(transaction.id()));
        return ids;
    }

    /** The broker's reason for refusing: reject reason, else error code, and its text. */
    String reason() {
        String code = json.path("errorCode").asText();
        for (Transaction transaction : transactions) {
            if (!transaction.text("rejectReason").isEmpty()) {
                code = transaction.text("rejectReason");
            }
        }
        String message = json.path("errorMessage").asText();
        return code.isEmpty() ? message : message.isEmpty() ? code : code + ": " + message;
    }

    /** Looks for transactions in the answer itself and among its "changes". */
    private static void readMember(JsonParser parser, byte[] body, List<Transaction> to)
            throws IOException {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("transactions") && value == JsonToken.START_ARRAY) {
            readList(parser, body, to);
        } else if (isTransaction(name) && value == JsonToken.START_OBJECT) {
            to.add(readOne(parser, body));
        } else if (!name.equals("changes")) {
            parser.skipChildren();
        }
    }

    private static boolean isTransaction(String name) {
        return name.endsWith("Transaction") || name.equals("transaction");
    }

    private static void readList(JsonParser parser, byte[] body, List<Transaction> to)
            throws IOException {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            to.add(readOne(parser, body));
        }
    }

    private static Transaction readOne(JsonParser parser, byte[] body) throws IOException {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        int to = (int) parser.currentLocation().getByteOffset();
        return Transaction.read(Arrays.copyOfRange(body, from, to));
    }
}
