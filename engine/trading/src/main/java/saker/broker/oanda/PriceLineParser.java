package saker.broker.oanda;

import java.nio.charset.StandardCharsets;

/**
 * Reads one line of the price stream into a {@link PriceLine}. Members may come in any order,
 * unknown ones are skipped, everything else must be strict JSON: a line that was cut or damaged is
 * refused rather than guessed at. Exact decimals; allocates nothing. One thread.
 */
public final class PriceLineParser {
    static final byte[] TRUE = ascii("true");
    static final byte[] FALSE = ascii("false");
    static final byte[] NULL = ascii("null");

    private static final byte[] TYPE = ascii("type");
    private static final byte[] INSTRUMENT = ascii("instrument");
    private static final byte[] TIME = ascii("time");
    private static final byte[] TRADEABLE = ascii("tradeable");
    private static final byte[] STATUS = ascii("status");
    private static final byte[] BIDS = ascii("bids");
    private static final byte[] ASKS = ascii("asks");
    private static final byte[] PRICE_MEMBER = ascii("price");
    private static final byte[] PRICE = ascii("PRICE");
    private static final byte[] HEARTBEAT = ascii("HEARTBEAT");

    private static final int SEEN_TYPE = 1;
    private static final int SEEN_INSTRUMENT = 1 << 1;
    private static final int SEEN_TIME = 1 << 2;
    private static final int SEEN_TRADEABLE = 1 << 3;
    private static final int SEEN_STATUS = 1 << 4;
    private static final int SEEN_BIDS = 1 << 5;
    private static final int SEEN_ASKS = 1 << 6;
    private static final int SEEN_PRICE_LINE =
            SEEN_TYPE | SEEN_INSTRUMENT | SEEN_TIME | SEEN_BIDS | SEEN_ASKS;

    private static final int DECIMALS = 8;

    /** What became of a line. */
    public enum Outcome {
        /** The {@link PriceLine} is filled. */
        READ,
        /** No strict JSON, a member missing or twice, or a stamp that is none. */
        MALFORMED,
        /** A price that is no plain decimal of at most 8 places. */
        NOT_A_NUMBER,
        /** Well-formed, of a type we do not know. */
        OTHER
    }

    private final InstrumentTable instruments;
    private final JsonCursor json = new JsonCursor();

    // The line being read.
    private int seen;
    private boolean known;
    private boolean tradeableMember;
    private boolean tradeableStatus;
    private boolean badNumber;
    private boolean sideFilled;
    private long sideE8;

    public PriceLineParser(InstrumentTable instruments) {
        this.instruments = instruments;
    }

    /** Reads {@code [from, to)}, a line without its newline. */
    public Outcome parse(byte[] bytes, int from, int to, PriceLine line) {
        line.clear();
        json.start(bytes, from, to);
        seen = 0;
        known = true;
        tradeableMember = false;
        tradeableStatus = false;
        badNumber = false;
        if (!object(line) || json.peek() != -1 || (seen & SEEN_TYPE) == 0) {
            return Outcome.MALFORMED;
        }
        if (!known) {
            return Outcome.OTHER;
        }
        if (line.type == PriceLine.Type.HEARTBEAT) {
            return (seen & SEEN_TIME) != 0 ? Outcome.READ : Outcome.MALFORMED;
        }
        if ((seen & SEEN_PRICE_LINE) != SEEN_PRICE_LINE) {
            return Outcome.MALFORMED;
        }
        // Lines of 2016 have no "tradeable", only the "status" that was deprecated since.
        line.tradeable = (seen & SEEN_TRADEABLE) != 0 ? tradeableMember : tradeableStatus;
        return badNumber ? Outcome.NOT_A_NUMBER : Outcome.READ;
    }

    private boolean object(PriceLine line) {
        if (!json.take('{')) {
            return false;
        }
        do {
            if (!json.string() || !member(line)) {
                return false;
            }
        } while (json.take(','));
        return json.take('}');
    }

    private boolean member(PriceLine line) {
        int name = nameOf();
        if ((seen & name) != 0 || !json.take(':')) {
            return false;
        }
        seen |= name;
        return switch (name) {
            case SEEN_TYPE -> json.string() && type(line);
            case SEEN_INSTRUMENT -> json.string() && instrument(line);
            case SEEN_TIME -> json.string() && time(line);
            case SEEN_TRADEABLE -> tradeable();
            case SEEN_STATUS -> json.string() && status();
            case SEEN_BIDS -> bids(line);
            case SEEN_ASKS -> asks(line);
            default -> json.skipValue();
        };
    }

    private int nameOf() {
        int length = json.stringTo - json.stringFrom;
        if (length == 4) {
            return json.stringIs(BIDS)
                    ? SEEN_BIDS
                    : json.stringIs(ASKS)
                            ? SEEN_ASKS
                            : json.stringIs(TIME) ? SEEN_TIME : json.stringIs(TYPE) ? SEEN_TYPE : 0;
        }
        if (json.stringIs(INSTRUMENT)) {
            return SEEN_INSTRUMENT;
        }
        if (json.stringIs(TRADEABLE)) {
            return SEEN_TRADEABLE;
        }
        return json.stringIs(STATUS) ? SEEN_STATUS : 0;
    }

    private boolean type(PriceLine line) {
        if (json.stringIs(PRICE)) {
            line.type = PriceLine.Type.PRICE;
        } else if (json.stringIs(HEARTBEAT)) {
            line.type = PriceLine.Type.HEARTBEAT;
        } else {
            known = false;
        }
        return true;
    }

    private boolean instrument(PriceLine line) {
        line.instrumentId = instruments.idOf(json.bytes, json.stringFrom, json.stringTo);
        return true;
    }

    private boolean time(PriceLine line) {
        line.timeNs = Stamps.parse(json.bytes, json.stringFrom, json.stringTo);
        return line.timeNs != Stamps.BAD;
    }

    private boolean tradeable() {
        tradeableMember = json.literal(TRUE);
        return tradeableMember || json.literal(FALSE);
    }

    private boolean status() {
        tradeableStatus = json.stringIs(TRADEABLE);
        return true;
    }

    private boolean bids(PriceLine line) {
        boolean ok = side();
        line.hasBid = sideFilled;
        line.bidE8 = sideE8;
        return ok;
    }

    private boolean asks(PriceLine line) {
        boolean ok = side();
        line.hasAsk = sideFilled;
        line.askE8 = sideE8;
        return ok;
    }

    /** An array of buckets, best first: the first one's price counts. */
    private boolean side() {
        sideFilled = false;
        sideE8 = 0;
        if (!json.take('[')) {
            return false;
        }
        if (json.take(']')) {
            return true;
        }
        if (!bucket()) {
            return false;
        }
        sideFilled = true;
        while (json.take(',')) {
            if (!json.skipValue()) {
                return false;
            }
        }
        return json.take(']');
    }

    private boolean bucket() {
        boolean priced = false;
        if (!json.take('{')) {
            return false;
        }
        do {
            if (!json.string()) {
                return false;
            }
            boolean price = json.stringIs(PRICE_MEMBER);
            if (!json.take(':') || (price && priced)) {
                return false;
            }
            if (price ? !(json.string() && price()) : !json.skipValue()) {
                return false;
            }
            priced |= price;
        } while (json.take(','));
        return priced && json.take('}');
    }

    /** {@code -?digits[.digits]} exactly; what is no such number spoils the line, not the walk. */
    private boolean price() {
        byte[] bytes = json.bytes;
        int at = json.stringFrom;
        int to = json.stringTo;
        boolean negative = at < to && bytes[at] == '-';
        if (negative) {
            at++;
        }
        int whole = at;
        long value = 0;
        boolean bad = false;
        while (at < to && bytes[at] != '.') {
            int digit = bytes[at++] - '0';
            bad |= digit < 0 || digit > 9 || value > 9_000_000_000L;
            value = bad ? 0 : value * 10 + digit;
        }
        bad |= at == whole;
        int places = 0;
        if (at < to) {
            at++;
            bad |= at == to;
            while (at < to) {
                int digit = bytes[at++] - '0';
                bad |= digit < 0 || digit > 9 || (places == DECIMALS && digit != 0);
                if (!bad && places < DECIMALS) {
                    value = value * 10 + digit;
                    places++;
                }
            }
        }
        for (; places < DECIMALS; places++) {
            value *= 10;
        }
        badNumber |= bad || value < 0;
        sideE8 = negative ? -value : value;
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
