package io.collabcluster.cli;

import io.collabcluster.config.Fault;
import java.io.PrintWriter;
import java.util.List;

/** Prints the faults of a configuration for people. */
final class FaultTable {

    private FaultTable() {}

    static void print(List<Fault> faults, PrintWriter out) {
        out.println("The configuration has " + (faults.size() == 1 ? "one fault:" : faults.size() + " faults:"));
        TextTable table = new TextTable("WHERE", "KEY", "WRONG", "RIGHT");
        for (Fault fault : faults) {
            table.row(fault.where(), fault.path().isEmpty() ? "-" : fault.path(), fault.wrong(), fault.right());
        }
        table.print(out);
        out.flush();
    }
}
