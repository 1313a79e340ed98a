package saker.model;

import java.util.Objects;

/**
 * Something happened to a strategy worker that runs in a process of its own.
 *
 * @param workerId such as {@code default-1}
 * @param framework name of the worker's framework group
 * @param incarnation counts the worker's starts since the engine started, from 1
 * @param pid of its process, 0 for none
 * @param instanceId the instance it is about, 0 for the worker itself
 * @param atIndex INSTANCE_FAILED and ASSIGNED: index of the record from which on the instance was
 *     not called, or is called again; else of the last record the worker handled; 0 if unknown
 * @param policy what becomes of the instance's trades and orders
 * @param configId SHA-256 of the configuration the worker runs with, in hex
 * @param user who asked for it; empty where the engine did it by itself
 * @param detail why, for people
 * @param commandId of the request it follows from, given by whoever asked; empty where none did
 */
public record WorkerEvent(
        Event event,
        String workerId,
        String framework,
        int incarnation,
        long pid,
        long instanceId,
        long atIndex,
        Policy policy,
        String configId,
        String user,
        String detail,
        String commandId) {

    public enum Event {
        STARTED,
        RESTARTED,
        STOPPED,
        /** It crashed, hung, or broke a limit, and is ended. */
        FAULT,
        /** Given up: its instances run elsewhere or have failed. */
        LOST,
        /** An instance is this worker's from now on. */
        ASSIGNED,
        /** The instance is not called any more: the core disables it. */
        INSTANCE_FAILED
    }

    /** What becomes of the trades and orders of an instance that failed. */
    public enum Policy {
        /** They stay, with their stops at the broker. */
        HOLD,
        /** They are closed and cancelled. */
        FLATTEN
    }

    public WorkerEvent {
        Objects.requireNonNull(event, "event");
        Objects.requireNonNull(workerId, "workerId");
        Objects.requireNonNull(framework, "framework");
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(configId, "configId");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(commandId, "commandId");
    }

    /** Whether the core is to close what the instance has. */
    public boolean closesTrades() {
        return event == Event.INSTANCE_FAILED && policy == Policy.FLATTEN;
    }
}
