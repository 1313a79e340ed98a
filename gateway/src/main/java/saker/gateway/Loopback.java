package saker.gateway;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Which bind addresses only this machine reaches. */
final class Loopback {
    private Loopback() {}

    /** False for a name that does not resolve. */
    static boolean contains(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
