package saker.venue;

import io.vertx.core.Future;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the endpoint of a method and path. Of templates that match, the first added wins, so
 * literal paths are added before those with a variable in the same place.
 */
final class Router {
    private final List<Route> routes = new ArrayList<>();

    /** Answers a request at once. */
    interface Endpoint {
        Answer handle(VenueRequest request);
    }

    /** Answers a request later, on the same thread. */
    interface LaterEndpoint {
        Future<Answer> handle(VenueRequest request);
    }

    /** Takes the connection over and writes to it until it closes. */
    interface StreamEndpoint {
        void open(VenueRequest request);
    }

    /** What a path leads to; exactly one of {@code endpoint} and {@code stream} is not null. */
    record Match(LaterEndpoint endpoint, StreamEndpoint stream, Map<String, String> pathValues) {}

    void add(String method, String template, Endpoint endpoint) {
        addLater(method, template, request -> Future.succeededFuture(endpoint.handle(request)));
    }

    void addLater(String method, String template, LaterEndpoint endpoint) {
        routes.add(new Route(method, template.split("/"), endpoint, null));
    }

    void addStream(String template, StreamEndpoint stream) {
        routes.add(new Route("GET", template.split("/"), null, stream));
    }

    /**
     * @param path as sent, percent-encoded
     * @throws Refusal 404 if no template matches, 405 if one does but not for this method
     */
    Match find(String method, String path) {
        String[] segments = decode(path);
        boolean pathKnown = false;
        for (Route route : routes) {
            Map<String, String> values = route.match(segments);
            if (values == null) {
                continue;
            }
            if (route.method.equals(method)) {
                return new Match(route.endpoint, route.stream, values);
            }
            pathKnown = true;
        }
        if (pathKnown) {
            throw new Refusal(405, null, "Method not allowed");
        }
        throw new Refusal(404, null, "No such path: " + path);
    }

    private static String[] decode(String path) {
        String[] segments = path.split("/");
        for (int i = 0; i < segments.length; i++) {
            try {
                // A plus sign is itself in a path.
                String literal = segments[i].replace("+", "%2B");
                segments[i] = URLDecoder.decode(literal, StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                throw new Refusal(400, null, "Badly encoded path");
            }
        }
        return segments;
    }

    private record Route(
            String method, String[] template, LaterEndpoint endpoint, StreamEndpoint stream) {

        /** The values of the variables, or null if the path is another. */
        private Map<String, String> match(String[] segments) {
            if (segments.length != template.length) {
                return null;
            }
            Map<String, String> values = new HashMap<>();
            for (int i = 0; i < segments.length; i++) {
                if (template[i].startsWith("{")) {
                    values.put(template[i].substring(1, template[i].length() - 1), segments[i]);
                } else if (!template[i].equals(segments[i])) {
                    return null;
                }
            }
            return values;
        }
    }
}
