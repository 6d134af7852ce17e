package io.collabcluster.config;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.impl.KeyStoreHelper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;

/** Looks into the files of keys and certificates before anything is started with them. */
final class TlsFiles {

    private static final long LARGEST = 1 << 20;

    private TlsFiles() {}

    /** A server's key and certificate, loaded just as the server will. */
    static void checkPem(Path privateKey, Path certificate) throws Mismatch {
        String right = "a PEM private key (PKCS8, RSA or EC; not encrypted) and its PEM certificate";
        byte[] key = bytes(privateKey);
        if (new String(key, StandardCharsets.ISO_8859_1).contains("ENCRYPTED")) {
            throw new Mismatch(
                    "the key in " + privateKey + " is encrypted", "a PKCS12 keystoreFile with its passphrase");
        }
        try {
            checkPair(
                    KeyStoreHelper.loadKeyCert(List.of(Buffer.buffer(key)), List.of(Buffer.buffer(bytes(certificate)))),
                    KeyStoreHelper.DUMMY_PASSWORD);
        } catch (Mismatch e) {
            throw e;
        } catch (Exception e) {
            if (String.valueOf(e.getMessage()).contains("does not match algorithm")) {
                throw notAPair();
            }
            throw new Mismatch(privateKey + " and " + certificate + " can't be read as PEM", right);
        }
    }

    /** A server's PKCS12 file. */
    static void checkPkcs12(Path keystore, String passphrase) throws Mismatch {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(bytes(keystore)), passphrase.toCharArray());
            checkPair(store, passphrase);
        } catch (Mismatch e) {
            throw e;
        } catch (IOException e) {
            boolean password = e.getCause() instanceof GeneralSecurityException;
            throw new Mismatch(
                    password ? "the passphrase doesn't open " + keystore : keystore + " isn't a PKCS12 file",
                    password ? "the passphrase that it was made with" : "a PKCS12 file with a private key");
        } catch (GeneralSecurityException e) {
            throw new Mismatch("the passphrase doesn't open the key in " + keystore, "one passphrase for file and key");
        }
    }

    /** PEM certificates of a CA, or of a client. */
    static void checkCertificates(Path file) throws Mismatch {
        try {
            if (CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(bytes(file)))
                    .isEmpty()) {
                throw new Mismatch("there is no certificate in " + file, "a PEM file of certificates");
            }
        } catch (GeneralSecurityException e) {
            throw new Mismatch("the certificate in " + file + " can't be read", "a PEM file of certificates");
        }
    }

    static byte[] bytes(Path file) throws Mismatch {
        if (!Files.isRegularFile(file)) {
            throw new Mismatch("there is no file " + file, "the path of a file that is there");
        }
        try {
            if (Files.size(file) > LARGEST) {
                throw new Mismatch(file + " is larger than 1 MiB", "a file of keys or certificates");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new Mismatch(file + " can't be read", "a file that this process may read");
        }
    }

    private static void checkPair(KeyStore store, String passphrase) throws GeneralSecurityException, Mismatch {
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias) && store.getKey(alias, passphrase.toCharArray()) instanceof PrivateKey key) {
                Certificate certificate = store.getCertificate(alias);
                if (!belongTogether(key, certificate.getPublicKey())) {
                    throw notAPair();
                }
                checkTime((X509Certificate) certificate);
                return;
            }
        }
        throw new Mismatch("there is no private key in it", "a private key with its certificate");
    }

    private static Mismatch notAPair() {
        return new Mismatch("the private key isn't the certificate's", "the key that the certificate was made for");
    }

    private static void checkTime(X509Certificate certificate) throws GeneralSecurityException, Mismatch {
        try {
            certificate.checkValidity();
        } catch (CertificateExpiredException e) {
            throw new Mismatch(
                    "the certificate ended on " + certificate.getNotAfter().toInstant(), "one that is valid today");
        }
    }

    private static boolean belongTogether(PrivateKey key, PublicKey certificate) throws GeneralSecurityException {
        if (!key.getAlgorithm().equals(certificate.getAlgorithm())) {
            return false;
        }
        Signature signature =
                Signature.getInstance(key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
        signature.initSign(key);
        signature.update((byte) 1);
        byte[] signed = signature.sign();
        signature.initVerify(certificate);
        signature.update((byte) 1);
        return signature.verify(signed);
    }
}
