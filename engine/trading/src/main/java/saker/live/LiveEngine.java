package saker.live;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.agrona.ExpandableArrayBuffer;
import saker.api.CommandOutcome;
import saker.api.CommandRequest;
import saker.api.Engine;
import saker.api.EngineListener;
import saker.api.EngineView;
import saker.api.PositionView;
import saker.config.SakerConfig;
import saker.journal.CommandDescriptor;
import saker.journal.Journal;
import saker.journal.RecordSink;
import saker.market.Instruments;
import saker.model.BarPeriod;
import saker.model.Bars;
import saker.model.Command;
import saker.model.Instrument;
import saker.model.RecordKind;

/** The engine as the gateway sees it: views of the journal, and commands appended to it. */
final class LiveEngine implements Engine {
    /** A manual order that could not be decided within this is refused: the price has moved on. */
    private static final long TRADE_TTL_NS = 5_000_000_000L;

    private final Journal journal;
    private final LiveViews views;
    private final Instruments instruments;
    private final SakerConfig config;
    private volatile String databaseState = "STARTING";
    private volatile boolean historyDelayed;

    LiveEngine(Journal journal, LiveViews views, Instruments instruments, SakerConfig config) {
        this.journal = journal;
        this.views = views;
        this.instruments = instruments;
        this.config = config;
    }

    @Override
    public EngineView view() {
        return views.view();
    }

    @Override
    public List<Bars.Bar> bars(String symbol, BarPeriod period, int count) {
        return views.bars(symbol, period, count);
    }

    @Override
    public void subscribe(EngineListener listener) {
        views.subscribe(listener);
    }

    @Override
    public CompletionStage<Long> submit(CommandRequest request) {
        Command command = commandOf(request);
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(512);
        int length = CommandDescriptor.encode(command, buffer, 0);
        long index =
                journal.append(
                        RecordKind.COMMAND,
                        CommandDescriptor.VERSION,
                        journal.marketTimeNs(),
                        0,
                        0,
                        true,
                        buffer,
                        0,
                        length);
        return index == RecordSink.CLOSED
                ? CompletableFuture.failedFuture(
                        new IllegalStateException("the journal is closed; the engine is halted"))
                : CompletableFuture.completedFuture(index);
    }

    private Command commandOf(CommandRequest request) {
        Instrument instrument =
                request.symbol() == null ? null : instruments.bySymbol(request.symbol());
        boolean isTrade = request.type() == Command.Type.TRADE;
        return new Command(
                request.type(),
                request.commandId(),
                request.user(),
                request.reason(),
                accountOf(request),
                instrument == null ? -1 : instrument.id(),
                request.instanceId(),
                request.unitsE4(),
                request.ticket(),
                request.stopLossE8(),
                request.takeProfitE8(),
                isTrade ? journal.journalTimeNs() + TRADE_TTL_NS : Long.MAX_VALUE);
    }

    /** The account that holds the ticket, or trades the symbol; the first where nothing says. */
    private int accountOf(CommandRequest request) {
        for (PositionView position : views.view().positions()) {
            if (request.ticket() != 0 && position.ticket() == request.ticket()) {
                return position.accountId();
            }
        }
        for (int i = 0; i < config.accounts().size(); i++) {
            if (request.symbol() != null
                    && config.accounts().get(i).symbols().contains(request.symbol())) {
                return i;
            }
        }
        return 0;
    }

    @Override
    public Optional<CommandOutcome> command(String commandId) {
        return views.command(commandId);
    }

    @Override
    public CompletionStage<CommandOutcome> await(String commandId, long waitMs) {
        return views.await(commandId, waitMs);
    }

    void databaseState(String state, boolean delayed) {
        databaseState = state;
        historyDelayed = delayed;
    }

    String databaseState() {
        return databaseState;
    }

    boolean historyDelayed() {
        return historyDelayed;
    }
}
