package saker.store;

/**
 * What the projection writes, in the order in which one transaction writes it. Every statement can
 * be run again with the same effect: rows are found by their natural keys.
 */
enum Statement {
    ACCOUNT(
            """
            insert into accounts (name, broker_name, account_number, account_type, environment,
                frontend, currency)
            values (?, ?, ?, ?, ?, ?, ?)
            on conflict (name) do update set broker_name = excluded.broker_name,
                account_number = excluded.account_number, account_type = excluded.account_type,
                environment = excluded.environment, frontend = excluded.frontend,
                currency = excluded.currency, is_active = true, updated_at = now()
            """),
    STRATEGY(
            """
            insert into strategies (account_id, name, strategy_type, instance_id, symbol, timeframe,
                is_active)
            values ((select id from accounts where name = ?), ?, ?, ?, ?, ?, ?)
            on conflict (account_id, instance_id) do update set name = excluded.name,
                strategy_type = excluded.strategy_type, symbol = excluded.symbol,
                timeframe = excluded.timeframe, is_active = excluded.is_active, updated_at = now()
            """),
    /** What the configuration says of an instance; the run times stay. */
    STRATEGY_PARAMETERS(
            """
            insert into strategy_states (instance_id, parameter_space, is_loaded, updated_at)
            values (?, ?::jsonb, true, ?)
            on conflict (instance_id) do update set parameter_space = excluded.parameter_space,
                is_loaded = true, updated_at = excluded.updated_at
            """),
    /** What the run says of an instance; the parameters stay. */
    STRATEGY_STATE(
            """
            insert into strategy_states (instance_id, last_run_time, last_order_update_time, state,
                detail, updated_at)
            values (?, ?, ?, ?, ?, ?)
            on conflict (instance_id) do update set
                last_run_time = coalesce(excluded.last_run_time, strategy_states.last_run_time),
                last_order_update_time = coalesce(excluded.last_order_update_time,
                    strategy_states.last_order_update_time),
                state = excluded.state, detail = excluded.detail, updated_at = excluded.updated_at
            """),
    TRADE(
            """
            insert into trades (account_id, strategy_id, instance_id, strategy_name, ticket, symbol,
                order_type, volume, units, open_units, open_price, close_price, stop_loss,
                take_profit, open_time, open_time_ns, close_time, close_time_ns, realized_pl,
                financing, is_closed, client_id, source, close_reason, open_transaction,
                close_transaction)
            values ((select id from accounts where name = ?),
                (select s.id from strategies s join accounts a on a.id = s.account_id
                    where a.name = ? and s.instance_id = ?),
                ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (account_id, ticket) do update set strategy_id = excluded.strategy_id,
                strategy_name = excluded.strategy_name, open_units = excluded.open_units,
                close_price = excluded.close_price, stop_loss = excluded.stop_loss,
                take_profit = excluded.take_profit, close_time = excluded.close_time,
                close_time_ns = excluded.close_time_ns, realized_pl = excluded.realized_pl,
                financing = excluded.financing, is_closed = excluded.is_closed,
                close_reason = excluded.close_reason,
                close_transaction = excluded.close_transaction, updated_at = now()
            """),
    /** Open here, but not in the broker's snapshot: closed by something nobody told us of. */
    TRADES_GONE(
            """
            update trades set is_closed = true, close_reason = 'NOT_IN_SNAPSHOT', open_units = 0,
                close_time = ?, close_time_ns = ?, updated_at = now()
            where account_id = (select id from accounts where name = ?) and not is_closed
                and open_time_ns <= ? and not (ticket = any (?))
            """),
    ORDER(
            """
            insert into orders (account_id, strategy_id, instance_id, client_id, action, order_type,
                symbol, units, requested_units, filled_units, price, stop_loss, take_profit, ticket,
                broker_order_id, state, reason, journal_id, journal_index, origin_index, origin_row,
                decided_at, market_time, updated_at)
            values ((select id from accounts where name = ?),
                (select s.id from strategies s join accounts a on a.id = s.account_id
                    where a.name = ? and s.instance_id = ?),
                ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (account_id, client_id) do update set
                filled_units = excluded.filled_units, broker_order_id = excluded.broker_order_id,
                state = excluded.state, reason = excluded.reason, updated_at = excluded.updated_at
            """),
    ORDER_EVENT(
            """
            insert into order_events (account_id, event_type, transaction_id, broker_order_id,
                client_id, ticket, symbol, units, price, realized_pl, financing, commission,
                balance, reason, http_status, effects, event_time, event_time_ns, journal_time,
                journal_id, journal_index)
            values ((select id from accounts where name = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                ?, ?::jsonb, ?, ?, ?, ?, ?)
            on conflict do nothing
            """),
    SIGNAL(
            """
            insert into signals (account_id, strategy_id, instance_id, strategy_name, symbol,
                signal_type, signal_bits, volume, price, stop_distance, target_distance, ticket,
                timestamp, time_ns, journal_id, journal_index, signal_row)
            values ((select id from accounts where name = ?),
                (select s.id from strategies s join accounts a on a.id = s.account_id
                    where a.name = ? and s.instance_id = ?),
                ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict do nothing
            """),
    SIGNAL_DECIDED(
            """
            update signals set approved = ?, rule = ?, rule_code = ?, reason = ?
            where journal_id = ? and journal_index = ? and signal_row = ?
            """),
    SIGNAL_EXECUTED(
            """
            update signals set executed = true
            where journal_id = ? and journal_index = ? and signal_row = ?
            """),
    PERFORMANCE(
            """
            insert into performance_metrics (account_id, strategy_id, instance_id, timestamp,
                time_ns, equity, balance, profit, drawdown, win_rate, open_trades)
            values ((select id from accounts where name = ?),
                (select s.id from strategies s join accounts a on a.id = s.account_id
                    where a.name = ? and s.instance_id = ?),
                ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (account_id, instance_id, time_ns) do update set
                equity = excluded.equity, balance = excluded.balance, profit = excluded.profit,
                drawdown = excluded.drawdown, win_rate = excluded.win_rate,
                open_trades = excluded.open_trades
            """),
    MONITORING(
            """
            insert into monitoring_events (account_id, event_type, severity, message, metadata,
                timestamp, journal_id, journal_index, correlation)
            values ((select id from accounts where name = ?), ?, ?, ?, ?::jsonb, ?, ?, ?, ?)
            on conflict do nothing
            """),
    AUDIT("select audit_append(?, ?, 'journal', ?, ?, 'accepted', ?, ?)");

    private final String sql;

    Statement(String sql) {
        this.sql = sql;
    }

    String sql() {
        return sql;
    }
}
