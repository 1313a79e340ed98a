// A scripted gateway for the protocol and UX tests: serves dist/, answers REST and speaks the feed
// protocol, with prices that move by a fixed rule. `POST /fake/...` changes how it behaves.
//
//   node e2e/fake-engine.mjs [port]        prints "listening <url>"

import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocketServer } from 'ws';

const DIST = fileURLToPath(new URL('../dist/', import.meta.url));
const MINUTE = 60_000;
const CSP =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const INSTRUMENTS = [
  { symbol: 'EURUSD', digits: 5, pip: '0.0001', mid: 1.08453, units: 100000 },
  { symbol: 'GBPUSD', digits: 5, pip: '0.0001', mid: 1.27118, units: 100000 },
  { symbol: 'USDJPY', digits: 3, pip: '0.01', mid: 151.234, units: 100000 },
  { symbol: 'USDCHF', digits: 5, pip: '0.0001', mid: 0.88341, units: 100000 },
  { symbol: 'AUDUSD', digits: 5, pip: '0.0001', mid: 0.65874, units: 100000 },
  { symbol: 'XAUUSD', digits: 2, pip: '0.01', mid: 2345.67, units: 100 },
];
const OPERATIONS = {
  viewer: [],
  trader: ['trade', 'closeTrade', 'modifyPosition', 'cancelOrder', 'enableStrategy', 'halt'],
};
OPERATIONS.risk = [
  'halt',
  'flatten',
  'resume',
  'startWorker',
  'stopWorker',
  'restartWorker',
  'listLogs',
];
OPERATIONS.admin = [...OPERATIONS.trader, ...OPERATIONS.risk];

/** The same numbers in every run. */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export async function startFakeEngine({ port = 0, rows = 4 } = {}) {
  const random = generator(7);
  const startedMs = Date.now();
  const behaviour = {
    silent: false,
    skipSeq: false,
    replyDelayMs: 0,
    fail: new Set(),
    dropReply: 0,
    refreshOk: true,
    expiresInS: 900,
    freeze: false,
    hold: false,
  };
  const counts = { commands: 0, refreshes: 0, posts: 0, connections: 0 };
  const world = {
    epoch: 'e1',
    halted: false,
    reason: '',
    nextTicket: 6400,
    balance: 100_000,
    users: {},
    commands: new Map(),
    byKey: new Map(),
  };
  const quotes = new Map(INSTRUMENTS.map((i) => [i.symbol, { ...i }]));
  const candles = new Map();
  const positions = new Map();
  const closed = [];
  const sockets = new Set();
  const topics = new Map();

  const fixed = (value, digits) => value.toFixed(digits);
  const spread = (q) => (q.digits === 2 ? 0.24 : q.digits === 3 ? 0.008 : 0.00008);
  const bid = (q) => q.mid - spread(q) / 2;
  const ask = (q) => q.mid + spread(q) / 2;
  const iso = (ms) => new Date(ms).toISOString();

  function quoteRow(q) {
    return {
      id: q.symbol,
      symbol: q.symbol,
      digits: q.digits,
      pip: q.pip,
      bid: fixed(bid(q), q.digits),
      ask: fixed(ask(q), q.digits),
      spread_pips: (spread(q) / Number(q.pip)).toFixed(1),
      tradeable: true,
      contract_units: q.units,
      min_volume: '0.00001',
      volume_step: '0.00001',
      time: Date.now(),
    };
  }

  function barsOf(symbol, period) {
    const key = `${symbol}:${period}`;
    let bars = candles.get(key);
    if (!bars) {
      const q = quotes.get(symbol);
      const step = { M1: 1, M5: 5, M15: 15, M30: 30, H1: 60, H4: 240 }[period] ?? 1440;
      const end = Math.floor(Date.now() / (step * MINUTE)) * step * MINUTE;
      const size = q.mid * 0.00012 * Math.sqrt(step);
      bars = [];
      let close = q.mid;
      for (let i = 0; i < 300; i++) {
        const open = close + (random() - 0.5) * size * 1.6;
        const high = Math.max(open, close) + random() * size * 0.6;
        const low = Math.min(open, close) - random() * size * 0.6;
        bars.unshift({ time: end - i * step * MINUTE, open, high, low, close, volume: 120 + i });
        close = open;
      }
      bars.step = step * MINUTE;
      candles.set(key, bars);
    }
    return bars;
  }

  function barRow(symbol, bar) {
    const { digits } = quotes.get(symbol);
    return {
      id: String(bar.time),
      time: bar.time,
      open: fixed(bar.open, digits),
      high: fixed(bar.high, digits),
      low: fixed(bar.low, digits),
      close: fixed(bar.close, digits),
      volume: bar.volume,
    };
  }

  function profitOf(p) {
    const q = quotes.get(p.symbol);
    const now = p.type === 'BUY' ? bid(q) : ask(q);
    const raw = (p.type === 'BUY' ? 1 : -1) * (now - p.open) * p.lots * q.units;
    return q.symbol.endsWith('JPY') ? raw / q.mid : raw;
  }

  function positionRow(p) {
    const q = quotes.get(p.symbol);
    return {
      id: String(p.ticket),
      ticket: p.ticket,
      account_id: 0,
      instance_id: p.strategy ? 1 : 0,
      strategy: p.strategy,
      symbol: p.symbol,
      digits: q.digits,
      type: p.type,
      volume: p.lots.toFixed(2),
      units: String(Math.round(p.lots * q.units)),
      price_open: fixed(p.open, q.digits),
      price_current: fixed(p.type === 'BUY' ? bid(q) : ask(q), q.digits),
      sl: p.sl ?? null,
      tp: p.tp ?? null,
      profit: profitOf(p).toFixed(2),
      time_open: p.openMs,
      pending: p.pending ?? false,
    };
  }

  function accountRow() {
    const open = [...positions.values()].reduce((sum, p) => sum + profitOf(p), 0);
    const margin = [...positions.values()].reduce(
      (sum, p) => sum + (p.lots * quotes.get(p.symbol).units) / 30,
      0,
    );
    const equity = world.balance + open;
    return {
      id: '0',
      account_id: 0,
      name: 'practice',
      broker_account: '101-001-0000001-001',
      currency: 'USD',
      state: 'RUNNING',
      balance: world.balance.toFixed(2),
      equity: equity.toFixed(2),
      profit: open.toFixed(2),
      margin_used: margin.toFixed(2),
      margin_available: (equity - margin).toFixed(2),
      day_profit: (equity - 99_650).toFixed(2),
      open_trades: positions.size,
      time: Date.now(),
    };
  }

  const strategies = [
    ['trend-follow', 'EURUSD', 'RUNNING', 412.5],
    ['mean-revert', 'USDJPY', 'RUNNING', -96.2],
    ['breakout', 'GBPUSD', 'DISABLED', 0],
    ['gold-swing', 'XAUUSD', 'WARMING_UP', 0],
  ].map(([name, symbol, status, profit], index) => ({
    id: String(index + 1),
    instance_id: index + 1,
    account_id: 0,
    name,
    symbol,
    status,
    detail: '',
    profit: profit.toFixed(2),
    open_profit: '0.00',
    open_trades: index === 0 ? 2 : 0,
    worker: index < 2 ? 'strategy-0' : 'other-1',
    isolation: index < 2 ? 'THREAD' : 'PROCESS',
    worker_state: 'RUNNING',
    worker_detail: '',
    runs: 1200 + index,
    signals: 17 * (index + 1),
    last_run: startedMs,
  }));

  const workers = [
    ['strategy-0', 'THREAD', 'RUNNING', [1, 2], 'libsaker-framework.so', '4.5.10', ''],
    ['other-1', 'PROCESS', 'RUNNING', [3, 4], 'libfwk.so', '4.4.2', ''],
    [
      'other-2',
      'PROCESS',
      'LOST',
      [],
      'libfwk.so',
      null,
      'exit code 139 (SIGSEGV), 5 restarts in 10 min',
    ],
  ].map(([id, isolation, state, instance_ids, library, library_version, detail], index) => ({
    id,
    worker_id: id,
    framework: isolation === 'THREAD' ? 'saker' : 'other',
    library: `/var/lib/saker/framework/${library}`,
    library_version,
    replayable: isolation === 'THREAD',
    isolation,
    state,
    pid: state === 'LOST' ? null : 4711 + index,
    restarts: index * 2,
    config_id: 'ab'.repeat(32),
    heartbeat: startedMs,
    last_index: '4711',
    resident_bytes: state === 'LOST' ? null : (412 + 96 * index) * 2 ** 20,
    instance_ids,
    detail,
  }));

  /** A worker that changes changes where its strategies stand. */
  function changeWorker(id, change) {
    const worker = workers.find((w) => w.id === id);
    Object.assign(worker, change);
    publish('workers', { up: [{ id, ...change }] });
    for (const strategy of strategies.filter((s) => s.worker === id)) {
      strategy.worker_state = worker.state;
      strategy.worker_detail = worker.detail;
      publish('strategies', {
        up: [pick(strategy, ['id', 'worker_state', 'worker_detail'])],
      });
    }
  }

  function beatWorkers() {
    for (const { id } of workers.filter((w) => w.state === 'RUNNING')) {
      changeWorker(id, { heartbeat: Date.now() });
    }
  }

  function controlWorker(key, id, action) {
    const worker = workers.find((w) => w.id === id);
    if (!worker) {
      return problem(404, 'not_found', `no such worker: worker_id=${id}`);
    }
    const ended = worker.state === 'STOPPED' || worker.state === 'LOST';
    const taken = world.byKey.has(key);
    if (!taken && (worker.isolation === 'THREAD' || ended !== (action === 'start'))) {
      return problem(409, 'conflict', `not now: worker=${id}, state=${worker.state}`);
    }
    if (!taken) {
      world.byKey.set(key, true);
      counts.commands += 1;
      if (action === 'stop') {
        changeWorker(id, {
          state: 'STOPPED',
          pid: null,
          resident_bytes: null,
          detail: 'stopped by admin',
        });
      } else {
        changeWorker(id, { state: 'RESTARTING', detail: 'restarted by admin' });
        setTimeout(() => {
          changeWorker(id, {
            state: 'RUNNING',
            pid: worker.pid ?? 4720,
            restarts: worker.restarts + 1,
            detail: '',
          });
        }, behaviour.replyDelayMs || 400);
      }
    }
    const state = 'ACCEPTED';
    return [202, { worker_id: id, action: action.toUpperCase(), state, message: 'under way' }];
  }

  function statusRow() {
    return {
      id: 'engine',
      status: 'healthy',
      environment: 'DEMO',
      version: '0.1.0',
      engine: world.halted ? 'HALTED' : 'RUNNING',
      reason: world.reason,
      prices: 'CONNECTED',
      transactions: 'CONNECTED',
      database: 'UP',
      history_delayed: false,
      market_rate: 10,
      market_time: Date.now(),
      started: startedMs,
      ticks: 1000,
      journal_index: '4711',
      durable_index: '4711',
      active_strategies: 2,
      open_positions: positions.size,
    };
  }

  // The feed: per topic a sequence, the rows or events held, and a ring of what was sent.

  function topic(name) {
    let held = topics.get(name);
    if (!held) {
      const kind = /^(orders|fills|signals|commands|status)/.test(name) ? 'events' : 'state';
      held = { name, kind, seq: 100, ring: [], items: [] };
      topics.set(name, held);
    }
    return held;
  }

  function rowsOf(name) {
    const [base, ...rest] = name.split(':');
    switch (base) {
      case 'quotes':
        return [...quotes.values()].map(quoteRow);
      case 'positions':
        return [...positions.values()].map(positionRow);
      case 'account':
        return [accountRow()];
      case 'strategies':
        return strategies;
      case 'workers':
        return workers;
      case 'candles':
        return barsOf(rest[0], rest[1]).map((bar) => barRow(rest[0], bar));
      default:
        return topic(name).items;
    }
  }

  function publish(name, change) {
    const held = topic(name);
    const prev = held.seq;
    held.seq += 1;
    if (behaviour.skipSeq && held.kind === 'state') {
      behaviour.skipSeq = false;
      held.seq += 1;
      return; // One update is lost on the way: the next one shows a gap.
    }
    const frame =
      held.kind === 'events'
        ? { op: 'ev', t: name, prev, seq: held.seq, ts: Date.now(), items: change.items }
        : {
            op: 'delta',
            t: name,
            prev,
            seq: held.seq,
            ts: Date.now(),
            up: change.up ?? [],
            del: change.del ?? [],
          };
    if (held.kind === 'events') {
      for (const item of change.items) {
        held.items = [...held.items.filter((i) => i.id !== item.id), item].slice(-512);
      }
    }
    held.ring = [...held.ring, frame].slice(-600);
    for (const socket of sockets) {
      if (socket.subscribed.has(name)) {
        sendFrame(socket, frame);
      }
    }
  }

  function sendFrame(socket, frame) {
    if (!behaviour.silent) {
      socket.sent += 1;
      socket.send(JSON.stringify(frame.op === 'hb' ? { ...frame, n: socket.sent } : frame));
    }
  }

  function onSubscribe(socket, { id, topics: wanted }) {
    for (const { t, since } of wanted) {
      const held = topic(t);
      socket.subscribed.add(t);
      const ringFrom = held.ring[0]?.prev ?? held.seq;
      if (since?.epoch === world.epoch && since.seq >= ringFrom && since.seq <= held.seq) {
        for (const frame of held.ring.filter((f) => f.seq > since.seq)) {
          sendFrame(socket, frame);
        }
        continue;
      }
      if (since) {
        sendFrame(socket, {
          op: 'reset',
          t,
          reason: since.epoch === world.epoch ? 'ring' : 'epoch',
        });
      }
      const rows = rowsOf(t);
      const half = Math.ceil(rows.length / 2);
      const parts = rows.length > 100 ? [rows.slice(0, half), rows.slice(half)] : [rows];
      parts.forEach((part, index) => {
        sendFrame(socket, {
          op: 'snap',
          t,
          id,
          epoch: world.epoch,
          seq: held.seq,
          ts: Date.now(),
          rows: part,
          part: [index + 1, parts.length],
        });
      });
    }
  }

  // Commands.

  function finish(answer, change) {
    Object.assign(answer, change);
    world.commands.set(answer.command_id, answer);
    publish('commands', { items: [{ id: answer.command_id, ...answer }] });
  }

  function settle(answer, act) {
    counts.commands += 1;
    publish('commands', { items: [{ id: answer.command_id, ...answer }] });
    setTimeout(() => {
      if (!behaviour.hold) {
        finish(answer, act());
      }
    }, behaviour.replyDelayMs || 120);
  }

  const OK = { state: 'DONE', success: true };
  const refused = (reason, message) => ({
    state: 'REJECTED',
    success: false,
    reason,
    reason_code: 100,
    message,
  });

  function openTrade({ symbol, action, volume, stop_loss, take_profit }) {
    if (world.halted) {
      return refused('ENGINE_HALTED', 'trading is halted');
    }
    if (Number(volume) > 50) {
      return refused('MARGIN', 'margin needed is above margin available');
    }
    const q = quotes.get(symbol);
    const price = action === 'BUY' ? ask(q) : bid(q);
    const ticket = world.nextTicket++;
    const position = {
      ticket,
      symbol,
      type: action,
      lots: Number(volume),
      open: price,
      sl: stop_loss,
      tp: take_profit,
      strategy: '',
      openMs: Date.now(),
    };
    positions.set(ticket, position);
    publish('positions:0', { up: [positionRow(position)] });
    publish('orders:0', { items: [orderRow(position, 'OPEN', 'FILLED', price)] });
    publish('fills:0', { items: [{ id: `f${ticket}`, ticket, symbol, time: Date.now() }] });
    return { ...OK, ticket, price: fixed(price, q.digits) };
  }

  function orderRow(p, action, state, price) {
    const { digits, units } = quotes.get(p.symbol);
    return {
      id: `${p.ticket}${action}`,
      intent: `${p.ticket}`,
      client_id: `s-${p.ticket}`,
      correlation: null,
      order_id: p.ticket - 1,
      account_id: 0,
      instance_id: 0,
      symbol: p.symbol,
      type: p.type,
      action,
      state,
      units: String(Math.round(p.lots * units)),
      price: price === null ? null : fixed(price, digits),
      sl: null,
      tp: null,
      expires: null,
      reason_code: 0,
      reason: 'NONE',
      detail: '',
      time: Date.now(),
      journal_time: Date.now(),
    };
  }

  function closePosition(ticket, volume) {
    const p = positions.get(ticket);
    if (!p) {
      return refused('UNKNOWN_TICKET', `unknown ticket: ticket=${ticket}`);
    }
    const q = quotes.get(p.symbol);
    const lots = volume ? Number(volume) : p.lots;
    const profit = (profitOf(p) * lots) / p.lots;
    const price = p.type === 'BUY' ? bid(q) : ask(q);
    world.balance += profit;
    closed.unshift({ ...p, lots, close: price, closeMs: Date.now(), profit });
    p.lots -= lots;
    if (p.lots < 1e-9) {
      positions.delete(ticket);
      publish('positions:0', { del: [String(ticket)] });
    } else {
      publish('positions:0', { up: [positionRow(p)] });
    }
    publish('orders:0', { items: [orderRow({ ...p, lots }, 'CLOSE', 'FILLED', price)] });
    publish('fills:0', {
      items: [{ id: `c${ticket}${Date.now()}`, ticket, symbol: p.symbol, time: Date.now() }],
    });
    return { ...OK, ticket, price: fixed(price, q.digits), realized_profit: profit.toFixed(2) };
  }

  function act(type, body, ticket) {
    switch (type) {
      case 'TRADE':
        return openTrade(body);
      case 'CLOSE':
        return closePosition(ticket, body.volume);
      case 'MODIFY': {
        const p = positions.get(ticket);
        if ('stop_loss' in body) p.sl = body.stop_loss;
        if ('take_profit' in body) p.tp = body.take_profit;
        publish('positions:0', { up: [positionRow(p)] });
        return OK;
      }
      case 'ENABLE_INSTANCE':
      case 'DISABLE_INSTANCE': {
        const strategy = strategies.find((s) => s.instance_id === body.instance_id);
        strategy.status = body.enabled ? 'RUNNING' : 'DISABLED';
        publish('strategies', { up: [{ id: strategy.id, status: strategy.status }] });
        return OK;
      }
      case 'FLATTEN':
        for (const open of [...positions.keys()]) {
          closePosition(open);
        }
        return halt(true, body.reason);
      case 'HALT':
        return halt(true, body.reason);
      default:
        return halt(false, '');
    }
  }

  function halt(halted, reason) {
    world.halted = halted;
    world.reason = reason ?? '';
    publish('status', { items: [statusRow()] });
    return OK;
  }

  // REST.

  const routes = [
    ['POST', /^\/api\/trade$/, 'trade', () => 'TRADE'],
    ['POST', /^\/api\/close\/(\d+)$/, 'closeTrade', () => 'CLOSE'],
    ['PATCH', /^\/api\/positions\/(\d+)$/, 'modifyPosition', () => 'MODIFY'],
    ['DELETE', /^\/api\/orders\/(\d+)$/, 'cancelOrder', () => 'CANCEL'],
    [
      'POST',
      /^\/api\/strategy\/enable$/,
      'enableStrategy',
      (body) => (body.enabled ? 'ENABLE_INSTANCE' : 'DISABLE_INSTANCE'),
    ],
    ['POST', /^\/api\/halt$/, 'halt', () => 'HALT'],
    ['POST', /^\/api\/flatten$/, 'flatten', () => 'FLATTEN'],
    ['POST', /^\/api\/resume$/, 'resume', () => 'RESUME'],
  ];

  function problem(status, error, message) {
    return [status, { error, message, request_id: `r-${counts.posts}` }];
  }

  function userOf(request) {
    const token = (request.headers.authorization ?? '').replace('Bearer ', '');
    return tokenUser(token);
  }

  function tokenUser(token) {
    const [name, serial] = token.split('.');
    return world.users[name] === serial ? name : null;
  }

  function login(name) {
    const serial = String(Math.floor(random() * 1e9));
    world.users[name] = serial;
    return {
      accessToken: `${name}.${serial}`,
      tokenType: 'Bearer',
      expiresIn: behaviour.expiresInS,
      username: name,
      role: name in OPERATIONS ? name : 'admin',
      mustChangePassword: name === 'newcomer' && !world.changed,
    };
  }

  function restGet(path, query, user) {
    switch (path) {
      case '/api/auth/me': {
        const role = user in OPERATIONS ? user : 'admin';
        return {
          username: user,
          role,
          mustChangePassword: false,
          operations: OPERATIONS[role],
          expiresAt: iso(Date.now() + 900_000),
        };
      }
      case '/api/accounts':
        return [{ ...accountRow(), time: iso(Date.now()) }];
      case '/api/status':
        return { ...statusRow(), time: iso(Date.now()), uptime_s: 10, sockets: sockets.size };
      case '/api/bars': {
        const [symbol, period] = [query.get('symbol'), query.get('period')];
        const bars = barsOf(symbol, period).map((bar) => barRow(symbol, bar));
        return { symbol, period, bars: bars.map((bar) => ({ ...bar, time: iso(bar.time) })) };
      }
      case '/api/history': {
        const open = query.get('is_open');
        const symbol = query.get('symbol');
        const all = [...[...positions.values()].map((p) => tradeRow(p)), ...closed.map(tradeRow)];
        const trades = all.filter(
          (t) => (open === null || String(t.is_open) === open) && (!symbol || t.symbol === symbol),
        );
        return {
          trades: trades.slice(0, Number(query.get('limit'))),
          total: trades.length,
          offset: 0,
          limit: 200,
        };
      }
      case '/api/logs':
        return logPage(query);
      case '/api/performance':
        return performance();
      default:
        return null;
    }
  }

  const logLines = [
    ['INFO', 'engine', 'signal: EURUSD BUY 0.10, bid=1.08449, ask=1.08457', 1, '4e2500000012'],
    ['INFO', 'engine', 'risk: approved, row=0', 1, '4e2500000012'],
    ['INFO', 'engine', 'intent: OPEN MARKET EURUSD, units=10000', 1, '4e2500000012'],
    ['INFO', 'engine', 'fill: OPEN EURUSD units=10000 price=1.08457', 1, '4e2500000012'],
    ['WARN', 'other-1', '<img src=x onerror=alert(1)> no heartbeat', 3, undefined],
    ['ERROR', 'engine', 'worker given up: id=other-2', undefined, undefined],
  ];
  while (logLines.length < 260) {
    logLines.unshift(['INFO', 'engine', `store is OK: number=${logLines.length}`]);
  }

  function logPage(query) {
    const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR'];
    const least = levels.indexOf(query.get('level') ?? 'TRACE');
    const limit = Number(query.get('limit'));
    const wanted = logLines
      .map(([level, process, message, instance, correlation], index) => ({
        time: iso(startedMs - (logLines.length - index) * 1000).replace('Z', '123Z'),
        level,
        process,
        thread: 't',
        logger: 'saker.live.X',
        message,
        ...(instance && { instance }),
        ...(correlation && { correlation }),
        ...(level === 'ERROR' && { error: 'java.io.IOException: gone\n\tat saker.X' }),
      }))
      .filter((line) => levels.indexOf(line.level) >= least)
      .filter((line) => !query.get('correlation') || line.correlation === query.get('correlation'))
      .filter((line) => !query.get('worker') || line.process === query.get('worker'))
      .filter((line) => line.message.includes(query.get('text') ?? ''))
      .reverse();
    return { lines: wanted.slice(0, limit), more: wanted.length > limit, offset: 0, limit };
  }

  function tradeRow(t) {
    const { digits, units } = quotes.get(t.symbol);
    const isOpen = t.closeMs === undefined;
    return {
      ticket: t.ticket,
      instance_id: t.strategy ? 1 : 0,
      strategy: t.strategy,
      symbol: t.symbol,
      type: t.type,
      volume: t.lots.toFixed(2),
      units: String(Math.round(t.lots * units)),
      open_price: fixed(t.open, digits),
      close_price: isOpen ? null : fixed(t.close, digits),
      stop_loss: t.sl ?? null,
      take_profit: t.tp ?? null,
      open_time: iso(t.openMs),
      close_time: isOpen ? null : iso(t.closeMs),
      profit: isOpen ? null : t.profit.toFixed(2),
      financing: '0.00',
      is_open: isOpen,
      correlation: t.strategy ? '4e2500000012' : null,
    };
  }

  const curve = [];
  function performance() {
    if (curve.length === 0) {
      const draw = generator(3);
      let equity = 98_900;
      let peak = equity;
      for (let i = 0; i < 400; i++) {
        equity += (draw() - 0.485) * 60;
        peak = Math.max(peak, equity);
        curve.push([startedMs - (400 - i) * 5 * MINUTE, equity, ((peak - equity) / peak) * 100]);
      }
    }
    const wins = closed.filter((t) => t.profit > 0);
    const sum = (list) => list.reduce((total, t) => total + t.profit, 0);
    const losses = closed.filter((t) => t.profit <= 0);
    return {
      instance_id: null,
      timestamps: curve.map(([ms]) => iso(ms)),
      equity: curve.map(([, equity]) => equity.toFixed(2)),
      balance: curve.map(([, equity]) => equity.toFixed(2)),
      profit: curve.map(([, equity]) => (equity - 98_900).toFixed(2)),
      drawdown: curve.map(([, , drawdown]) => drawdown),
      summary: {
        trades: closed.length,
        winning: wins.length,
        losing: losses.length,
        profit: sum(closed).toFixed(2),
        win_rate: closed.length ? (wins.length / closed.length) * 100 : null,
        profit_factor: losses.length ? Math.abs(sum(wins) / sum(losses)) : null,
        max_drawdown: Math.max(...curve.map(([, , drawdown]) => drawdown)),
      },
    };
  }

  async function bodyOf(request) {
    let text = '';
    for await (const chunk of request) {
      text += chunk;
    }
    return text === '' ? {} : JSON.parse(text);
  }

  async function onRequest(request, response) {
    const url = new URL(request.url, 'http://localhost');
    const path = url.pathname;
    if (path.startsWith('/fake/')) {
      return json(response, 200, control(path.slice(6), await bodyOf(request)));
    }
    if (!path.startsWith('/api/')) {
      return file(path, response);
    }
    if (behaviour.fail.has(path)) {
      return json(response, ...problem(500, 'internal', 'the database does not answer'));
    }
    if (path.startsWith('/api/auth/') && request.method === 'POST') {
      return auth(path, request, response);
    }
    const user = userOf(request);
    if (!user) {
      return json(response, ...problem(401, 'unauthorized', 'token is missing or expired'));
    }
    if (request.method !== 'GET') {
      return command(path, request, response, user);
    }
    const known = path.match(/^\/api\/commands\/(.+)$/);
    const body = known ? world.commands.get(known[1]) : restGet(path, url.searchParams, user);
    return body
      ? json(response, 200, body)
      : json(response, ...problem(404, 'not_found', `not found: path=${path}`));
  }

  async function auth(path, request, response) {
    const body = await bodyOf(request);
    if (path === '/api/auth/login') {
      return body.password === 'wrong'
        ? json(response, ...problem(401, 'unauthorized', 'user name or password is wrong'))
        : json(response, 200, login(body.username), cookie(body.username));
    }
    if (path === '/api/auth/refresh') {
      counts.refreshes += 1;
      const name = /saker_refresh=([a-z]+)/.exec(request.headers.cookie ?? '')?.[1];
      return behaviour.refreshOk && name
        ? json(response, 200, login(name), cookie(name))
        : json(response, ...problem(401, 'unauthorized', 'no session'));
    }
    if (path === '/api/auth/password') {
      world.changed = true;
      return json(response, 200, login(userOf(request)));
    }
    response.writeHead(204, { 'Set-Cookie': 'saker_refresh=; Path=/api/auth; Max-Age=0' }).end();
  }

  function cookie(name) {
    return { 'Set-Cookie': `saker_refresh=${name}; HttpOnly; SameSite=Strict; Path=/api/auth` };
  }

  async function command(path, request, response, user) {
    counts.posts += 1;
    const body = await bodyOf(request);
    const worker = /^\/api\/workers\/([^/]+)\/(start|stop|restart)$/.exec(path);
    if (worker) {
      const [, id, action] = worker;
      const role = user in OPERATIONS ? user : 'admin';
      const answer = OPERATIONS[role].includes(`${action}Worker`)
        ? controlWorker(request.headers['idempotency-key'], id, action)
        : problem(403, 'forbidden', `not allowed: role=${role}`);
      if (behaviour.dropReply > 0) {
        behaviour.dropReply -= 1;
        request.socket.destroy();
        return;
      }
      return json(response, ...answer);
    }
    const route = routes.find(
      ([method, pattern]) => method === request.method && pattern.test(path),
    );
    if (!route) {
      return json(response, ...problem(404, 'not_found', `not found: path=${path}`));
    }
    const [, pattern, operation, typeOf] = route;
    const role = user in OPERATIONS ? user : 'admin';
    if (!OPERATIONS[role].includes(operation)) {
      return json(response, ...problem(403, 'forbidden', `not allowed: role=${role}`));
    }
    const key = request.headers['idempotency-key'];
    let answer = world.byKey.get(key);
    if (!answer) {
      const type = typeOf(body);
      answer = {
        command_id: `c-${key}`,
        type,
        state: 'ACCEPTED',
        success: null,
        ticket: null,
        price: null,
        realized_profit: null,
        reason_code: 0,
        reason: 'NONE',
        message: '',
      };
      world.byKey.set(key, answer);
      world.commands.set(answer.command_id, answer);
      settle(answer, () => act(type, body, Number(pattern.exec(path)[1])));
    }
    if (behaviour.dropReply > 0) {
      behaviour.dropReply -= 1;
      request.socket.destroy(); // The command was taken, its answer is lost.
      return;
    }
    json(response, 202, answer);
  }

  function control(name, body) {
    switch (name) {
      case 'behave':
        for (const [key, value] of Object.entries(body)) {
          behaviour[key] = key === 'fail' ? new Set(value) : value;
        }
        break;
      case 'kill':
        for (const socket of sockets) {
          socket.terminate();
        }
        break;
      case 'restart':
        world.epoch = `e${Date.now()}`;
        topics.clear();
        for (const socket of sockets) {
          socket.close(4012);
        }
        break;
      case 'revoke':
        world.users = {};
        behaviour.refreshOk = false;
        for (const socket of sockets) {
          sendFrame(socket, { op: 'bye', code: 4003 });
          socket.close(4003);
        }
        break;
      case 'worker':
        changeWorker(body.id, body.change);
        break;
      case 'strategy': {
        const strategy = strategies.find((s) => s.id === body.id);
        Object.assign(strategy, body.change);
        publish('strategies', { up: [{ id: body.id, ...body.change }] });
        break;
      }
      case 'expire':
        world.users = {};
        break;
      case 'quote': {
        const q = quotes.get(body.symbol);
        q.mid += body.pips * Number(q.pip);
        publish('quotes', { up: [quoteRow(q)] });
        break;
      }
    }
    return { ...counts, positions: positions.size, sockets: sockets.size, halted: world.halted };
  }

  function json(response, status, body, headers = {}) {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  }

  function file(path, response) {
    const wanted = join(DIST, normalize(path));
    const found = wanted.startsWith(DIST) && existsSync(wanted) && statSync(wanted).isFile();
    const name = found ? wanted : join(DIST, 'index.html');
    response.writeHead(200, {
      'Content-Type': TYPES[extname(name)] ?? 'application/octet-stream',
      'Content-Security-Policy': CSP,
    });
    createReadStream(name).pipe(response);
  }

  // Movement.

  function tick() {
    if (behaviour.freeze) {
      return;
    }
    for (const q of quotes.values()) {
      q.mid += (random() - 0.5) * 4 * 10 ** -q.digits;
    }
    publish('quotes', {
      up: [...quotes.values()].map((q) => pick(quoteRow(q), ['id', 'bid', 'ask', 'time'])),
    });
    if (positions.size > 0) {
      publish('positions:0', {
        up: [...positions.values()].map((p) =>
          pick(positionRow(p), ['id', 'price_current', 'profit']),
        ),
      });
    }
    publish('account:0', {
      up: [pick(accountRow(), ['id', 'equity', 'profit', 'day_profit', 'time'])],
    });
  }

  function moveCandles() {
    for (const [key, bars] of candles) {
      const symbol = key.split(':')[0];
      const { mid } = quotes.get(symbol);
      let last = bars.at(-1);
      const start = Math.floor(Date.now() / bars.step) * bars.step;
      if (start > last.time) {
        last = { time: start, open: mid, high: mid, low: mid, close: mid, volume: 0 };
        bars.push(last);
      }
      last.close = mid;
      last.high = Math.max(last.high, mid);
      last.low = Math.min(last.low, mid);
      last.volume += 1;
      publish(`candles:${key}`, { up: [barRow(symbol, last)] });
    }
  }

  function pick(row, fields) {
    return Object.fromEntries(fields.map((field) => [field, row[field]]));
  }

  function seed() {
    const strategyOf = {
      EURUSD: 'trend-follow',
      USDJPY: 'mean-revert',
      GBPUSD: 'breakout',
      XAUUSD: 'gold-swing',
    };
    const symbols = Object.keys(strategyOf);
    for (let i = 0; i < rows; i++) {
      const symbol = symbols[i % symbols.length];
      const q = quotes.get(symbol);
      const type = i % 2 === 0 ? 'BUY' : 'SELL';
      const pip = Number(q.pip);
      const open = q.mid + (random() - 0.5) * 40 * pip;
      const away = (type === 'BUY' ? 1 : -1) * (symbol === 'XAUUSD' ? 800 : 30) * pip;
      positions.set(world.nextTicket, {
        ticket: world.nextTicket++,
        symbol,
        type,
        lots: 0.1 + 0.15 * (i % 4),
        open,
        sl: fixed(open - away, q.digits),
        tp: fixed(open + 2 * away, q.digits),
        strategy: strategyOf[symbol],
        openMs: startedMs - (i + 3) * 7 * MINUTE,
      });
    }
    for (let i = 0; i < 42; i++) {
      const symbol = symbols[i % symbols.length];
      const q = quotes.get(symbol);
      const type = random() > 0.5 ? 'BUY' : 'SELL';
      const pips = (random() - 0.45) * 40;
      const open = q.mid * (1 + (random() - 0.5) * 0.002);
      closed.push({
        ticket: 6300 - i,
        symbol,
        type,
        lots: 0.2,
        open,
        close: open + (type === 'BUY' ? 1 : -1) * pips * Number(q.pip),
        sl: null,
        tp: null,
        strategy: strategyOf[symbol],
        openMs: startedMs - (i * 6 + 9) * MINUTE,
        closeMs: startedMs - (i * 6 + 2) * MINUTE,
        profit: pips * (symbol === 'XAUUSD' ? 0.2 : 2),
      });
    }
    publish('status', { items: [statusRow()] });
    for (let i = 24; i >= 0; i--) {
      publish('signals', { items: [signalRow(i, startedMs - i * 4 * MINUTE)] });
    }
    for (const p of positions.values()) {
      publish('orders:0', {
        items: [{ ...orderRow(p, 'OPEN', 'FILLED', p.open), time: p.openMs }],
      });
    }
    const rejected = { ...[...positions.values()][0], ticket: 6399 };
    if (rejected.symbol) {
      publish('orders:0', {
        items: [
          {
            ...orderRow(rejected, 'OPEN', 'REJECTED', null),
            order_id: null,
            reason: 'SPREAD_TOO_WIDE',
            detail: 'spread_pips=2.4, limit=1.5',
          },
          { ...orderRow({ ...rejected, ticket: 6398 }, 'OPEN', 'ACCEPTED', null), reason: 'NONE' },
        ],
      });
    }
  }

  function signalRow(i, time) {
    const strategy = strategies[i % strategies.length];
    const executed = i % 3 !== 1;
    const q = quotes.get(strategy.symbol);
    return {
      id: `s${i}`,
      instance_id: strategy.instance_id,
      strategy: strategy.name,
      symbol: strategy.symbol,
      signal: ['BUY', 'CLOSE BUY', 'SELL', 'CLOSE SELL'][i % 4],
      confidence: null,
      volume: '0.20',
      price: fixed(q.mid, q.digits),
      executed,
      reason_code: executed ? 0 : 114,
      reason: executed ? 'NONE' : 'SPREAD_TOO_WIDE',
      detail: executed ? '' : 'spread_pips=2.4, limit=1.5',
      time,
    };
  }

  const server = createServer((request, response) => {
    onRequest(request, response).catch((error) => {
      console.error(error);
      response.destroy();
    });
  });
  const feed = new WebSocketServer({ server, path: '/ws' });
  feed.on('connection', (socket) => {
    counts.connections += 1;
    socket.subscribed = new Set();
    socket.sent = 0;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.terminate());
    socket.on('message', (data) => onFrame(socket, JSON.parse(String(data))));
  });

  function onFrame(socket, frame) {
    if (frame.op === 'auth') {
      const user = tokenUser(frame.token);
      if (!user) {
        socket.close(4001);
        return;
      }
      sendFrame(socket, {
        op: 'hello',
        session: 's1',
        epoch: world.epoch,
        now: Date.now(),
        hb_ms: 1000,
        user,
        role: 'admin',
        max_topics: 64,
      });
    } else if (frame.op === 'sub') {
      onSubscribe(socket, frame);
    } else if (frame.op === 'unsub') {
      socket.subscribed.delete(frame.t);
    }
  }

  seed();
  const timers = [
    setInterval(tick, 150),
    setInterval(moveCandles, 500),
    setInterval(beatWorkers, 1000),
    setInterval(() => {
      for (const socket of sockets) {
        sendFrame(socket, { op: 'hb', ts: Date.now() });
      }
    }, 1000),
  ];

  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop: () =>
      new Promise((resolve) => {
        timers.forEach(clearInterval);
        for (const socket of sockets) {
          socket.terminate();
        }
        server.closeAllConnections();
        server.close(resolve);
      }),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const engine = await startFakeEngine({ port: Number(process.argv[2] ?? 0) });
  console.log(`listening ${engine.url}`);
}
