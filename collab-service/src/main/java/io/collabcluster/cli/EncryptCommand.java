package io.collabcluster.cli;

import io.collabcluster.config.PasswordCipher;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code encrypt --key-file FILE}: the encrypted form of the password that is typed or piped in. */
@Command(
        name = "encrypt",
        description = "Reads a database password from the standard input, and prints what to write as"
                + " dataSource.password beside dataSource.encryptionKeyFile. Makes the key file where there is none; only"
                + " its owner may read it.",
        mixinStandardHelpOptions = true,
        versionProvider = CollabCommand.CurrentVersion.class,
        footer = {"", "Example:", "  collab encrypt --key-file db.key < password.txt"})
final class EncryptCommand implements Callable<Integer> {

    private static final int LONGEST = 4096;

    @ParentCommand
    private CollabCommand collab;

    @Spec
    private CommandSpec spec;

    @Option(names = "--key-file", required = true, paramLabel = "FILE", description = "The key, 32 bytes.")
    private Path keyFile;

    @Override
    public Integer call() throws GeneralSecurityException {
        PrintWriter err = spec.commandLine().getErr();
        try {
            String password = password();
            if (password.isEmpty() || password.length() > LONGEST) {
                err.println("There is no password on the standard input. Give it there, on one line.");
                return 2;
            }
            boolean there = Files.exists(keyFile);
            PasswordCipher cipher = there ? PasswordCipher.ofKeyFile(keyFile) : PasswordCipher.ofNewKeyFile(keyFile);
            if (!there) {
                err.println("Made the key file " + keyFile + ". Keep it away from config.json's copies.");
            }
            PrintWriter out = spec.commandLine().getOut();
            out.println(cipher.encrypt(password));
            out.flush();
            return 0;
        } catch (IOException e) {
            err.println("The key file can't be used: " + e.getMessage() + ".");
            return 2;
        }
    }

    /** Typed unseen at a terminal, else the first line of what is piped in. */
    private String password() throws IOException {
        if (collab.in() == System.in
                && System.console() != null
                && System.console().isTerminal()) {
            char[] typed = System.console().readPassword("Password: ");
            return typed == null ? "" : new String(typed);
        }
        String line = new BufferedReader(new InputStreamReader(collab.in(), StandardCharsets.UTF_8)).readLine();
        return line == null ? "" : line;
    }
}
