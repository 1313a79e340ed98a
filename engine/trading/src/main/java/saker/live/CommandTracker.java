package saker.live;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import saker.api.CommandOutcome;
import saker.api.CommandOutcome.State;
import saker.model.BrokerEvent;
import saker.model.BrokerEvent.TradeEffect;
import saker.model.Command;
import saker.model.EngineState;
import saker.model.OrderIntent;
import saker.model.RiskDecision;
import saker.model.RiskRule;

/**
 * What became of each command, folded from the records it caused. A command is final when the
 * records say so: a refusal, a fill, a state change. Who waits for it is told once the view that
 * shows it is published: a trade that was just opened can be closed. Written by the live feed's
 * thread, read by any.
 */
final class CommandTracker {
    private static final int KEPT = 10_000;

    private final Map<String, CommandOutcome> outcomes =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, CommandOutcome> eldest) {
                    return size() > KEPT;
                }
            };
    private final Map<Long, String> byIndex = new LinkedHashMap<>();
    private final Map<Long, Long> originOfIntent = new LinkedHashMap<>();
    private final Map<String, CompletableFuture<CommandOutcome>> waiters =
            new ConcurrentHashMap<>();
    private final Set<String> unpublished = ConcurrentHashMap.newKeySet();
    private final Consumer<CommandOutcome> listener;

    CommandTracker(Consumer<CommandOutcome> listener) {
        this.listener = listener;
    }

    void onCommand(long index, Command command) {
        byIndex.put(index, command.commandId());
        trim(byIndex);
        put(
                new CommandOutcome(
                        command.commandId(),
                        command.type(),
                        State.ACCEPTED,
                        RiskRule.NONE,
                        command.ticket(),
                        0,
                        0,
                        "accepted by the engine"));
    }

    /**
     * @param last nothing else follows from the command
     */
    void onDecision(RiskDecision decision, boolean last) {
        CommandOutcome outcome = ofOrigin(decision.origin());
        if (outcome == null || outcome.state().isFinal()) {
            return;
        }
        if (!decision.approved()) {
            put(with(outcome, State.REJECTED, decision.rule(), decision.detail()));
        } else {
            onApproved(outcome, last);
        }
    }

    private void onApproved(CommandOutcome outcome, boolean last) {
        switch (outcome.type()) {
            case HALT, RESUME, ENABLE_INSTANCE, DISABLE_INSTANCE -> {
                if (last) {
                    put(with(outcome, State.DONE, RiskRule.NONE, "it was so already"));
                }
            }
            // Of a halted account no state follows that would tell.
            case FLATTEN -> put(with(outcome, State.SENT, RiskRule.NONE, "halted, closing"));
            case TRADE, CLOSE, MODIFY, CANCEL -> {
                // Those end with the broker's answer.
            }
        }
    }

    void onIntent(long index, OrderIntent intent) {
        if (byIndex.containsKey(intent.origin())) {
            originOfIntent.put(index, intent.origin());
            trim(originOfIntent);
        }
    }

    void onState(long cause, EngineState state) {
        CommandOutcome outcome = ofOrigin(cause);
        if (outcome == null || outcome.state().isFinal()) {
            return;
        }
        switch (outcome.type()) {
            case HALT, RESUME, ENABLE_INSTANCE, DISABLE_INSTANCE ->
                    put(with(outcome, State.DONE, RiskRule.NONE, state.state().toString()));
            case FLATTEN -> put(with(outcome, State.SENT, RiskRule.NONE, "halted, closing"));
            case TRADE, CLOSE, MODIFY, CANCEL -> {
                // Those end with the broker's answer.
            }
        }
    }

    void onBrokerEvent(BrokerEvent event) {
        Long origin = originOfIntent.get(event.intent());
        CommandOutcome outcome = origin == null ? null : ofOrigin(origin);
        if (outcome == null || outcome.state().isFinal()) {
            return;
        }
        if (outcome.type() == Command.Type.FLATTEN) {
            return; // Many orders; it is done when nothing is open, see onFlat.
        }
        switch (event.type()) {
            case REQUEST_SENT -> put(with(outcome, State.SENT, RiskRule.NONE, "sent"));
            case ORDER_FILLED -> put(filled(outcome, event));
            case ORDER_CANCELLED -> {
                if (outcome.type() == Command.Type.CANCEL) {
                    put(with(outcome, State.DONE, RiskRule.NONE, event.reason()));
                } else if (outcome.type() != Command.Type.MODIFY) {
                    put(with(outcome, State.REJECTED, RiskRule.BROKER_CANCELLED, event.reason()));
                }
            }
            case REQUEST_ANSWERED -> {
                if (outcome.type() == Command.Type.MODIFY) {
                    put(with(outcome, State.DONE, RiskRule.NONE, "changed"));
                } else if (!event.reason().isEmpty()) {
                    // Evidence of an earlier life: its transactions were folded before the request.
                    put(with(outcome, State.DONE, RiskRule.NONE, event.reason()));
                }
            }
            case ORDER_REJECTED, REQUEST_REFUSED ->
                    put(with(outcome, State.REJECTED, RiskRule.BROKER_REJECTED, event.reason()));
            case NOT_SENT -> put(with(outcome, State.REJECTED, RiskRule.NOT_SENT, event.reason()));
            case REQUEST_UNKNOWN ->
                    put(with(outcome, State.UNKNOWN, RiskRule.OUTCOME_UNKNOWN, event.reason()));
            default -> {
                // No outcome of a request.
            }
        }
    }

    /** No trade and no waiting order is left: every FLATTEN under way is done. */
    void onFlat() {
        for (String id : byIndex.values()) {
            CommandOutcome outcome = outcomes.get(id);
            if (outcome != null
                    && outcome.type() == Command.Type.FLATTEN
                    && outcome.state() == State.SENT) {
                put(with(outcome, State.DONE, RiskRule.NONE, "flat"));
            }
        }
    }

    /** What it knows, for {@link #restore}. */
    CommandsState snapshot() {
        synchronized (outcomes) {
            return new CommandsState(
                    List.copyOf(outcomes.values()),
                    new LinkedHashMap<>(byIndex),
                    new LinkedHashMap<>(originOfIntent));
        }
    }

    /** Goes on from a snapshot; nobody is told. */
    void restore(CommandsState state) {
        synchronized (outcomes) {
            state.outcomes().forEach(outcome -> outcomes.put(outcome.commandId(), outcome));
        }
        byIndex.putAll(state.byIndex());
        originOfIntent.putAll(state.originOfIntent());
    }

    Optional<CommandOutcome> outcome(String commandId) {
        synchronized (outcomes) {
            return Optional.ofNullable(outcomes.get(commandId));
        }
    }

    CompletionStage<CommandOutcome> await(String commandId, long waitMs) {
        CompletableFuture<CommandOutcome> waiter =
                waiters.computeIfAbsent(commandId, id -> new CompletableFuture<>());
        Optional<CommandOutcome> now = outcome(commandId);
        if (now.isPresent() && now.get().state().isFinal() && !unpublished.contains(commandId)) {
            waiter.complete(now.get());
            waiters.remove(commandId, waiter);
        }
        return waiter.copy()
                .orTimeout(Math.max(1, waitMs), TimeUnit.MILLISECONDS)
                .exceptionally(
                        timeout -> {
                            waiters.remove(commandId, waiter);
                            return outcome(commandId).orElse(null);
                        });
    }

    private CommandOutcome ofOrigin(long origin) {
        String id = byIndex.get(origin);
        return id == null ? null : outcomes.get(id);
    }

    private static CommandOutcome filled(CommandOutcome outcome, BrokerEvent event) {
        long ticket = outcome.ticket();
        long profitE8 = 0;
        for (TradeEffect effect : event.effects()) {
            if (effect.effect() == TradeEffect.Effect.OPENED) {
                ticket = effect.tradeId();
            }
            profitE8 += effect.realizedPlE8();
        }
        return new CommandOutcome(
                outcome.commandId(),
                outcome.type(),
                State.DONE,
                RiskRule.NONE,
                ticket,
                event.priceE8(),
                profitE8,
                "filled");
    }

    private static CommandOutcome with(
            CommandOutcome o, State state, RiskRule rule, String message) {
        return new CommandOutcome(
                o.commandId(),
                o.type(),
                state,
                rule,
                o.ticket(),
                o.priceE8(),
                o.realizedPlE8(),
                message);
    }

    private void put(CommandOutcome outcome) {
        if (outcome.state().isFinal()) {
            unpublished.add(
                    outcome.commandId()); // First, lest a reader sees it final and released.
        }
        synchronized (outcomes) {
            outcomes.put(outcome.commandId(), outcome);
        }
        listener.accept(outcome);
    }

    boolean hasEnded() {
        return !unpublished.isEmpty();
    }

    /** The view shows what the ended commands did: those who wait are told. */
    void release() {
        for (String id : unpublished) {
            unpublished.remove(id);
            CompletableFuture<CommandOutcome> waiter = waiters.remove(id);
            if (waiter != null) {
                waiter.complete(outcomes.get(id));
            }
        }
    }

    private static <V> void trim(Map<Long, V> map) {
        if (map.size() > KEPT) {
            map.remove(map.keySet().iterator().next());
        }
    }
}
