package saker.venue;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Links from one page of a list to the next. */
final class Pages {
    private Pages() {}

    /** The value of a {@code Link} header: the same request for what is older than {@code id}. */
    static String next(VenueRequest request, long id) {
        StringBuilder link = new StringBuilder("<").append(request.origin());
        link.append(request.http().path()).append("?beforeID=").append(id);
        for (Map.Entry<String, String> parameter : request.http().params()) {
            if (!parameter.getKey().equals("beforeID")) {
                link.append('&').append(parameter.getKey()).append('=');
                link.append(URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8));
            }
        }
        return link.append(">; rel=\"next\"").toString();
    }
}
