package saker.venue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import saker.broker.simulated.AccountSettings;
import saker.broker.simulated.BrokerStateStore;
import saker.broker.simulated.InstrumentTerms;
import saker.broker.simulated.SimulatedBroker;
import saker.history.CandleHistory;
import saker.history.GeneratedPrices;
import saker.history.MarketPrice;
import saker.history.MarketSource;
import saker.history.PriceModel;
import saker.history.ReplayedTicks;

/**
 * What a venue plays and trades on, opened from its options: prices, candles and the account, all
 * where a former run left them. Reads files, so not on the event loop.
 *
 * @param resumeNs market time to go on from
 */
record VenueMarket(
        MarketSource source,
        PrimedCandles candles,
        VenueAccount account,
        MarketPosition position,
        long resumeNs) {

    static VenueMarket open(VenueOptions options) throws IOException {
        MarketSource source = source(options);
        List<InstrumentTerms> terms = terms(options, source);
        CandleHistory history = new CandleHistory(options.seed(), models(terms));
        for (Map.Entry<String, Path> past : options.candles().entrySet()) {
            history.loadFile(past.getKey(), past.getValue());
        }
        PrimedCandles candles = new PrimedCandles(history, source(options));
        MarketPosition position = new MarketPosition(options.stateDir(), identity(options, source));
        VenueAccount account = account(options, terms, source.startNs());
        skipPlayed(source, position.rows(), candles, account);
        long resumeNs = Math.max(source.startNs(), position.marketNs());
        return new VenueMarket(source, candles, account, position, resumeNs);
    }

    private static MarketSource source(VenueOptions options) throws IOException {
        if (options.isReplay()) {
            return new ReplayedTicks(options.history());
        }
        List<PriceModel> models =
                PriceModel.usual().stream()
                        .filter(model -> isWanted(options, model.instrument()))
                        .toList();
        return new GeneratedPrices(options.seed(), models, options.startNs());
    }

    private static List<InstrumentTerms> terms(VenueOptions options, MarketSource source) {
        List<String> wanted =
                options.instruments().isEmpty() ? source.instruments() : options.instruments();
        List<InstrumentTerms> terms =
                InstrumentTerms.usual().stream().filter(t -> wanted.contains(t.name())).toList();
        List<String> unknown = new ArrayList<>(wanted);
        unknown.removeAll(terms.stream().map(InstrumentTerms::name).toList());
        if (!unknown.isEmpty()) {
            List<String> known =
                    InstrumentTerms.usual().stream().map(InstrumentTerms::name).toList();
            throw new IllegalArgumentException(
                    "no terms for instruments: unknown=" + unknown + ", allowed=" + known);
        }
        return terms;
    }

    private static List<PriceModel> models(List<InstrumentTerms> terms) {
        List<String> names = terms.stream().map(InstrumentTerms::name).toList();
        return PriceModel.usual().stream().filter(m -> names.contains(m.instrument())).toList();
    }

    private static VenueAccount account(
            VenueOptions options, List<InstrumentTerms> terms, long openTimeNs) throws IOException {
        BrokerStateStore store =
                options.stateDir() == null
                        ? null
                        : new BrokerStateStore(options.stateDir().resolve("account"));
        SimulatedBroker saved = store == null ? null : store.load(terms);
        if (saved != null) {
            return new VenueAccount(saved, store);
        }
        var settings =
                new AccountSettings(
                        options.accountId(),
                        options.currency(),
                        options.balanceE8(),
                        options.hedging(),
                        options.marginRateE14());
        VenueAccount account =
                new VenueAccount(new SimulatedBroker(settings, terms, openTimeNs), store);
        account.save();
        return account;
    }

    /** Goes past the rows of a former run: they only make candles and the last quotes. */
    private static void skipPlayed(
            MarketSource source, long rows, PrimedCandles candles, VenueAccount account) {
        Map<String, MarketPrice> last = new HashMap<>();
        for (long row = 0; row < rows; row++) {
            MarketPrice price = source.next();
            if (price == null) {
                break;
            }
            if (account.broker().instrument(price.instrument()) != null) {
                candles.onPrice(price);
                last.put(price.instrument(), price);
            }
        }
        last.values().forEach(account::onPrice);
    }

    /** Differs where the rows differ. */
    private static long identity(VenueOptions options, MarketSource source) {
        long hash =
                Objects.hash(
                        options.history().stream().map(Path::toString).toList(),
                        options.isReplay() ? 0 : options.seed(),
                        source.startNs(),
                        source.instruments());
        return hash | 1L << 40; // Never 0, which an empty file holds.
    }

    private static boolean isWanted(VenueOptions options, String instrument) {
        return options.instruments().isEmpty() || options.instruments().contains(instrument);
    }
}
