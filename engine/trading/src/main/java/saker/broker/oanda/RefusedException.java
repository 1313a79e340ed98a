package saker.broker.oanda;

import java.io.IOException;

/** The broker refused a question. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int status;

    RefusedException(String subject, RestClient.Answer answer) {
        super(
                "refused: subject=%s, status=%d, reason=%s"
                        .formatted(subject, answer.status(), reasonOf(answer)));
        this.status = answer.status();
    }

    /** Whether token or account are not accepted: trying again soon is useless. */
    boolean isUnauthorised() {
        return status == 401 || status == 403;
    }

    int status() {
        return status;
    }

    /** The reason in the body, empty where the body is none of the broker's. */
    static String reasonOf(RestClient.Answer answer) {
        try {
            return AnswerBody.read(answer.body()).reason();
        } catch (IOException e) {
            return "";
        }
    }
}
