package dev.paddock.gameserver.channel;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/**
 * The smallest self-signed X.509 certificate (RFC 5280, version 3 without extensions) of an RSA key, written in DER (X.690):
 * the JDK reads certificates, and has no way to make one. Clients pin the key and look at nothing else of it.
 */
final class SelfSigned {
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int UTF8_STRING = 0x0c;
    private static final int UTC_TIME = 0x17;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int VERSION = 0xa0;

    private static final byte[] VERSION_3 = {2};
    /** {@code SEQUENCE { OBJECT IDENTIFIER sha256WithRSAEncryption, NULL }}. */
    private static final byte[] SHA256_WITH_RSA = HexFormat.of().parseHex("300d06092a864886f70d01010b0500");
    /** {@code OBJECT IDENTIFIER commonName}. */
    private static final byte[] COMMON_NAME = HexFormat.of().parseHex("0603550403");

    private static final int SERIAL_BITS = 64;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'");
    /** Until then years have two digits. */
    private static final int FOUR_DIGITS_FROM = 2050;

    private SelfSigned() {}

    static X509Certificate certificate(ServerKey key, String name, Instant from, Instant until)
            throws GeneralSecurityException {
        byte[] serial = new BigInteger(SERIAL_BITS, new SecureRandom())
                .add(BigInteger.ONE)
                .toByteArray();
        byte[] common = der(UTF8_STRING, name.getBytes(StandardCharsets.UTF_8));
        byte[] names = der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, common)));
        byte[] content = der(
                SEQUENCE,
                der(VERSION, der(INTEGER, VERSION_3)),
                der(INTEGER, serial),
                SHA256_WITH_RSA,
                names,
                der(SEQUENCE, time(from), time(until)),
                names,
                key.publicKey().getEncoded());
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key.privateKey());
        signature.update(content);
        byte[] noUnusedBits = {0};
        byte[] all = der(SEQUENCE, content, SHA256_WITH_RSA, der(BIT_STRING, noUnusedBits, signature.sign()));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(all));
    }

    private static byte[] time(Instant at) {
        OffsetDateTime time = at.atOffset(ZoneOffset.UTC);
        String text = TIME.format(time);
        return time.getYear() < FOUR_DIGITS_FROM
                ? der(UTC_TIME, text.substring(2).getBytes(StandardCharsets.US_ASCII))
                : der(GENERALIZED_TIME, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] der(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 4);
        out.write(tag);
        if (length > 0xff) {
            out.write(0x82);
            out.write(length >> 8);
        } else if (length > 0x7f) {
            out.write(0x81);
        }
        out.write(length);
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
