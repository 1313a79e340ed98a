package saker.broker.oanda;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import saker.broker.BrokerSession;
import saker.broker.oanda.OandaCounters.Count;
import saker.broker.oanda.RequestBook.OpenRequest;
import saker.broker.oanda.RequestLimiter.Priority;
import saker.broker.oanda.RestClient.Answer;
import saker.journal.RecordSink;
import saker.model.BarPeriod;
import saker.model.Bars;
import saker.model.BrokerEvent;
import saker.model.BrokerEvent.Type;
import saker.model.FeedStatus;
import saker.model.FeedStatus.Feed;
import saker.model.FeedStatus.State;
import saker.model.Instrument;
import saker.model.OrderIntent;
import saker.time.EpochNanoClock;

/**
 * One OANDA account: its transaction stream, its orders, its history. Call it on its event loop.
 *
 * <p>After each connect: stream first, then the transactions that were missed, then the evidence of
 * requests without an answer, then an ACCOUNT_SNAPSHOT, and only then {@link #isReady}.
 *
 * <p>Instruments must be known before {@link #start} ({@link #useInstruments} or {@link
 * #instruments}), else their events carry −1.
 *
 * <p>429 means that the broker refused before looking at the order: an entry ends as NOT_SENT. What
 * takes risk away is sent again, then and when it was not written because the connection was lost;
 * it has one REQUEST_SENT, however often it is tried.
 */
public final class OandaSession implements BrokerSession {
    private static final int LINE_LENGTH_MAX = 1 << 20;
    private static final int HOLE_SCANS = 5;
    private static final long KEEP_WARM_MS = 15_000;

    // Set once.
    private final Vertx vertx;
    private final OandaOptions options;
    private final EpochNanoClock clock;
    private final OandaCounters counters;
    private final BackgroundErrors errors;
    private final JournalWriter journal;
    private final InstrumentDirectory instruments = new InstrumentDirectory();
    private final TransactionMapper mapper;
    private final AccountReader accounts;
    private final RequestBook book = new RequestBook();
    private final HeldRequests held;
    private final TransactionSequencer sequencer;
    private final RestClient rest;
    private final Backfill backfill;
    private final EvidenceSearch evidence;
    private final MarketDataReader marketData;
    private final Decimals decimals;
    private final HttpClientAgent streamClient;
    private final StreamConnection stream;
    private final LineBuffer lines;
    private final Backoff reconcileBackoff;

    private boolean running;
    private boolean ready;
    private int round; // Reconciliations begun; an older one's results are ignored.
    private boolean gapTimerSet;
    private long brokersNewest; // Newest transaction id any answer or heartbeat named.
    private long missing; // Where scans find a hole, how often, and since when.
    private int missingScans;
    private long missingSinceMs;
    private boolean priorEvidenceRead;
    private long warmTimer;
    private double marketRate = 1;
    private long marketTimeNs;

    /**
     * @param pacer shared by all connections to the same broker
     */
    public OandaSession(
            Vertx vertx,
            OandaOptions options,
            EpochNanoClock clock,
            RecordSink journal,
            ConnectionPacer pacer,
            OandaCounters counters) {
        this.vertx = vertx;
        this.options = options;
        this.clock = clock;
        this.counters = counters;
        this.errors = new BackgroundErrors(counters, options.accountIndex());
        this.held = new HeldRequests(vertx, errors, this::isReady, this::sendAgain);
        this.journal = new JournalWriter(journal, counters);
        this.mapper = new TransactionMapper(options.accountIndex(), instruments, counters);
        this.accounts = new AccountReader(options.accountIndex(), instruments, counters);
        this.sequencer = new TransactionSequencer(this::onTransaction, counters);
        this.rest = new RestClient(vertx, options, pacer, counters, errors);
        this.backfill = new Backfill(rest, options, sequencer);
        this.evidence =
                new EvidenceSearch(
                        vertx, options.timing(), book, this::scan, this::onNotExecuted, errors);
        this.decimals = new Decimals(counters);
        this.marketData = new MarketDataReader(rest, options, counters);
        this.streamClient = OandaHttp.streamClient(vertx, options);
        this.lines =
                new LineBuffer(
                        LINE_LENGTH_MAX,
                        this::onLine,
                        () -> counters.increment(Count.LINE_TOO_LONG));
        this.reconcileBackoff = backoff();
        String path = options.accountPath("/transactions/stream");
        this.stream =
                new StreamConnection(
                        vertx,
                        streamClient,
                        () -> OandaHttp.streamRequest(options, path),
                        options,
                        pacer,
                        backoff(),
                        counters,
                        errors,
                        new Transactions());
    }

    @Override
    public void useInstruments(List<Instrument> known) {
        instruments.set(known);
    }

    public OandaCounters counters() {
        return counters;
    }

    @Override
    public void start(long lastTransactionId, List<RecordedIntent> unresolved) {
        if (running) {
            throw new IllegalStateException("session started twice");
        }
        running = true;
        if (lastTransactionId > 0) {
            sequencer.startAfter(lastTransactionId);
        } else if (!unresolved.isEmpty()) {
            sequencer.startAfter(oldestOf(unresolved));
        }
        for (RecordedIntent recorded : unresolved) {
            OpenRequest request = book.add(recorded);
            request.sentAtMs = ConnectionPacer.nowMs();
            request.unknown = true;
        }
        stream.start();
        warmTimer = vertx.setPeriodic(KEEP_WARM_MS, errors.guarded("keep warm", id -> keepWarm()));
    }

    @Override
    public int submit(RecordedIntent recorded) {
        if (!ready) {
            return DISCONNECTED;
        }
        OrderIntent intent = recorded.intent();
        if (!rest.hasRoom(Priority.ORDER) || book.isBusy(intent)) {
            return BACK_PRESSURED;
        }
        OrderRequest request;
        try {
            request = OrderRequest.of(intent, instruments, options);
        } catch (IllegalArgumentException e) {
            onDropped(recorded, e.getMessage(), 0);
            return ACCEPTED;
        }
        send(book.add(recorded), request);
        return ACCEPTED;
    }

    private void sendAgain(OpenRequest open) {
        send(open, OrderRequest.of(open.intent(), instruments, options));
    }

    private void send(OpenRequest open, OrderRequest request) {
        rest.send(
                        Priority.ORDER,
                        request.method(),
                        request.path(),
                        request.body(),
                        () -> beforeWrite(open))
                .onSuccess(errors.guarded("order answer", answer -> onAnswer(open, answer)))
                .onFailure(errors.guarded("order lost", error -> onNoAnswer(open, error)));
    }

    @Override
    public boolean isReady() {
        return ready;
    }

    /** The account's figures by the broker's own prices; event loop only. */
    public CompletionStage<AccountFigures> figures() {
        return readChanges(sequencer.lastEmitted()).toCompletionStage();
    }

    @Override
    public CompletionStage<AccountTerms> account() {
        return marketData.account().toCompletionStage();
    }

    @Override
    public CompletionStage<List<Instrument>> instruments(List<String> symbols) {
        return marketData.instruments(symbols).onSuccess(instruments::set).toCompletionStage();
    }

    @Override
    public CompletionStage<List<Bars.Bar>> candles(
            Instrument instrument, BarPeriod period, int count, long beforeNs) {
        return marketData.candles(instrument, period, count, beforeNs).toCompletionStage();
    }

    @Override
    public CompletionStage<Void> stop() {
        running = false;
        ready = false;
        round++;
        vertx.cancelTimer(warmTimer);
        evidence.stop();
        stream.stop();
        held.drain().forEach(open -> drop(open, "session stopped", 0));
        return Future.join(streamClient.close(), rest.close()).<Void>mapEmpty().toCompletionStage();
    }

    // Orders.

    /** The last moment at which an order can still be dropped without a trace. */
    private boolean beforeWrite(OpenRequest open) {
        OrderIntent intent = open.intent();
        String reason = null;
        if (!ready && running && HeldRequests.isFor(intent)) {
            return false; // To be held.
        }
        if (!ready) {
            reason = "session lost before it was written";
        } else if (clock.nanoTime() > intent.deadlineNs()) {
            reason = "deadline passed before it was written";
        } else if (!open.announced && !append(ours(Type.REQUEST_SENT, open.recorded).build())) {
            reason = "journal closed";
        }
        if (reason != null) {
            drop(open, reason, 0);
            return false;
        }
        open.announced = true;
        open.sentAtMs = ConnectionPacer.nowMs();
        counters.increment(Count.ORDERS_SENT);
        return true;
    }

    private void onAnswer(OpenRequest open, Answer answer) {
        int status = answer.status();
        if (status == 429 && open.evidence == 0) {
            if (running && HeldRequests.isFor(open.intent())) {
                open.sentAtMs = 0;
                held.backOff(open);
            } else {
                drop(open, "refused by the broker's rate limit", status);
            }
            return;
        }
        boolean success = status >= 200 && status < 300;
        boolean refused = status >= 400 && status < 500 && status != 408;
        if (!success && !refused) {
            onUnknown(open, status, "status=" + status);
            return;
        }
        AnswerBody body = null;
        try {
            body = AnswerBody.read(answer.body());
        } catch (IOException e) {
            if (success) {
                onUnknown(open, status, "unreadable answer: " + e.getMessage());
                return;
            }
        }
        if (body != null) {
            book.relate(open, body.relatedIds());
            body.transactions().forEach(sequencer::offer);
            onNewest(body.lastTransactionId());
        }
        book.remove(open);
        if (success) {
            append(ours(Type.REQUEST_ANSWERED, open.recorded).httpStatus(status).build());
        } else {
            counters.increment(Count.ORDERS_REFUSED);
            append(
                    ours(Type.REQUEST_REFUSED, open.recorded)
                            .httpStatus(status)
                            .reason(body == null ? "status=" + status : body.reason())
                            .build());
        }
    }

    private void onNoAnswer(OpenRequest open, Throwable error) {
        if (!(error instanceof RestClient.NotWritten)) {
            onUnknown(open, 0, String.valueOf(error.getMessage()));
        } else if (open.sentAtMs == 0 && book.has(open)) { // Else dropped with its own reason.
            if (!running || !HeldRequests.isFor(open.intent())) {
                drop(open, error.getMessage(), 0);
            } else if (ready) {
                held.backOff(open);
            } else {
                held.untilReady(open);
            }
        }
    }

    private void drop(OpenRequest open, String reason, int status) {
        book.remove(open);
        onDropped(open.recorded, reason, status);
    }

    private void onUnknown(OpenRequest open, int status, String why) {
        if (open.evidence != 0) {
            book.remove(open);
            append(
                    ours(Type.REQUEST_ANSWERED, open.recorded)
                            .reason("answer lost (%s), proven by %d".formatted(why, open.evidence))
                            .build());
            return;
        }
        counters.increment(Count.ORDERS_UNKNOWN);
        append(ours(Type.REQUEST_UNKNOWN, open.recorded).httpStatus(status).reason(why).build());
        open.unknown = true;
        if (running) {
            evidence.run();
        }
    }

    private void onNotExecuted(OpenRequest open) {
        onDropped(open.recorded, "two complete scans without a trace", 0);
    }

    private void onDropped(RecordedIntent recorded, String reason, int status) {
        counters.increment(Count.ORDERS_NOT_SENT);
        append(ours(Type.NOT_SENT, recorded).httpStatus(status).reason(reason).build());
    }

    private BrokerEvent.Builder ours(Type type, RecordedIntent recorded) {
        OrderIntent intent = recorded.intent();
        return BrokerEvent.of(type, options.accountIndex())
                .intent(recorded.index())
                .orderId(intent.orderId())
                .tradeId(intent.tradeId())
                .instrumentId(intent.instrumentId())
                .client(intent.clientId(), Long.toString(intent.instanceId()));
    }

    private boolean append(BrokerEvent event) {
        long atNs = event.brokerTimeNs();
        return journal.append(event, atNs > 0 ? atNs : marketNow());
    }

    private long marketNow() {
        return marketTimeNs > 0 ? marketTimeNs : clock.nanoTime();
    }

    // Transactions.

    private void onLine(byte[] bytes, int from, int to) {
        byte[] raw = Arrays.copyOfRange(bytes, from, to);
        try {
            JsonNode json = AnswerBody.tree(raw);
            if (json.path("type").asText().equals("HEARTBEAT")) {
                counters.increment(Count.HEARTBEATS);
                marketTimeNs = Math.max(marketTimeNs, Stamps.parse(json.path("time").asText()));
                onNewest(Transaction.idOf(json, "lastTransactionID"));
                return;
            }
            Transaction transaction = Transaction.of(json, raw);
            sequencer.offer(transaction);
            onNewest(transaction.id());
        } catch (IOException e) {
            counters.increment(Count.LINE_MALFORMED);
            watchForGap(); // It may have been a transaction: the next id will tell.
        }
    }

    /** The sequencer's: each transaction once, in order. */
    private void onTransaction(Transaction transaction) {
        counters.increment(Count.TRANSACTIONS);
        long intent = book.claim(transaction);
        BrokerEvent event = mapper.map(transaction, intent);
        marketTimeNs = Math.max(marketTimeNs, event.brokerTimeNs());
        append(event);
    }

    private void onNewest(long transactionId) {
        brokersNewest = Math.max(brokersNewest, transactionId);
        watchForGap();
    }

    private boolean isBehind() {
        return sequencer.isStarted()
                && (sequencer.hasGap() || sequencer.completeTo() < brokersNewest);
    }

    /** Gives the stream a moment to bring what is missing, then fetches it. */
    private void watchForGap() {
        if (!running || !ready || gapTimerSet || !isBehind()) {
            return;
        }
        gapTimerSet = true;
        vertx.setTimer(options.timing().gapDelayMs(), errors.guarded("gap", id -> closeGap()));
    }

    private void closeGap() {
        if (!running || !ready || !isBehind()) {
            gapTimerSet = false;
            return;
        }
        counters.increment(Count.TRANSACTION_GAPS);
        scan().onFailure(error -> errors.on("gap backfill", error))
                .onComplete(
                        errors.guarded(
                                "gap",
                                done -> {
                                    gapTimerSet = false;
                                    watchForGap();
                                }));
    }

    /** Fetches what is missing; succeeds if all of it was also emitted. */
    private Future<Void> scan() {
        return backfill.run()
                .compose(
                        newest -> {
                            missing = 0;
                            brokersNewest = Math.max(brokersNewest, newest);
                            return sequencer.lastEmitted() >= newest
                                    ? Future.<Void>succeededFuture()
                                    : Future.failedFuture("transactions held back");
                        })
                .onFailure(errors.guarded("hole", this::countHole));
    }

    /**
     * Ids are consecutive, so a list with a hole is incomplete. Should the broker keep to it, we go
     * on without these ids and make our state equal the broker's by a snapshot.
     */
    private void countHole(Throwable error) {
        if (!(error instanceof Backfill.IncompleteScan hole)) {
            return;
        }
        long nowMs = ConnectionPacer.nowMs();
        if (hole.missing != missing) {
            missing = hole.missing;
            missingScans = 0;
            missingSinceMs = nowMs;
        }
        missingScans++;
        boolean longEnough = nowMs - missingSinceMs >= options.timing().streamSilenceMs();
        if (missingScans >= HOLE_SCANS && longEnough) {
            missing = 0;
            sequencer.skipTo(sequencer.firstAfterGap(hole.last + 1));
            stream.restart("transactions missing from id " + hole.missing);
        }
    }

    /** Keeps a connection open for the next order, and learns the newest transaction besides. */
    private void keepWarm() {
        if (!ready) {
            return;
        }
        readChanges(sequencer.lastEmitted()).onFailure(error -> errors.on("keep warm", error));
    }

    /** One more way for transactions to arrive. */
    private Future<AccountFigures> readChanges(long sinceTransactionId) {
        return rest.get(options.accountPath("/changes?sinceTransactionID=" + sinceTransactionId))
                .compose(
                        answer -> {
                            if (answer.status() != 200) {
                                return Future.failedFuture(new RefusedException("changes", answer));
                            }
                            try {
                                AnswerBody body = AnswerBody.read(answer.body());
                                body.transactions().forEach(sequencer::offer);
                                onNewest(body.lastTransactionId());
                                return Future.succeededFuture(
                                        AccountFigures.of(body.json(), decimals));
                            } catch (IOException e) {
                                return Future.failedFuture(e);
                            }
                        });
    }

    // Reconciliation.

    private void reconcile(int mine) {
        if (mine != round || !running) {
            return;
        }
        Future<Void> filled = sequencer.isStarted() ? scan() : Future.succeededFuture();
        filled.compose(nothing -> readPriorEvidence())
                .compose(nothing -> evidence.run())
                .compose(nothing -> mine == round ? snapshot() : Future.succeededFuture())
                .onSuccess(errors.guarded("reconciled", nothing -> onReconciled(mine)))
                .onFailure(errors.guarded("reconcile", error -> onNotReconciled(mine, error)));
    }

    private void onReconciled(int mine) {
        if (mine == round && running) {
            reconcileBackoff.reset();
            ready = true;
            held.sendDue();
            watchForGap();
        }
    }

    private void onNotReconciled(int mine, Throwable error) {
        errors.on("reconcile", error);
        if (mine != round || !running) {
            return;
        }
        boolean refused = error instanceof RefusedException answer && answer.isUnauthorised();
        long waitMs =
                refused
                        ? options.timing().refusedRetryMs()
                        : Math.max(options.timing().gapDelayMs(), reconcileBackoff.nextMs());
        state(State.LIVE, "not reconciled: " + error.getMessage());
        vertx.setTimer(waitMs, errors.guarded("reconcile", id -> reconcile(mine)));
    }

    /**
     * Evidence of an intent may lie before the newest transaction in the journal, when the engine
     * died between the two. Those transactions are recorded already and are not repeated; the
     * intent gets a REQUEST_ANSWERED that names them.
     */
    private Future<Void> readPriorEvidence() {
        if (priorEvidenceRead || !book.hasUnknown()) {
            return Future.succeededFuture();
        }
        long oldest = oldestOf(book.unknown().stream().map(open -> open.recorded).toList());
        long newest = sequencer.lastEmitted();
        return PriorEvidence.read(rest, options, oldest, newest)
                .map(
                        transactions -> {
                            for (Transaction transaction : transactions) {
                                onPrior(transaction);
                            }
                            priorEvidenceRead = true;
                            return null;
                        });
    }

    private void onPrior(Transaction transaction) {
        List<OpenRequest> before = book.unknown();
        long intent = book.claim(transaction);
        for (OpenRequest open : before) {
            if (open.recorded.index() == intent) {
                append(
                        ours(Type.REQUEST_ANSWERED, open.recorded)
                                .reason("proven by " + transaction.id())
                                .build());
            }
        }
    }

    /** The account as of a transaction, put exactly behind that transaction. */
    private Future<Void> snapshot() {
        sequencer.hold();
        return rest.get(options.accountPath(""))
                .compose(this::readSnapshot)
                .compose(
                        snapshot ->
                                sequencer.completeTo() >= snapshot.transactionId()
                                        ? Future.succeededFuture(snapshot)
                                        : backfill.run().map(newest -> snapshot))
                .<Void>map(
                        snapshot -> {
                            emit(snapshot);
                            return null;
                        })
                .onComplete(errors.guarded("release", done -> sequencer.release()));
    }

    private Future<BrokerEvent> readSnapshot(Answer answer) {
        if (answer.status() != 200) {
            return Future.failedFuture(new RefusedException("account", answer));
        }
        try {
            BrokerEvent snapshot = accounts.snapshot(AnswerBody.tree(answer.body()));
            if (snapshot.transactionId() < sequencer.lastEmitted()) {
                return Future.failedFuture(
                        "account older than its transactions: snapshot=%d, newest=%d"
                                .formatted(snapshot.transactionId(), sequencer.lastEmitted()));
            }
            if (!sequencer.isStarted()) {
                sequencer.startAfter(snapshot.transactionId());
            }
            return Future.succeededFuture(snapshot);
        } catch (IOException e) {
            return Future.failedFuture(e);
        }
    }

    private void emit(BrokerEvent snapshot) {
        sequencer.emitUpTo(snapshot.transactionId());
        book.setExits(AccountReader.exits(snapshot));
        brokersNewest = Math.max(brokersNewest, snapshot.transactionId());
        append(snapshot);
    }

    private void state(State state, String detail) {
        journal.append(
                new FeedStatus(
                        options.accountIndex(), Feed.TRANSACTIONS, state, marketRate, detail),
                marketNow());
    }

    private static long oldestOf(List<RecordedIntent> intents) {
        return intents.stream()
                .mapToLong(recorded -> recorded.intent().lastTransactionId())
                .min()
                .orElse(0);
    }

    private Backoff backoff() {
        return new Backoff(
                options.timing().backoffFirstMs(),
                options.timing().backoffMaxMs(),
                RandomGenerator.getDefault());
    }

    private final class Transactions implements StreamConnection.Listener {
        @Override
        public void onOpen(HttpClientResponse response) {
            marketRate = MarketHeaders.of(response.headers()).rate();
            reconcile(++round);
        }

        @Override
        public void onChunk(Buffer chunk) {
            byte[] bytes = chunk.getBytes();
            lines.append(bytes, 0, bytes.length);
        }

        @Override
        public void onDown() {
            ready = false;
            round++;
            if (lines.reset()) {
                counters.increment(Count.LINE_CUT);
            }
        }

        @Override
        public void onState(State state, String detail) {
            OandaSession.this.state(state, detail);
        }
    }
}
