package saker.broker.simulated;

/**
 * The client's own marks on an order or a trade, each at most 128 characters.
 *
 * @param id the client's key, or null
 * @param tag for example the magic number, or null
 * @param comment free text, or null
 */
public record ClientExtensions(String id, String tag, String comment) {
    static final int MAX_LENGTH = 128;

    /** These marks with every given member of {@code change} put in place. */
    public ClientExtensions merge(ClientExtensions change) {
        return new ClientExtensions(
                change.id == null ? id : change.id,
                change.tag == null ? tag : change.tag,
                change.comment == null ? comment : change.comment);
    }
}
