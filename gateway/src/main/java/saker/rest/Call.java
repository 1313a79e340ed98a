package saker.rest;

import io.vertx.ext.web.RoutingContext;
import java.util.regex.Pattern;
import saker.auth.Operation;
import saker.auth.Principal;
import saker.json.BadRequest;
import saker.json.RequestBody;

/** One admitted request. {@code who} is null where no identity is asked for. */
public final class Call {
    private static final Pattern TICKET = Pattern.compile("[1-9][0-9]{0,17}");

    private final RoutingContext context;
    private final Operation operation;
    private final Principal who;
    private final String address;
    private final RequestBody body;

    Call(
            RoutingContext context,
            Operation operation,
            Principal who,
            String address,
            RequestBody body) {
        this.context = context;
        this.operation = operation;
        this.who = who;
        this.address = address;
        this.body = body;
    }

    public Operation operation() {
        return operation;
    }

    public Principal who() {
        return who;
    }

    /** Of the client, as the socket or the declared proxy says. */
    public String address() {
        return address;
    }

    public RequestBody body() {
        return body;
    }

    public RequestQuery query() {
        return new RequestQuery(context.queryParams());
    }

    public String header(String name) {
        return context.request().getHeader(name);
    }

    /** Path as it was asked for, without the query. */
    public String path() {
        return context.request().path();
    }

    public String pathText(String name, Pattern pattern, String allowed) {
        String value = context.pathParam(name);
        if (value == null || !pattern.matcher(value).matches()) {
            throw new BadRequest(name, value, allowed);
        }
        return value;
    }

    public long pathTicket(String name) {
        return Long.parseLong(pathText(name, TICKET, "a whole number from 1"));
    }

    /** Value of a cookie, or null. */
    public String cookie(String name) {
        var cookie = context.request().getCookie(name);
        return cookie == null ? null : cookie.getValue();
    }
}
