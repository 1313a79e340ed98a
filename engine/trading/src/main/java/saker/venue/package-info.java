/**
 * The {@code OandaVenue}: a broker of our own that speaks OANDA v20, REST and both streams, so that
 * the engine, tests and any other OANDA client can trade without an account. This is its manual.
 *
 * <h2>Start</h2>
 *
 * {@link saker.venue.OandaVenue#start} with {@link saker.venue.VenueOptions}: one account, one
 * bearer token, one port for REST and streams ({@code http://127.0.0.1:PORT/v3/…}), one event loop.
 * With a state folder account and market go on after a stop or a kill where they were: the account
 * loses nothing that was answered or streamed, the market goes on with the row after the last one
 * taken. Without one everything begins anew.
 *
 * <h2>Endpoints</h2>
 *
 * <pre>
 * GET    /v3/accounts
 * GET    /v3/accounts/{a}                      /summary  /instruments  /changes
 * PATCH  /v3/accounts/{a}/configuration
 * GET    /v3/instruments/{i}/candles           /v3/accounts/{a}/instruments/{i}/candles
 * GET    /v3/accounts/{a}/pricing              /pricing/stream
 * POST   /v3/accounts/{a}/orders
 * GET    /v3/accounts/{a}/orders               /pendingOrders  /orders/{o}
 * PUT    /v3/accounts/{a}/orders/{o}           /orders/{o}/cancel  /orders/{o}/clientExtensions
 * GET    /v3/accounts/{a}/trades               /openTrades  /trades/{t}
 * PUT    /v3/accounts/{a}/trades/{t}/close     /trades/{t}/clientExtensions  /trades/{t}/orders
 * GET    /v3/accounts/{a}/positions            /openPositions  /positions/{i}
 * PUT    /v3/accounts/{a}/positions/{i}/close
 * GET    /v3/accounts/{a}/transactions         /transactions/{n}  /idrange  /sinceid  /stream
 * </pre>
 *
 * {@code {o}} is an id or {@code @clientID} of a pending order, {@code {t}} likewise of an open
 * trade. Money, margin, fills and transactions follow the rules of {@link saker.broker.simulated};
 * prices and candles come from {@link saker.history}. A request is judged at the market of that
 * moment, and all stamps are market time.
 *
 * <h2>Refusals</h2>
 *
 * What is malformed gets 400 with {@code errorMessage} (and {@code errorCode}) and makes no
 * transaction; what the account refuses gets 400 or 404 with a {@code …RejectTransaction}. 401
 * without the token, 403 for another account, 404 and 405 for paths and methods, 416 for
 * transaction ids out of range, 429 beyond 20 streams. Lists take at most 500 orders or trades,
 * 5000 candles, 1000 transactions; {@code sinceid} answers the first 1000 after the id.
 *
 * <h2>Headers</h2>
 *
 * <dl>
 *   <dt>{@code Accept-Datetime-Format}
 *   <dd>RFC3339 or UNIX, on REST and streams; parameters may be in either.
 *   <dt>{@code RequestID}
 *   <dd>on every answer, and as {@code requestID} in the transactions of the request.
 *   <dt>{@code ClientRequestID}
 *   <dd>is sent back.
 *   <dt>{@code Location}, {@code Link}
 *   <dd>of a created order; to the next page of orders and trades.
 *   <dt>{@code Accept-Encoding: gzip}
 *   <dd>is honoured on REST.
 *   <dt>{@code X-Saker-Market-Rate}, {@code X-Saker-Market-Epoch}
 *   <dd>on the price stream, where market time is not wall time: {@code market = marketEpoch +
 *       (wall − wallEpoch) × rate}; the epoch is {@code wallEpochNs/marketEpochNs}, both ns since
 *       the Unix epoch, as of the moment of connecting. Absent means rate 1 and equal clocks.
 * </dl>
 *
 * <h2>Market</h2>
 *
 * Generated prices: seeded, without end, conflated to the last price per instrument and 250 ms
 * window unless switched off. Replayed ticks: every row once and in order, no conflation, no
 * snapshot before the first row; the market waits for a price stream, stands still while there is
 * none, and waits for one that reads slowly. After the last row market time goes on at the pace of
 * wall time and heartbeats continue; {@code finished} is true. Heartbeats leave every 5 s of wall
 * time on each stream. Apart from replays a client with more than 4 MB outstanding is dropped.
 *
 * <h2>Own endpoints</h2>
 *
 * With the same token, never struck by faults:
 *
 * <dl>
 *   <dt>{@code GET /saker/status}
 *   <dd>{@code rowsSent} (prices handed to a stream), {@code rowsLost} (nobody listened), {@code
 *       marketTime}, {@code marketTimeNs}, {@code finished}, {@code fills}, {@code
 *       lastTransactionID}, {@code balance}, {@code priceStreams}, {@code transactionStreams},
 *       {@code clientsDropped}, {@code faultsPending}, {@code faultsStruck}.
 *   <dt>{@code POST /saker/faults}
 *   <dd>adds one fault: {@code {"kind": "drop-answer", "method": "POST", "path": "/orders$",
 *       "count": 1}}.
 *   <dt>{@code DELETE /saker/faults}
 *   <dd>forgets them and ends stalls.
 *   <dt>{@code POST /saker/stop}
 *   <dd>answers, saves and ends.
 * </dl>
 *
 * <h2>Faults</h2>
 *
 * A fault strikes the next {@code count} (1) requests whose path holds the regular expression
 * {@code path}, of {@code method} if given; or, with {@code "stream": "prices"} or {@code
 * "transactions"}, each connection of that stream open now, and then those that open later.
 *
 * <dl>
 *   <dt>{@code drop-answer}
 *   <dd>executes, then closes the connection.
 *   <dt>{@code drop-before}
 *   <dd>closes the connection; nothing is executed.
 *   <dt>{@code delay}
 *   <dd>executes and answers after {@code ms}, even if the client has gone meanwhile.
 *   <dt>{@code stall}
 *   <dd>a request is executed and answered after {@code ms}, a stream holds its lines back for
 *       {@code ms}; 0 is for good.
 *   <dt>{@code cut}
 *   <dd>closes the connection after {@code bytes} of the body.
 *   <dt>{@code status}
 *   <dd>answers {@code status} (503), such as 429; nothing is executed.
 * </dl>
 *
 * <h2>What it does not do</h2>
 *
 * Order books, position books, {@code candles/latest}, guaranteed stops (refused), several accounts
 * or users, TLS, request rate limits of its own, depth beyond one level, partial fills, deposits
 * after the first. {@code units} of the account's candles changes nothing.
 */
package saker.venue;
