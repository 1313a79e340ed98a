package saker.ws;

import java.util.Set;

/** One topic of one connection and how far the client has come. Event loop only. */
final class Subscription {
    final Topic topic;
    final Set<String> keys; // null for all rows
    final double hz;

    long heldSeq; // What the client holds: prev of the next frame.
    long fromSeq; // Updates after this one are not looked at yet; at least heldSeq.
    long sentMs;
    boolean owed; // A frame is due even if there is nothing new: the answer to since.

    Subscription(Topic topic, Set<String> keys, double hz) {
        this.topic = topic;
        this.keys = keys;
        this.hz = hz;
    }

    void onSent(long seq, long nowMs) {
        heldSeq = seq;
        fromSeq = seq;
        sentMs = nowMs;
        owed = false;
    }

    boolean isEvents() {
        return topic instanceof EventTopic;
    }

    /** Updates that wait. */
    long backlog() {
        return topic.seq() - fromSeq;
    }
}
