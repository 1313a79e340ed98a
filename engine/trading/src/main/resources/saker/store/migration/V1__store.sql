-- The store: what the journal says, as tables. Money and prices NUMERIC(19,8), units NUMERIC(19,4),
-- times TIMESTAMPTZ to the microsecond; where order matters the broker's nanoseconds stand beside.

create table accounts (
    id             bigint generated always as identity primary key,
    name           text        not null unique,
    broker_name    text        not null,
    account_number text        not null,
    account_type   text        not null check (account_type in ('demo', 'real')),
    environment    text        not null,
    frontend       text        not null,
    path           text,
    currency       text        not null,
    is_active      boolean     not null default true,
    created_at     timestamptz not null default now(),
    updated_at     timestamptz not null default now()
);

create table strategies (
    id               bigint generated always as identity primary key,
    account_id       bigint      not null references accounts,
    name             text        not null,
    strategy_type    text        not null,
    instance_id      bigint      not null,
    symbol           text        not null,
    timeframe        text        not null,
    config_file_path text,
    is_active        boolean     not null default true,
    created_at       timestamptz not null default now(),
    updated_at       timestamptz not null default now(),
    unique (account_id, instance_id)
);

create table strategy_states (
    id                     bigint generated always as identity primary key,
    instance_id            bigint      not null unique,
    last_run_time          timestamptz,
    last_order_update_time timestamptz,
    parameter_space        jsonb       not null default '{}',
    is_loaded              boolean     not null default true,
    state                  text        not null default 'RUNNING',
    detail                 text        not null default '',
    updated_at             timestamptz not null default now()
);

create table trades (
    id                 bigint generated always as identity primary key,
    account_id         bigint         not null references accounts,
    strategy_id        bigint references strategies,
    instance_id        bigint         not null,
    strategy_name      text           not null,
    ticket             bigint         not null,
    symbol             text           not null,
    order_type         text           not null check (order_type in ('BUY', 'SELL')),
    direction          text           not null generated always as (order_type) stored,
    volume             numeric(19, 8) not null,
    units              numeric(19, 4) not null,
    open_units         numeric(19, 4) not null,
    open_price         numeric(19, 8) not null,
    close_price        numeric(19, 8),
    stop_loss          numeric(19, 8),
    take_profit        numeric(19, 8),
    open_time          timestamptz    not null,
    open_time_ns       bigint         not null,
    close_time         timestamptz,
    close_time_ns      bigint,
    realized_pl        numeric(19, 8) not null default 0,
    financing          numeric(19, 8) not null default 0,
    is_closed          boolean        not null default false,
    is_open            boolean        not null generated always as (not is_closed) stored,
    profit             numeric(19, 8) generated always as (case when is_closed then realized_pl end) stored,
    ml_confidence      double precision,
    sentiment_score    double precision,
    client_id          text           not null,
    source             text           not null check (source in ('fill', 'snapshot')),
    close_reason       text,
    open_transaction   bigint,
    close_transaction  bigint,
    created_at         timestamptz    not null default now(),
    updated_at         timestamptz    not null default now(),
    unique (account_id, ticket)
);

comment on column trades.volume is 'lots at opening';
comment on column trades.realized_pl is 'the broker''s realizedPL of the parts closed so far';
comment on column trades.profit is 'realized_pl once the trade is closed; without financing';

create index idx_trades_account_strategy on trades (account_id, strategy_id);
create index idx_trades_open_time on trades (open_time_ns);
create index idx_trades_instance on trades (instance_id, open_time_ns);

create table signals (
    id              bigint generated always as identity primary key,
    account_id      bigint references accounts,
    strategy_id     bigint references strategies,
    instance_id     bigint         not null,
    strategy_name   text           not null,
    symbol          text           not null,
    signal_type     text           not null,
    signal_bits     integer        not null,
    confidence      double precision,
    volume          numeric(19, 8) not null,
    price           numeric(19, 8) not null,
    stop_distance   numeric(19, 8) not null,
    target_distance numeric(19, 8) not null,
    ticket          bigint,
    timestamp       timestamptz    not null,
    time_ns         bigint         not null,
    approved        boolean,
    executed        boolean        not null default false,
    rule            text,
    rule_code       integer,
    reason          varchar(500),
    journal_id      bigint         not null,
    journal_index   bigint         not null,
    signal_row      integer        not null,
    unique (journal_id, journal_index, signal_row)
);

create index idx_signals_instance_time on signals (instance_id, time_ns);

create table orders (
    id              bigint generated always as identity primary key,
    account_id      bigint         not null references accounts,
    strategy_id     bigint references strategies,
    instance_id     bigint         not null,
    client_id       text           not null,
    action          text           not null,
    order_type      text           not null,
    symbol          text           not null,
    units           numeric(19, 4) not null,
    requested_units numeric(19, 4) not null,
    filled_units    numeric(19, 4) not null,
    price           numeric(19, 8),
    stop_loss       numeric(19, 8),
    take_profit     numeric(19, 8),
    ticket          bigint,
    broker_order_id bigint,
    state           text           not null,
    reason          text           not null,
    journal_id      bigint         not null,
    journal_index   bigint         not null,
    origin_index    bigint         not null,
    origin_row      integer        not null,
    decided_at      timestamptz    not null,
    market_time     timestamptz    not null,
    updated_at      timestamptz    not null,
    unique (account_id, client_id)
);

create index idx_orders_decided on orders (account_id, decided_at);
create index idx_orders_broker_order on orders (account_id, broker_order_id);

create table order_events (
    id              bigint generated always as identity primary key,
    account_id      bigint         not null references accounts,
    event_type      text           not null,
    transaction_id  bigint,
    broker_order_id bigint,
    client_id       text           not null,
    ticket          bigint,
    symbol          text           not null,
    units           numeric(19, 4) not null,
    price           numeric(19, 8),
    realized_pl     numeric(19, 8) not null,
    financing       numeric(19, 8) not null,
    commission      numeric(19, 8) not null,
    balance         numeric(19, 8),
    reason          text           not null,
    http_status     integer,
    effects         jsonb          not null,
    event_time      timestamptz    not null,
    event_time_ns   bigint         not null,
    journal_time    timestamptz    not null,
    journal_id      bigint         not null,
    journal_index   bigint         not null,
    unique (account_id, journal_id, journal_index)
);

create unique index order_events_transaction on order_events (account_id, transaction_id)
    where transaction_id is not null;
create index idx_order_events_client on order_events (account_id, client_id);

create table performance_metrics (
    id          bigint generated always as identity primary key,
    account_id  bigint           not null references accounts,
    strategy_id bigint references strategies,
    instance_id bigint           not null,
    timestamp   timestamptz      not null,
    time_ns     bigint           not null,
    equity      numeric(19, 8)   not null,
    balance     numeric(19, 8)   not null,
    profit      numeric(19, 8)   not null,
    drawdown    double precision not null check (drawdown >= 0),
    win_rate    double precision,
    open_trades integer          not null,
    unique (account_id, instance_id, time_ns)
);

comment on table performance_metrics is
    'instance_id 0: the account at each market minute with ticks; else a strategy at each closing fill';
comment on column performance_metrics.drawdown is
    'percent below the highest point so far, never negative';

create index idx_performance_account_timestamp on performance_metrics (account_id, timestamp);
create index idx_performance_instance_time on performance_metrics (instance_id, time_ns);

create table daily_performance (
    id               bigint generated always as identity primary key,
    account_id       bigint         not null references accounts,
    strategy_id      bigint references strategies,
    date             date           not null,
    total_trades     integer        not null,
    winning_trades   integer        not null,
    losing_trades    integer        not null,
    break_even_trades integer       not null,
    total_profit     numeric(19, 8) not null,
    win_rate         double precision,
    largest_win      numeric(19, 8),
    largest_loss     numeric(19, 8),
    end_balance      numeric(19, 8) not null,
    unique nulls not distinct (account_id, date, strategy_id)
);

create table monitoring_events (
    id            bigint generated always as identity primary key,
    account_id    bigint references accounts,
    event_type    text        not null
        check (event_type in ('heartbeat', 'error', 'alert', 'state', 'feed', 'command')),
    severity      text        not null check (severity in ('INFO', 'WARNING', 'ERROR', 'CRITICAL')),
    message       text        not null,
    metadata      jsonb       not null,
    timestamp     timestamptz not null,
    journal_id    bigint      not null,
    journal_index bigint      not null,
    unique (journal_id, journal_index)
);

create index idx_monitoring_account_timestamp on monitoring_events (account_id, timestamp);

create table projection_position (
    name          text        primary key,
    journal_id    bigint      not null,
    boot_id       bigint      not null,
    journal_index bigint      not null,
    updated_at    timestamptz not null default now()
);

create table users (
    username      text        primary key,
    password_hash text        not null,
    role          text        not null check (role in ('VIEWER', 'TRADER', 'RISK', 'ADMIN')),
    must_change   boolean     not null,
    version       integer     not null,
    created_at    timestamptz not null default now(),
    updated_at    timestamptz not null default now()
);

create table refresh_sessions (
    token_hash text    primary key,
    family     text    not null,
    username   text    not null references users on delete cascade,
    created_ms bigint  not null,
    expires_ms bigint  not null,
    used       boolean not null,
    revoked    boolean not null
);

create index refresh_sessions_family on refresh_sessions (family);
create index refresh_sessions_username on refresh_sessions (username);

-- Each row's hash covers the row and the hash before it: a row that was changed, left out or put in
-- breaks the chain from there on.
create table audit_log (
    id         bigint primary key,
    time_ms    bigint not null,
    username   text   not null,
    address    text   not null,
    action     text   not null,
    subject    text   not null,
    outcome    text   not null,
    detail     text   not null,
    command_id text   unique,
    prev_hash  bytea  not null,
    hash       bytea  not null
);

create function audit_hash(
    prev bytea, id bigint, time_ms bigint, username text, address text, action text, subject text,
    outcome text, detail text, command_id text) returns bytea
    language sql immutable as
$$
select sha256(convert_to(
    encode(prev, 'hex') || jsonb_build_array(
        id, time_ms, username, address, action, subject, outcome, detail, command_id)::text,
    'UTF8'))
$$;

create function audit_append(
    a_time_ms bigint, a_username text, a_address text, a_action text, a_subject text,
    a_outcome text, a_detail text, a_command_id text) returns bigint
    language plpgsql as
$$
declare
    last_id   bigint := 0;
    last_hash bytea := ''::bytea;
    next_id   bigint;
begin
    perform pg_advisory_xact_lock(hashtext('audit_log'));
    if a_command_id is not null
        and exists (select from audit_log where command_id = a_command_id) then
        return null;
    end if;
    select id, hash into last_id, last_hash from audit_log order by id desc limit 1;
    if not found then
        last_id := 0;
        last_hash := ''::bytea;
    end if;
    next_id := last_id + 1;
    insert into audit_log
    values (next_id, a_time_ms, a_username, a_address, a_action, a_subject, a_outcome, a_detail,
            a_command_id, last_hash,
            audit_hash(last_hash, next_id, a_time_ms, a_username, a_address, a_action, a_subject,
                       a_outcome, a_detail, a_command_id));
    return next_id;
end
$$;

-- The first row that does not follow from the one before it, or null.
create function audit_first_broken() returns bigint
    language sql stable as
$$
select min(id)
from (select *,
             lag(hash, 1, ''::bytea) over (order by id) as before,
             lag(id, 1, 0::bigint) over (order by id)   as id_before
      from audit_log) as chain
where prev_hash <> before
   or id <> id_before + 1
   or hash <> audit_hash(prev_hash, id, time_ms, username, address, action, subject, outcome,
                         detail, command_id)
$$;

create function audit_refuse() returns trigger
    language plpgsql as
$$
begin
    raise exception 'audit_log is append-only: operation=%', tg_op;
end
$$;

create trigger audit_append_only before update or delete or truncate on audit_log
    for each statement execute function audit_refuse();
