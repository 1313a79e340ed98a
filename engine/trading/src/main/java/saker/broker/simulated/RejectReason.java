package saker.broker.simulated;

/**
 * Why a request was refused. The names are those of OANDA's JSON, its misspelling included; the
 * message is what OANDA's {@code errorMessage} says.
 */
public enum RejectReason {
    ACCOUNT_NOT_ACTIVE("The Account is not active"),
    INSTRUMENT_MISSING("The instrument specified is missing"),
    INSTRUMENT_UNKNOWN("The instrument specified is unknown"),
    INSTRUMENT_PRICE_UNKNOWN("The price of the instrument is unknown"),
    UNITS_MISSING("Order units have not been specified"),
    UNITS_INVALID("Order units specified are invalid"),
    UNITS_PRECISION_EXCEEDED(
            "The units specified contain more precision than is allowed for the instrument"),
    UNITS_LIMIT_EXCEEDED("The units specified exceeds the maximum number of units allowed"),
    UNITS_MIMIMUM_NOT_MET("The units specified is less than the minimum number of units required"),
    PRICE_MISSING("The price has not been specified"),
    PRICE_INVALID("The price specified is invalid"),
    PRICE_PRECISION_EXCEEDED(
            "The price specified contains more precision than is allowed for the instrument"),
    PRICE_DISTANCE_MISSING("The price distance has not been specified"),
    PRICE_DISTANCE_INVALID("The price distance specified is invalid"),
    PRICE_DISTANCE_PRECISION_EXCEEDED(
            "The price distance specified contains more precision than is allowed"),
    PRICE_DISTANCE_MAXIMUM_EXCEEDED("The price distance exceeds the maximum allowed"),
    PRICE_DISTANCE_MINIMUM_NOT_MET("The price distance is below the minimum allowed"),
    PRICE_BOUND_INVALID("The price bound specified is invalid"),
    PRICE_BOUND_PRECISION_EXCEEDED("The price bound contains more precision than is allowed"),
    TIME_IN_FORCE_INVALID("The timeInForce specified is invalid"),
    TIME_IN_FORCE_GTD_TIMESTAMP_MISSING("The GTD timestamp has not been specified"),
    TIME_IN_FORCE_GTD_TIMESTAMP_IN_PAST("The GTD timestamp is in the past"),
    INSUFFICIENT_MARGIN("The Account has insufficient margin"),
    ORDER_ID_UNSPECIFIED("The Order ID has not been specified"),
    ORDER_DOESNT_EXIST("The Order specified does not exist"),
    TRADE_ID_UNSPECIFIED("The Trade ID has not been specified"),
    TRADE_DOESNT_EXIST("The Trade specified does not exist"),
    TRADE_IDENTIFIER_INCONSISTENCY("The Trade ID and client Trade ID do not match"),
    CLOSE_TRADE_UNITS_EXCEED_TRADE_SIZE("The units exceed the size of the Trade"),
    CLOSE_TRADE_PARTIAL_UNITS_MISSING("The units to close have not been specified"),
    CLOSEOUT_POSITION_DOESNT_EXIST("The Position requested to be closed out does not exist"),
    CLOSEOUT_POSITION_UNITS_EXCEED_POSITION_SIZE("The units exceed the size of the Position"),
    CLOSEOUT_POSITION_INCOMPLETE_SPECIFICATION("Neither long nor short units were specified"),
    CLOSEOUT_POSITION_REJECT("The Position closeout was rejected"),
    CLIENT_ORDER_ID_INVALID("The client Order ID specified is invalid"),
    CLIENT_ORDER_TAG_INVALID("The client Order tag specified is invalid"),
    CLIENT_ORDER_COMMENT_INVALID("The client Order comment specified is invalid"),
    CLIENT_ORDER_ID_ALREADY_EXISTS(
            "The client Order ID specified is already assigned to another pending Order"),
    CLIENT_TRADE_ID_INVALID("The client Trade ID specified is invalid"),
    CLIENT_TRADE_TAG_INVALID("The client Trade tag specified is invalid"),
    CLIENT_TRADE_COMMENT_INVALID("The client Trade comment specified is invalid"),
    CLIENT_TRADE_ID_ALREADY_EXISTS(
            "The client Trade ID specified is already assigned to another open Trade"),
    ORDERS_ON_FILL_DUPLICATE_CLIENT_ORDER_IDS("The orders on fill repeat a client Order ID"),
    TAKE_PROFIT_ORDER_ALREADY_EXISTS("The Trade already has a Take Profit Order"),
    STOP_LOSS_ORDER_ALREADY_EXISTS("The Trade already has a Stop Loss Order"),
    TRAILING_STOP_LOSS_ORDER_ALREADY_EXISTS("The Trade already has a Trailing Stop Loss Order"),
    STOP_LOSS_ORDER_PRICE_AND_DISTANCE_BOTH_SPECIFIED("Both price and distance were specified"),
    STOP_LOSS_ORDER_PRICE_AND_DISTANCE_BOTH_MISSING("Neither price nor distance was specified"),
    TAKE_PROFIT_ON_FILL_PRICE_MISSING("The Take Profit on fill has no price"),
    TAKE_PROFIT_ON_FILL_PRICE_INVALID("The Take Profit on fill price is invalid"),
    TAKE_PROFIT_ON_FILL_PRICE_PRECISION_EXCEEDED(
            "The Take Profit on fill price contains more precision than is allowed"),
    TAKE_PROFIT_ON_FILL_TIME_IN_FORCE_INVALID("The Take Profit on fill timeInForce is invalid"),
    TAKE_PROFIT_ON_FILL_GTD_TIMESTAMP_MISSING("The Take Profit on fill has no GTD timestamp"),
    TAKE_PROFIT_ON_FILL_GTD_TIMESTAMP_IN_PAST(
            "The Take Profit on fill GTD timestamp is in the past"),
    TAKE_PROFIT_ON_FILL_CLIENT_ORDER_ID_INVALID("The Take Profit on fill client id is invalid"),
    STOP_LOSS_ON_FILL_PRICE_INVALID("The Stop Loss on fill price is invalid"),
    STOP_LOSS_ON_FILL_PRICE_PRECISION_EXCEEDED(
            "The Stop Loss on fill price contains more precision than is allowed"),
    STOP_LOSS_ON_FILL_DISTANCE_INVALID("The Stop Loss on fill distance is invalid"),
    STOP_LOSS_ON_FILL_DISTANCE_PRECISION_EXCEEDED(
            "The Stop Loss on fill distance contains more precision than is allowed"),
    STOP_LOSS_ON_FILL_PRICE_AND_DISTANCE_BOTH_SPECIFIED(
            "The Stop Loss on fill has both price and distance"),
    STOP_LOSS_ON_FILL_PRICE_AND_DISTANCE_BOTH_MISSING(
            "The Stop Loss on fill has neither price nor distance"),
    STOP_LOSS_ON_FILL_PRICE_DISTANCE_MAXIMUM_EXCEEDED(
            "The Stop Loss on fill distance exceeds the maximum allowed"),
    STOP_LOSS_ON_FILL_TIME_IN_FORCE_INVALID("The Stop Loss on fill timeInForce is invalid"),
    STOP_LOSS_ON_FILL_GTD_TIMESTAMP_MISSING("The Stop Loss on fill has no GTD timestamp"),
    STOP_LOSS_ON_FILL_GTD_TIMESTAMP_IN_PAST("The Stop Loss on fill GTD timestamp is in the past"),
    STOP_LOSS_ON_FILL_CLIENT_ORDER_ID_INVALID("The Stop Loss on fill client id is invalid"),
    TRAILING_STOP_LOSS_ON_FILL_PRICE_DISTANCE_MISSING(
            "The Trailing Stop Loss on fill has no distance"),
    TRAILING_STOP_LOSS_ON_FILL_PRICE_DISTANCE_INVALID(
            "The Trailing Stop Loss on fill distance is invalid"),
    TRAILING_STOP_LOSS_ON_FILL_PRICE_DISTANCE_PRECISION_EXCEEDED(
            "The Trailing Stop Loss on fill distance contains more precision than is allowed"),
    TRAILING_STOP_LOSS_ON_FILL_PRICE_DISTANCE_MAXIMUM_EXCEEDED(
            "The Trailing Stop Loss on fill distance exceeds the maximum allowed"),
    TRAILING_STOP_LOSS_ON_FILL_PRICE_DISTANCE_MINIMUM_NOT_MET(
            "The Trailing Stop Loss on fill distance is below the minimum allowed"),
    TRAILING_STOP_LOSS_ON_FILL_TIME_IN_FORCE_INVALID(
            "The Trailing Stop Loss on fill timeInForce is invalid"),
    TRAILING_STOP_LOSS_ON_FILL_GTD_TIMESTAMP_MISSING(
            "The Trailing Stop Loss on fill has no GTD timestamp"),
    TRAILING_STOP_LOSS_ON_FILL_GTD_TIMESTAMP_IN_PAST(
            "The Trailing Stop Loss on fill GTD timestamp is in the past"),
    TRAILING_STOP_LOSS_ON_FILL_CLIENT_ORDER_ID_INVALID(
            "The Trailing Stop Loss on fill client id is invalid"),
    REPLACING_ORDER_INVALID("The replacing Order is of another type than the replaced one"),
    REPLACING_TRADE_ID_INVALID("The replacing Order belongs to another Trade"),
    CLIENT_EXTENSIONS_DATA_MISSING("No client extensions were specified"),
    CLIENT_CONFIGURE_DATA_MISSING("Neither alias nor marginRate was specified"),
    ALIAS_INVALID("The alias specified is invalid"),
    MARGIN_RATE_INVALID("The margin rate specified is invalid"),
    MARGIN_RATE_WOULD_TRIGGER_CLOSEOUT("The margin rate would trigger a margin closeout");

    private final String message;

    RejectReason(String message) {
        this.message = message;
    }

    /** English, as in {@code errorMessage}. */
    public String message() {
        return message;
    }
}
