-- What the log lines call a correlation: hex of the journal index of the signal or command that a
-- row came of. A client id of ours holds it between its dashes.

alter table signals
    add correlation text not null generated always as (to_hex(journal_index)) stored;
alter table orders
    add correlation text not null generated always as (to_hex(origin_index)) stored;
alter table order_events
    add correlation text generated always as
        (substring(client_id from '^[0-9a-f]{16}-([0-9a-f]+)-[0-9a-f]+$')) stored;
alter table trades
    add correlation text generated always as
        (substring(client_id from '^[0-9a-f]{16}-([0-9a-f]+)-[0-9a-f]+$')) stored;
alter table monitoring_events
    add correlation text;

comment on column trades.correlation is 'of the order that opened it; null where that was not ours';
comment on column monitoring_events.correlation is 'null where nobody asked for it';
