package dev.paddock.manager.limits;

import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Whom the limits take a request to be from. */
@Singleton
public final class ClientAddress {
    private final int trustedProxies;

    ClientAddress(LimitSettings settings) {
        this.trustedProxies = settings.trustedProxies();
    }

    /** An IPv4 address, or the first half of an IPv6 address: one household has all of the second half. */
    public String of(HttpRequest<?> request) {
        InetAddress peer = request.getRemoteAddress().getAddress();
        return of(peer, request.getHeaders().getAll("X-Forwarded-For"));
    }

    String of(InetAddress peer, List<String> forwardedFor) {
        if (trustedProxies == 0) {
            return network(peer);
        }
        String[] addresses = String.join(",", forwardedFor).split(",", -1);
        // The last proxy wrote the last address; what stands before ours is what the caller made up.
        int ours = addresses.length - trustedProxies;
        String address = ours < 0 ? "" : addresses[ours].strip();
        return isLiteral(address) ? network(parse(address)) : network(peer);
    }

    private static String network(InetAddress address) {
        if (address instanceof Inet6Address) {
            return HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), 8)) + "/64";
        }
        return address.getHostAddress();
    }

    private static boolean isLiteral(String address) {
        try {
            parse(address);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Without asking the DNS. */
    private static InetAddress parse(String address) {
        return InetAddress.ofLiteral(address);
    }
}
